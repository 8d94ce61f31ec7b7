import Gob
import Net

/// What a peer sent with a command.
struct Received: Sendable {
    let command: String
    let content: Message.Content
    /// The value of a GOB.
    var datum: GobDatum?
}

/// Takes in what a peer sent; may have the peer wait.
typealias Receive = @Sendable (_ received: Received, _ peer: Address) async -> Void

/// A command that peers may send: one element of a table, and all that there is of it.
struct WireHandler: Sendable {
    /// The name line that calls it.
    let name: String
    /// Reads the command's data, and answers.
    let handle: HandleFunc

    /// The commands of the article.
    static func standard(
        _ cache: GobTypeCache,
        maxLine: Int,
        reply: @escaping @Sendable () -> [UInt8],
        progress: Progress.Report?,
        _ receive: @escaping Receive,
    ) -> [WireHandler] {
        [string(maxLine, reply, receive), gob(cache, progress, receive)]
    }

    /// The command `STRING`: one line of text, which is answered with another.
    private static func string(
        _ maxLine: Int,
        _ reply: @escaping @Sendable () -> [UInt8],
        _ receive: @escaping Receive,
    ) -> WireHandler {
        WireHandler(name: "STRING") { conn in
            guard var line = try await conn.readLine(limit: maxLine) else {
                throw NetError.closedInside
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            let received = Received(command: "STRING", content: .text(line))
            await deliver(received, from: conn.remoteAddress, to: receive)
            try await conn.write(reply() + [UInt8(ascii: "\n")])
        }
    }

    /// The command `GOB`: one value of a gob stream of its own; not answered.
    private static func gob(
        _ cache: GobTypeCache,
        _ progress: Progress.Report?,
        _ receive: @escaping Receive,
    ) -> WireHandler {
        WireHandler(name: "GOB") { conn in
            let (datum, stream) = try await conn.readGob(cache, progress)
            let received = Received(command: "GOB", content: .gob(stream), datum: datum)
            await deliver(received, from: conn.remoteAddress, to: receive)
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
private func deliver(_ received: Received, from peer: Address, to receive: @escaping Receive) async
{
    guard received.content.size > longSize else { return await receive(received, peer) }
    await offLoop { await receive(received, peer) }
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
