/// The receiving end of a gob stream: messages in, values out.
///
/// It does no input of its own, so that the bytes may come from anywhere: whole, with
/// ``next(in:at:)``, or a message at a time, with ``receive(_:)``. Nothing is read beyond a value.
/// After an error in a value the next message may be given; the types defined before stay.
public struct GobStreamDecoder: Sendable {
    private let limits: GobLimits
    private let cache: GobTypeCache?
    private var types: TypeTable
    /// Where the definitions so far stand in the cache, as long as they do.
    private var known: KnownTypes?
    private var value: ValueDecoder?
    private var root: TypeIndex?
    private var offset = 0
    private var hasPendingDefinition = false

    /// A decoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
        cache = nil
        types = TypeTable()
    }

    /// A decoder at the beginning of a stream whose types may be known from earlier streams.
    ///
    /// - Parameter cache: What is known; its limits hold for the stream.
    public init(cache: GobTypeCache) {
        let beginning = cache.beginning
        limits = cache.limits
        self.cache = cache
        types = beginning.table
        known = beginning
    }

    /// Whether the stream may end here: between values, with no definition waiting for its value.
    public var isBetweenValues: Bool { value == nil && !hasPendingDefinition }

    /// Takes one message, as ``GobFrame/size(_:limits:offset:)`` delimits it, its length included.
    ///
    /// - Returns: The value that it completes, or `nil` when more messages are needed.
    public mutating func receive(_ frame: [UInt8]) throws(GobError) -> GobDatum? {
        var position = 0
        let datum = try message(in: frame, at: &position, base: offset)
        precondition(position == frame.count, "one whole message")
        return datum
    }

    /// The next value of a stream that is at hand as a whole.
    ///
    /// - Parameters:
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: The value, or `nil` at the stream's end.
    /// - Throws: ``GobError`` with offset and path. Going on after it skips the message at fault;
    ///   where even its end is not known, the stream ends there.
    public mutating func next(
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> GobDatum? {
        while position < bytes.count {
            if let datum = try message(in: bytes, at: &position, base: 0) { return datum }
        }
        guard isBetweenValues else { throw GobError(.truncated, offset: position) }
        return nil
    }

    private mutating func message(
        in bytes: [UInt8],
        at position: inout Int,
        base: Int,
    ) throws(GobError) -> GobDatum? {
        let size = try frameSize(in: bytes, at: &position, base: base)
        var reader = ByteReader(bytes, from: position, to: position + size, streamOffset: base)
        position += size
        offset = base + position
        do {
            _ = try reader.uint()
            let typeCount = types.schema.count
            let content = try content(of: &reader)
            // What an interface defines inside a value is not looked for in the cache.
            if value != nil, types.schema.count != typeCount { known = nil }
            guard let datum = content else { return nil }
            abandonValue()
            return datum
        } catch {
            let path = value?.path(in: types.schema) ?? ""
            abandonValue()
            throw GobError(error, offset: reader.streamOffset, path: path)
        }
    }

    /// The size of the next message; where it cannot be known, nothing after it can be read.
    private mutating func frameSize(
        in bytes: [UInt8],
        at position: inout Int,
        base: Int,
    ) throws(GobError) -> Int {
        do throws(GobError) {
            let rest = bytes.span.extracting(position...)
            let size = try GobFrame.size(rest, limits: limits, offset: base + position)
            if let size, size <= bytes.count - position { return size }
            throw GobError(.truncated, offset: base + bytes.count)
        } catch {
            abandonValue()
            position = bytes.count
            throw error
        }
    }

    private mutating func content(
        of reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobDatum? {
        guard let root else { return try beginning(of: &reader) }
        return try value?.resume(&reader, &types).map { datum(root, $0) }
    }

    /// Takes in a definition that is a message of its own.
    private mutating func define(
        _ id: TypeID,
        from reader: inout ByteReader,
    ) throws(GobError.Fault) {
        hasPendingDefinition = true
        let message = reader.message
        if let next = known?.after(message) {
            types = next.table
            known = next
            return
        }
        guard reader.remaining <= limits.definitionSize else {
            throw .limitExceeded(.definitionSize, limits.definitionSize)
        }
        try types.define(id, from: &reader, limits: limits)
        guard reader.isAtEnd else { throw .extraData(count: reader.remaining) }
        if let known { self.known = cache?.extend(known, by: message, to: types) }
    }

    /// A definition, or the first or only message of a value.
    private mutating func beginning(
        of reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobDatum? {
        let id = try reader.int()
        guard id < 0 else {
            let type = try types.completeType(TypeID(id))
            try reader.singletonMark(before: types.schema.kind(of: type))
            root = type
            value = ValueDecoder(limits: limits)
            return try value?.start(type, &reader, &types).map { datum(type, $0) }
        }
        try define(TypeID(0 &- id), from: &reader)
        return nil
    }

    private func datum(_ type: TypeIndex, _ value: GobValue) -> GobDatum {
        GobDatum(schema: types.schema, type: type, value: value)
    }

    private mutating func abandonValue() {
        value = nil
        root = nil
        hasPendingDefinition = false
    }
}
