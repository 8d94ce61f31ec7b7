/// The sending end of a gob stream: values in, messages out, each type defined once.
///
/// It does no output of its own. Where encoding fails, nothing was sent and the stream is as it was.
public struct GobStreamEncoder: Sendable {
    private let limits: GobLimits
    private let cache: GobTypeCache?
    private var types = SentTypes()
    private var layouts: TypedLayouts
    private let spareMemory: SpareMemory

    /// Whether the entries of a Swift dictionary are sent in an order that is the same each time;
    /// it is not unless asked for, as in Go.
    public var sortsMaps = false

    /// An encoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
        cache = nil
        layouts = TypedLayouts(cache: nil)
        spareMemory = SpareMemory()
    }

    /// An encoder at the beginning of a stream whose definitions an earlier one may have written.
    ///
    /// - Parameter cache: What was written; its limits hold for the stream.
    public init(cache: GobTypeCache) {
        limits = cache.limits
        self.cache = cache
        layouts = TypedLayouts(cache: cache)
        spareMemory = cache.spareMemory
    }

    /// The messages that send a value: the definitions that are still needed, then the value.
    ///
    /// What Go leaves out is left out: fields that are zero, but for arrays, structs and maps that
    /// are not nil.
    ///
    /// - Throws: ``GobError`` when the value is not of its type, or exceeds a limit.
    public mutating func encode(_ datum: GobDatum) throws(GobError) -> [UInt8] {
        let writer = try written(datum)
        let bytes = writer.bytes()
        spareMemory.keep(writer)
        return bytes
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
        let writer = try written(datum)
        try writer.forEachPiece(write)
        spareMemory.keep(writer)
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
        let writer = try unsafe written(type, value)
        let bytes = writer.bytes()
        spareMemory.keep(writer)
        return bytes
    }

    @usableFromInline
    mutating func encode(
        _ type: TypedKey,
        _ value: UnsafeRawPointer,
        write: (Span<UInt8>) throws -> Void,
    ) throws {
        let writer = try unsafe written(type, value)
        try writer.forEachPiece(write)
        spareMemory.keep(writer)
    }

    private mutating func written(
        _ type: TypedKey,
        _ value: UnsafeRawPointer,
    ) throws(GobError) -> ByteWriter {
        let layout = layouts.layout(of: type)
        let stream = StreamWriter(types: types, limits: limits, into: spareMemory.writer())
        var writer = TypedWriter(layout, stream, sortsMaps: sortsMaps)
        do {
            try unsafe writer.encode(value)
        } catch {
            throw GobError(error, path: writer.pathText)
        }
        types = writer.stream.types
        return writer.finished()
    }

    private mutating func written(_ datum: GobDatum) throws(GobError) -> ByteWriter {
        let stream = StreamWriter(types: types, limits: limits, into: spareMemory.writer())
        var encoder = ValueEncoder(schema: datum.schema, stream: stream)
        do {
            try encoder.encode(datum.value, as: datum.type, cache: cache)
        } catch {
            throw GobError(error, path: encoder.path)
        }
        types = encoder.stream.types
        return encoder.finished()
    }
}
