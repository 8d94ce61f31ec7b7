import Gob
import GobJSON
import Net

extension Event {
    /// The event as an object of JSON on one line; the manual says what it has.
    var json: String {
        var line = JSONLine()
        line.add("event", name)
        line.add("time", time.rfc3339)
        switch kind {
        case .listening(let addresses): line.add("addresses", addresses.map(\.description))
        case .proxying(let addresses, let host):
            line.add("addresses", addresses.map(\.description))
            line.add("host", "\(host)")
        case .received(let message, let datum, let change):
            line.add("n", message.number)
            line.add(message.origin.connection, message.peer)
            if let passage = message.origin.passage {
                line.add("to", "\(passage.recipient)")
                line.add("role", passage.role.rawValue)
            }
            line.add(message.command, message.content, datum)
            if let change { line.add(change) }
        case .sent(let sent, let datum, let number):
            line.add("n", number)
            line.add(sent, datum)
        case .connected(let status): line.add(status)
        case .closed(let status, let lost):
            line.add(status)
            line.add("messages", status.messages)
            line.add("bytes_received", status.bytesReceived)
            line.add("bytes_sent", status.bytesSent)
            if let lost { line.add("reason", "\(lost)") }
        case .carrying(let ends): line.add(ends)
        case .carried(let ends, let total, let commands, let lost):
            line.add(ends)
            line.add("messages", commands)
            line.add("bytes_received", total.bytesToHost)
            line.add("bytes_sent", total.bytesToClient)
            if let lost { line.add("reason", "\(lost)") }
        case .error(let message, let culprit):
            line.add("message", message)
            if let culprit { line.add("peer", "\(culprit.peer)") }
            if let name = culprit?.command {
                line.add("command", orBinary: "command_base64", name)
            }
        case .result(let text): line.add("text", text)
        }
        // The same values, but nothing that drives a terminal.
        return String(decoding: Harmless.json(line.utf8), as: UTF8.self)
    }

    private var name: String {
        switch kind {
        case .listening: "listening"
        case .received: "received"
        case .sent: "sent"
        case .proxying: "proxying"
        case .connected, .carrying: "connected"
        case .closed, .carried: "closed"
        case .error: "error"
        case .result: "result"
        }
    }
}

extension JSONLine {
    fileprivate mutating func add(_ connection: Int, _ peer: Address) {
        add("connection", connection)
        add("peer", "\(peer)")
    }

    fileprivate mutating func add(_ status: Conn.Status) {
        add(status.id, status.remoteAddress)
        add("local", "\(status.localAddress)")
        add("direction", status.isIncoming ? "in" : "out")
    }

    fileprivate mutating func add(_ change: TypeChange) {
        var object = JSONLine()
        object.add("since", change.since)
        object.add("differences", change.differences.map { $0.row(.plain) })
        add("type_change", json: object.line)
    }

    fileprivate mutating func add(_ ends: Proxy.Ends) {
        add(ends.connection, ends.client)
        add("local", "\(ends.local)")
        add("direction", "in")
        add("host", "\(ends.host)")
    }

    fileprivate mutating func add(_ sent: Sent, _ datum: GobDatum?) {
        add(sent.connection, sent.peer)
        add(sent.command, sent.content, datum)
        if let reply = sent.reply {
            add("reply", orBinary: "reply_base64", reply.text)
            let milliseconds = (reply.time / .microseconds(1)).rounded() / 1_000
            add("rtt_ms", json: "\(milliseconds)")
        }
    }

    fileprivate mutating func add(
        _ command: String,
        _ content: Message.Content,
        _ datum: GobDatum?,
    ) {
        add("command", command)
        switch content {
        case .text(let bytes), .bytes(let bytes): add("text", orBinary: "base64", bytes)
        case .gob(let stream):
            // A broken one went by, which has no value.
            guard let datum else { return add("text", orBinary: "base64", stream) }
            add("type", datum.schema.shownName(of: datum.type))
            add("value", json: GobJSONWriter.text(of: datum))
            add("bytes", stream.count)
        }
    }
}
