import Gob
import Net

extension QuickCommand {
    /// Reads one value of a fresh gob stream; nil where it has not come whole, is long, or is wrong.
    mutating func readGob(
        _ cache: GobTypeCache
    ) -> (datum: GobDatum, stream: [UInt8])? {
        guard let size = streamSize(cache.limits), size <= longSize, let bytes = read(size) else {
            return nil
        }
        let stream = Array(bytes)
        var decoder = GobStreamDecoder(cache: cache)
        var position = 0
        guard let datum = try? decoder.next(in: stream, at: &position), position == size else {
            return nil
        }
        return (datum, stream)
    }

    /// The size of the definitions and the message after them with which the input begins.
    private func streamSize(_ limits: GobLimits) -> Int? {
        let span = Span<UInt8>(_unsafeBytes: input)
        let definitions = GobFrame.definitionSize(span, limits: limits)
        let rest = span.extracting(definitions...)
        guard let size = try? GobFrame.size(rest, limits: limits), size <= rest.count else {
            return nil
        }
        return definitions + size
    }
}

extension Conn {
    /// Reads one value of a fresh gob stream, and nothing beyond it.
    ///
    /// - Parameters:
    ///   - cache: The types of the streams before; its limits hold.
    ///   - report: Told how far a long message is, if anybody is.
    /// - Returns: The value, and the bytes of its messages.
    /// - Throws: `GobError`, and what `parse` throws.
    func readGob(
        _ cache: GobTypeCache,
        _ report: Progress.Report?,
    ) async throws -> (datum: GobDatum, stream: [UInt8]) {
        var progress = Progress("receiving a GOB from \(remoteAddress)", report)
        var decoder = GobStreamDecoder(cache: cache)
        var stream: [UInt8] = []
        while true {
            let offset = stream.count
            let message = try await parse { bytes in
                try messageStep(bytes, cache.limits, offset: offset, &progress)
            }
            guard let message else { throw NetError.closedInside }
            stream += message
            guard stream.count <= cache.limits.messageSize * 2 else {
                throw GobError(
                    .limitExceeded(.messageSize, cache.limits.messageSize),
                    offset: offset
                )
            }
            if let datum = try await decoder.receiveAnywhere(message) { return (datum, stream) }
        }
    }
}

/// The message with which bytes begin, when it has come whole.
private func messageStep(
    _ bytes: UnsafeRawBufferPointer,
    _ limits: GobLimits,
    offset: Int,
    _ progress: inout Progress,
) throws -> ParseStep<[UInt8]> {
    let span = Span<UInt8>(_unsafeBytes: bytes)
    guard let size = try GobFrame.size(span, limits: limits, offset: offset) else {
        return .needsMore(atLeast: 1)
    }
    guard size <= bytes.count else {
        progress.note(bytes.count, of: size)
        return .needsMore(atLeast: min(size - bytes.count, progressStep))
    }
    return .consumed(size, Array(bytes.prefix(size)))
}

/// After how many bytes of a long message it is looked at, in order to tell how far it is.
private let progressStep = 1 << 20

extension GobStreamDecoder {
    /// Takes one message, on another thread than that of the connections if it is long.
    fileprivate mutating func receiveAnywhere(_ message: [UInt8]) async throws -> GobDatum? {
        guard message.count > longSize else { return try receive(message) }
        let before = self
        let (after, datum) = try await offLoop {
            var decoder = before
            let datum = try decoder.receive(message)
            return (decoder, datum)
        }
        self = after
        return datum
    }
}
