/// The receiving end of a gob stream: messages in, values out.
///
/// It does no input of its own, so that the bytes may come from anywhere: whole, with
/// ``next(in:at:)``, or a message at a time, with ``receive(_:)``. Nothing is read beyond a value.
/// After an error in a value the next message may be given; the types defined before stay.
public struct GobStreamDecoder: Sendable {
    private let limits: GobLimits
    private var types = TypeTable()
    private var value: ValueDecoder?
    private var root: TypeIndex?
    private var offset = 0
    private var hasPendingDefinition = false

    /// A decoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
    }

    /// Whether the stream may end here: between values, with no definition waiting for its value.
    public var isBetweenValues: Bool { value == nil && !hasPendingDefinition }

    /// Takes one message, as ``GobFrame/size(_:limits:offset:)`` delimits it, its length included.
    ///
    /// - Returns: The value that it completes, or `nil` when more messages are needed.
    public mutating func receive(_ frame: [UInt8]) throws(GobError) -> GobDatum? {
        var position = 0
        let base = offset
        return try message(in: frame, at: &position, base: base)
    }

    /// The next value of a stream that is at hand as a whole.
    ///
    /// - Parameters:
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: The value, or `nil` at the stream's end.
    /// - Throws: ``GobError`` with offset and path; going on after it skips the message at fault.
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
        let start = base + position
        let size = try GobFrame.size(
            bytes.span.extracting(position...),
            limits: limits,
            offset: start
        )
        guard let size, size <= bytes.count - position else {
            throw GobError(.truncated, offset: base + bytes.count)
        }
        var reader = ByteReader(bytes, from: position, to: position + size, streamOffset: base)
        position += size
        offset = base + position
        do {
            _ = try reader.uint()
            guard let datum = try content(of: &reader) else { return nil }
            abandonValue()
            return datum
        } catch {
            let path = value?.path(in: types.schema) ?? ""
            abandonValue()
            throw GobError(error, offset: reader.streamOffset, path: path)
        }
    }

    private mutating func content(
        of reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobDatum? {
        guard let root else { return try beginning(of: &reader) }
        return try value?.resume(&reader, &types).map { datum(root, $0) }
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
        hasPendingDefinition = true
        let definition = try reader.wireType(limits)
        try types.define(TypeID(0 &- id), as: definition, limits: limits)
        guard reader.isAtEnd else { throw .extraData(count: reader.remaining) }
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
