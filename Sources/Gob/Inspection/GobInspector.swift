/// Explains every byte of a stream: the walk of ``GobStreamDecoder``, written down.
///
/// ```swift
/// var inspector = GobInspector()
/// var position = 0
/// while let inspection = inspector.next(in: bytes, at: &position) {
///     for line in inspection.lines { print(line.range, line.meaning) }
/// }
/// ```
public struct GobInspector: Sendable {
    /// How many lines one value may have; what it has more is one line together: 262,144.
    public var lineLimit = 1 << 18
    private var decoder: GobStreamDecoder

    /// An inspector at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        decoder = GobStreamDecoder(limits: limits)
    }

    /// The next value with the definitions before it, byte by byte.
    ///
    /// - Parameters:
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past what is explained, which is all where the
    ///     stream breaks.
    /// - Returns: The explanation, or `nil` at the stream's end.
    public mutating func next(in bytes: [UInt8], at position: inout Int) -> GobInspection? {
        guard position < bytes.count else { return nil }
        let log = InspectionLog(limit: lineLimit)
        do throws(GobError) {
            let value = try decoder.next(in: bytes, at: &position, observed: log)
            let types = decoder.types
            let lines = InspectionLines.whole(bytes, types, log, to: position)
            return GobInspection(lines: lines, schema: types.schema, value: value, error: nil)
        } catch {
            let types = decoder.types
            let lines = InspectionLines.broken(bytes, types, log, messageEnd: position)
            position = bytes.count
            return GobInspection(lines: lines, schema: types.schema, value: nil, error: error)
        }
    }

    /// One message that follows those explained before, byte by byte; of one that has not come whole, the
    /// beginning.
    ///
    /// - Parameter message: The message, its length included. Offsets are counted from its first byte.
    /// - Returns: The explanation; there is no ``GobInspection/value`` where the message is a definition.
    public mutating func explain(_ message: [UInt8]) -> GobInspection {
        let log = InspectionLog(limit: lineLimit)
        do throws(GobError) {
            let value = try decoder.receive(message, observed: log)
            let types = decoder.types
            let lines = InspectionLines.whole(message, types, log, to: message.count)
            return GobInspection(lines: lines, schema: types.schema, value: value, error: nil)
        } catch {
            let types = decoder.types
            let lines = InspectionLines.broken(message, types, log, messageEnd: message.count)
            return GobInspection(lines: lines, schema: types.schema, value: nil, error: error)
        }
    }
}
