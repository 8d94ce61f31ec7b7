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
    /// What takes the decoder's place where there may be several streams.
    private var streams: FoundStreams?

    /// An inspector at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        decoder = GobStreamDecoder(limits: limits)
    }

    /// An inspector of streams as they are found in files: see ``FoundStreams``.
    package init(foundWithin limits: GobLimits) {
        self.init(limits: limits)
        streams = FoundStreams(limits: limits)
    }

    /// What was found besides plain values, where several streams may be.
    package var sightings: StreamSightings { streams?.sightings ?? StreamSightings() }

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
            guard let part = try streams?.part(in: bytes, at: &position, observed: log) else {
                let value = try decoder.next(in: bytes, at: &position, observed: log)
                return whole(log, of: bytes, to: position, value)
            }
            return switch part {
            case .value(let datum): whole(log, of: bytes, to: position, datum)
            case .definitions: whole(log.before(position), of: bytes, to: position, nil)
            case .stream: line(position..<position, .stream(number: sightings.streams))
            case .skipped(let range): line(range, .undefined)
            case .end: nil
            }
        } catch {
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
            return whole(log, of: message, to: message.count, value)
        } catch {
            let lines = InspectionLines.broken(message, types, log, messageEnd: message.count)
            return GobInspection(lines: lines, schema: types.schema, value: nil, error: error)
        }
    }

    private var types: TypeTable { streams?.decoder.types ?? decoder.types }

    private func whole(
        _ log: InspectionLog,
        of bytes: [UInt8],
        to end: Int,
        _ value: GobDatum?,
    ) -> GobInspection {
        let lines = InspectionLines.whole(bytes, types, log, to: end)
        return GobInspection(lines: lines, schema: types.schema, value: value, error: nil)
    }

    private func line(_ range: Range<Int>, _ meaning: GobInspection.Meaning) -> GobInspection {
        let line = GobInspection.Line(range: range, depth: 0, meaning: meaning)
        return GobInspection(lines: [line], schema: types.schema, value: nil, error: nil)
    }
}
