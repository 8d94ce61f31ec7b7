/// The sending end of a gob stream: values in, messages out, each type defined once.
///
/// It does no output of its own. Where encoding fails, nothing was sent and the stream is as it was.
public struct GobStreamEncoder: Sendable {
    private let limits: GobLimits
    private let cache: GobTypeCache?
    private var types = SentTypes()
    private var layouts: TypedLayouts
    /// Where the next value is encoded, left by the last one.
    private var room: [UInt8] = []

    /// Whether the entries of a Swift dictionary are sent in an order that is the same each time;
    /// it is not unless asked for, as in Go.
    public var sortsMaps = false

    /// An encoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
        cache = nil
        layouts = TypedLayouts(cache: nil)
    }

    /// An encoder at the beginning of a stream whose definitions an earlier one may have written.
    ///
    /// - Parameter cache: What was written; its limits hold for the stream.
    public init(cache: GobTypeCache) {
        limits = cache.limits
        self.cache = cache
        layouts = TypedLayouts(cache: cache)
    }

    /// The messages that send a value: the definitions that are still needed, then the value.
    ///
    /// What Go leaves out is left out: fields that are zero, but for arrays, structs and maps that
    /// are not nil.
    ///
    /// - Throws: ``GobError`` when the value is not of its type, or exceeds a limit.
    public mutating func encode(_ datum: GobDatum) throws(GobError) -> [UInt8] {
        try messages(datum).top.bytes()
    }

    /// Sends a value to a function, in as few pieces as there are.
    ///
    /// Long byte arrays of the value are pieces of their own, so that they are not copied.
    ///
    /// - Parameters:
    ///   - datum: The value.
    ///   - write: Takes the next bytes of the stream; what it throws ends the writing, and the
    ///     stream with it.
    /// - Throws: ``GobError`` when the value cannot be sent, before anything is written; what
    ///   `write` throws.
    public mutating func encode(
        _ datum: GobDatum,
        write: (Span<UInt8>) throws -> Void,
    ) throws {
        let writer = try messages(datum).top
        defer { keepRoom(of: writer) }
        try writer.forEachPiece(write)
    }

    /// The messages that send a value of a Swift type.
    ///
    /// - Throws: ``GobError`` when the value cannot be sent.
    @inlinable
    public mutating func encode<Value: GobTyped>(_ value: Value) throws(GobError) -> [UInt8] {
        var bytes: [UInt8] = []
        try unsafe withUnsafePointer(to: value) { value throws(GobError) in
            bytes = try unsafe encode(TypedKey(Value.self), UnsafeRawPointer(value))
        }
        return bytes
    }

    /// Sends a value of a Swift type to a function, in as few pieces as there are.
    ///
    /// Long byte arrays of the value are pieces of their own, so that they are not copied.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - write: Takes the next bytes of the stream; what it throws ends the writing, and the
    ///     stream with it.
    /// - Throws: ``GobError`` when the value cannot be sent, before anything is written; what
    ///   `write` throws.
    @inlinable
    public mutating func encode<Value: GobTyped>(
        _ value: Value,
        write: (Span<UInt8>) throws -> Void,
    ) throws {
        try unsafe withUnsafePointer(to: value) { value in
            try unsafe encode(TypedKey(Value.self), UnsafeRawPointer(value), write: write)
        }
    }

    @usableFromInline
    mutating func encode(
        _ type: TypedKey,
        _ value: UnsafeRawPointer,
    ) throws(GobError) -> [UInt8] {
        try unsafe messages(type, value).top.bytes()
    }

    @usableFromInline
    mutating func encode(
        _ type: TypedKey,
        _ value: UnsafeRawPointer,
        write: (Span<UInt8>) throws -> Void,
    ) throws {
        let writer = try unsafe messages(type, value).top
        defer { keepRoom(of: writer) }
        try writer.forEachPiece(write)
    }

    private mutating func messages(
        _ type: TypedKey,
        _ value: UnsafeRawPointer,
    ) throws(GobError) -> MessageWriter {
        let layout = layouts.layout(of: type)
        let stream = StreamWriter(types: types, limits: limits, room: takeRoom())
        var writer = TypedWriter(layout, stream, sortsMaps: sortsMaps)
        do {
            try unsafe writer.encode(value)
        } catch {
            throw GobError(error, path: writer.pathText)
        }
        types = writer.stream.types
        return writer.stream.messages
    }

    private mutating func messages(_ datum: GobDatum) throws(GobError) -> MessageWriter {
        let stream = StreamWriter(types: types, limits: limits, room: takeRoom())
        var encoder = ValueEncoder(schema: datum.schema, stream: stream)
        do {
            try encoder.encode(datum.value, as: datum.type, cache: cache)
        } catch {
            throw GobError(error, path: encoder.path)
        }
        types = encoder.stream.types
        return encoder.stream.messages
    }

    private mutating func takeRoom() -> [UInt8] {
        if let cache { return cache.takeRoom() }
        defer { room = [] }
        return room
    }

    private mutating func keepRoom(of writer: consuming ByteWriter) {
        let room = writer.room()
        guard room.count <= GobTypeCache.roomLimit else { return }
        if let cache { cache.keepRoom(room) } else { self.room = room }
    }
}
