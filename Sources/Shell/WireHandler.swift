import Gob
import Net

/// A command that peers may send: one element of a table, and all that there is of it.
struct WireHandler: Sendable {
    /// The name line that calls it.
    let name: String
    /// Does the same at once, where the data has come whole and nobody has to wait.
    let quick: QuickFunc
    /// Reads the command's data, and answers.
    let handle: HandleFunc

    /// The commands of the article.
    ///
    /// - Parameters:
    ///   - receiver: takes in what they bring.
    ///   - cache: the types of the streams before; its limits hold.
    ///   - maxLine: the longest text of a STRING, in bytes.
    /// - Returns: `STRING` and `GOB`.
    static func standard(
        _ receiver: Receiver,
        _ cache: GobTypeCache,
        maxLine: Int,
    ) -> [WireHandler] {
        [string(receiver, maxLine), gob(receiver, cache)]
    }

    /// The command `STRING`: one line of text, which is answered with another.
    private static func string(_ receiver: Receiver, _ maxLine: Int) -> WireHandler {
        WireHandler(name: "STRING") { command in
            guard receiver.isQuiet, let line = command.readLine(limit: maxLine),
                line.count <= longSize
            else { return false }
            receiver.keepQuietly(.string(Array(line)), from: command.origin)
            command.writeLine(receiver.reply)
            return true
        } handle: { conn in
            guard let line = try await conn.readLine(limit: maxLine) else {
                throw NetError.closedInside
            }
            await deliver(.string(line), from: conn.origin, to: receiver)
            try await conn.write(receiver.reply + [UInt8(ascii: "\n")])
        }
    }

    /// The command `GOB`: one value of a gob stream of its own; not answered.
    private static func gob(_ receiver: Receiver, _ cache: GobTypeCache) -> WireHandler {
        WireHandler(name: "GOB") { command in
            guard receiver.isQuiet, let (datum, stream) = command.readGob(cache) else {
                return false
            }
            receiver.keepQuietly(.gob(stream, datum), from: command.origin)
            return true
        } handle: { conn in
            let (datum, stream) = try await conn.readGob(cache, receiver.progress)
            await deliver(.gob(stream, datum), from: conn.origin, to: receiver)
        }
    }
}

extension QuickCommand {
    /// Where what it brings comes from.
    fileprivate var origin: Message.Origin { Message.Origin(peer: peer, connection: connection) }
}

extension Conn {
    /// Where what arrives on it comes from.
    fileprivate var origin: Message.Origin {
        Message.Origin(peer: remoteAddress, connection: id)
    }
}

extension Received {
    /// The text of a STRING, from its line.
    fileprivate static func string(_ line: [UInt8]) -> Received {
        var line = line
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return Received(command: "STRING", content: .text(line))
    }

    fileprivate static func gob(_ stream: [UInt8], _ datum: GobDatum) -> Received {
        Received(command: "GOB", content: .gob(stream), datum: datum)
    }
}

extension QuickCommand {
    /// Reads one value of a fresh gob stream; nil where it has not come whole, is long, or is wrong.
    fileprivate mutating func readGob(
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
        var end = 0
        while true {
            let rest = span.extracting(end...)
            guard let size = try? GobFrame.size(rest, limits: limits), size <= rest.count else {
                return nil
            }
            end += size
            if !GobFrame.isDefinition(rest) { return end }
        }
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

/// What takes so long, in bytes, that no connection but its own should wait for it.
private let longSize = 64 << 10

/// Hands over what was received, from another thread than that of the connections if it is long.
private func deliver(_ received: Received, from origin: Message.Origin, to receiver: Receiver) async
{
    guard received.content.size > longSize else {
        return await receiver.receive(received, from: origin)
    }
    await offLoop { await receiver.receive(received, from: origin) }
}

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

/// Does something on a thread of the pool, in place of the event loop's.
private func offLoop<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async rethrows -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await onPool(body) }
}

@concurrent
private func onPool<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
) async rethrows -> Result {
    // Without a suspension of its own the body would run where the caller did.
    await Task.yield()
    return try await body()
}
