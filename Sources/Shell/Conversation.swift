import Gob
import Net

/// What this side says to a peer: the article's client, on one connection.
struct Conversation {
    let host: HostPort
    let conn: Conn
    /// How long a reply may take.
    let timeout: Duration
    /// What the session's streams have said of their types.
    let cache: GobTypeCache
    /// Whether the connection is closed afterwards.
    let isLast: Bool
    /// Told how far a long send is, if anybody is.
    let progress: Progress.Report?
    /// Told of each command when it was sent, and answered where that is its way.
    let report: @Sendable (Sent) async -> Void

    /// The longest line that is accepted as a reply, in bytes: 1 MiB.
    private static let replyLimit = 1 << 20
    /// How many bytes are sent at a time.
    private static let pieceSize = 256 << 10

    /// Sends a STRING and waits for its reply.
    ///
    /// - Returns: The reply without its line end, and how long it took.
    /// - Throws: ``Failure`` where none comes, `NetError`.
    func sendString(_ text: [UInt8]) async throws -> (reply: [UInt8], time: Duration) {
        let start = ContinuousClock.now
        do {
            try await send(Array("STRING\n".utf8) + text + [UInt8(ascii: "\n")])
            guard var reply = try await conn.readLine(limit: Self.replyLimit) else {
                throw Failure(.failed, "\"\(host)\" closed the connection without a reply")
            }
            if reply.last == UInt8(ascii: "\r") { reply.removeLast() }
            conn.setDeadline(nil)
            conn.countMessage()
            let time = ContinuousClock.now - start
            await report(sent("STRING", .text(text), answer: .init(reply: reply, time: time)))
            return (reply, time)
        } catch NetError.timedOut {
            throw Failure(.failed, "no reply from \"\(host)\" within \(timeout.text)")
        } catch let error as NetError {
            throw Failure(.failed, "no reply from \"\(host)\": \(error)")
        }
    }

    /// Sends a GOB, for which there is no reply: the definitions, then the value.
    ///
    /// Where the connection is closed afterwards, its sending side is, and the peer's end waited for.
    ///
    /// - Returns: How many bytes the gob stream had.
    /// - Throws: `GobError` before anything is sent, ``Failure`` where it cannot be sent.
    func sendStruct(_ datum: GobDatum) async throws -> Int {
        var encoder = GobStreamEncoder(cache: cache)
        let stream = try encoder.encode(datum)
        do {
            try await send(Array("GOB\n".utf8) + stream)
            try await conn.flush()
            conn.countMessage()
        } catch NetError.timedOut {
            throw Failure(.failed, "\"\(host)\" did not take the struct within \(timeout.text)")
        } catch let error as NetError {
            throw Failure(.failed, "\"\(host)\" did not take the struct: \(error)")
        }
        try await finish()
        await report(sent("GOB", .gob(stream), datum))
        return stream.count
    }

    private func sent(
        _ command: String,
        _ content: Message.Content,
        _ datum: GobDatum? = nil,
        answer: Sent.Answer? = nil,
    ) -> Sent {
        Sent(
            connection: conn.id,
            peer: conn.remoteAddress,
            command: command,
            content: content,
            datum: datum,
            answer: answer
        )
    }

    /// Writes bytes, a piece at a time, each of which may take as long as a reply.
    private func send(_ bytes: [UInt8]) async throws {
        conn.setDeadline(.now + timeout)
        guard bytes.count > Self.pieceSize else { return try await conn.write(bytes) }
        var progress = Progress("sending to \(host)", progress)
        for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
            let end = min(start + Self.pieceSize, bytes.count)
            try await conn.write(Array(bytes[start..<end]))
            progress.note(end, of: bytes.count)
            conn.setDeadline(.now + timeout)
        }
    }

    /// Where the connection is closed afterwards, ends the sending and waits for the peer to end its
    /// side: then it has read everything.
    ///
    /// A peer that does not end within two seconds has got the bytes into its system at least.
    ///
    /// - Throws: ``Failure`` where the connection breaks instead, which a peer does that did not
    ///   want what was sent.
    private func finish() async throws {
        guard isLast else { return }
        do {
            conn.setDeadline(.now + timeout)
            try await conn.closeWrite()
            conn.setDeadline(.now + min(timeout, .seconds(2)))
            while try await conn.read(upTo: 4_096) != nil {}
        } catch NetError.timedOut {
            return
        } catch let error as NetError {
            throw Failure(.failed, "\"\(host)\" did not take the struct: \(error)")
        }
    }
}
