import Gob
import Net
private import Synchronization

/// What answers a command: a row of the table, put to work.
struct WireHandler: Sendable {
    /// Does the same at once, where the data has come whole and nobody has to wait.
    let quick: QuickFunc
    /// Reads the command's data, and answers.
    let handle: HandleFunc

    /// What answers the commands of a row.
    ///
    /// - Parameters:
    ///   - handler: The row.
    ///   - receiver: Takes in what they bring.
    ///   - cache: The types of the streams before; its limits hold.
    ///   - maxLine: The longest line, in bytes.
    init(_ handler: Handler, _ receiver: Receiver, _ cache: GobTypeCache, maxLine: Int) {
        let isSimple = handler.isSimple
        let isKept = receiver.wantsContents || handler.answer == .input
        quick = { command in
            guard isSimple, receiver.isQuiet,
                let data = command.data(of: handler.form, cache, maxLine, isKept: isKept)
            else { return false }
            receiver.keepQuietly(data.received(handler.name), from: command.origin)
            switch handler.answer {
            case .nothing: break
            case .setting: command.writeLine(receiver.reply)
            case .line(let text): command.writeLine(text)
            case .bytes(let bytes, _): command.write(bytes)
            case .input: command.write(data.input)
            }
            return true
        }
        let counter = Counter()
        handle = { conn in
            let data = try await conn.data(of: handler.form, cache, maxLine, receiver.progress)
            await deliver(data.received(handler.name), from: conn.origin, to: receiver)
            let reaction = handler.reaction(toCommand: counter.next())
            if let delay = reaction.delay {
                try await conn.flush()
                try await Task.sleep(for: delay)
            }
            if reaction.isAnswered { try await conn.write(handler.answer(to: data, receiver)) }
            if reaction.closes { throw Endpoint.ConnectionEnd() }
        }
    }
}

/// Counts the commands of a row.
private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int {
        count.wrappingAdd(1, ordering: .relaxed).newValue
    }
}

extension Handler {
    /// What a command is answered; empty where nothing.
    fileprivate func answer(to data: CommandData, _ receiver: Receiver) -> [UInt8] {
        switch answer {
        case .nothing: []
        case .setting: receiver.reply + [lineEnd]
        case .line(let text): text + [lineEnd]
        case .bytes(let bytes, _): bytes
        case .input: data.input
        }
    }
}

extension QuickCommand {
    /// Where what it brings comes from.
    fileprivate var origin: Message.Origin { Message.Origin(peer: peer, connection: connection) }
}

extension Conn {
    /// Where what arrives on it comes from.
    var origin: Message.Origin {
        Message.Origin(peer: remoteAddress, connection: id)
    }
}

/// Hands over what was received, from another thread than that of the connections if it is long.
private func deliver(_ received: Received, from origin: Message.Origin, to receiver: Receiver) async
{
    guard received.content.size > longSize else {
        return await receiver.receive(received, from: origin)
    }
    await offLoop { await receiver.receive(received, from: origin) }
}
