import GobJSON
import Net

/// A line of a recording: something that happened on a connection, as an object of JSON.
struct RecordedLine: Sendable, Equatable {
    /// The two ends of a connection.
    struct Ends: Sendable, Equatable {
        /// Whether the side that records accepted it.
        let isIncoming: Bool
        /// The address of the other side.
        let peer: String
        /// The address of the side that records.
        let local: String
        /// Where everything was carried by a proxy, if it was.
        var host: String?

        /// The address that the connection was made to, in the end.
        var target: String { host ?? (isIncoming ? local : peer) }
    }

    /// What happened.
    enum Event: Sendable, Equatable {
        /// It is there; nothing went over it yet.
        case connected(Ends)
        /// Bytes of a command, or of what it is answered.
        case bytes(Traffic.Direction, CommandCutter.Piece)
        /// It is over.
        case closed
    }

    let time: WallTime
    /// The number of the connection.
    let connection: Int
    let event: Event

    /// The line as UTF-8, with its end.
    var utf8: [UInt8] {
        var line = JSONLine()
        line.add("event", name)
        line.add("time", time.rfc3339)
        line.add("connection", connection)
        switch event {
        case .connected(let ends):
            line.add("direction", ends.isIncoming ? "in" : "out")
            line.add("peer", ends.peer)
            line.add("local", ends.local)
            if let host = ends.host { line.add("host", host) }
        case .bytes(let direction, let piece):
            line.add("direction", direction.rawValue)
            if let command = piece.command { line.add("command", command) }
            line.add("n", piece.number)
            line.add("text", orBinary: "base64", piece.bytes)
        case .closed: break
        }
        // A recording can be looked at in a terminal, too.
        return Harmless.json(line.utf8) + [lineEnd]
    }

    private var name: String {
        switch event {
        case .connected: "connected"
        case .bytes: "bytes"
        case .closed: "closed"
        }
    }
}

extension RecordedLine {
    /// Reads a line.
    ///
    /// - Throws: `GobJSONError` where it is no JSON, ``Failure`` where it is none of a recording.
    init(parsing line: [UInt8]) throws {
        let members = RecordedMembers(try JSONValue(parsing: line))
        guard let time = WallTime(rfc3339: try members.text("time")) else {
            throw members.wrong("time")
        }
        self.time = time
        connection = try members.number("connection")
        switch try members.text("event") {
        case "connected":
            let ends = Ends(
                isIncoming: try members.choice("direction", ["in": true, "out": false]),
                peer: try members.text("peer"),
                local: try members.text("local"),
                host: try members.optionalText("host")
            )
            event = .connected(ends)
        case "bytes":
            let directions: [String: Traffic.Direction] = ["sent": .sent, "received": .received]
            let piece = CommandCutter.Piece(
                bytes: try members.bytes("text", orBinary: "base64"),
                command: try members.optionalText("command"),
                number: try members.number("n")
            )
            event = .bytes(try members.choice("direction", directions), piece)
        case "closed": event = .closed
        default: throw members.wrong("event")
        }
    }
}

/// The members of an object in a recording, of which each must be as it is wanted.
private struct RecordedMembers {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    func wrong(_ name: String) -> Failure {
        Failure(.failed, "\"\(name)\" is not what it is in a recording")
    }

    func optionalText(_ name: String) throws -> String? {
        switch value[name] {
        case nil: nil
        case .string(let text): text
        default: throw wrong(name)
        }
    }

    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw wrong(name) }
        return text
    }

    func number(_ name: String) throws -> Int {
        guard case .number(let text) = value[name], let number = Int(text), number > 0 else {
            throw wrong(name)
        }
        return number
    }

    func choice<Choice>(_ name: String, _ choices: [String: Choice]) throws -> Choice {
        guard let choice = choices[try text(name)] else { throw wrong(name) }
        return choice
    }

    func bytes(_ name: String, orBinary binary: String) throws -> [UInt8] {
        if let text = try optionalText(name) { return Array(text.utf8) }
        guard let bytes = value[binary]?.base64 else { throw wrong(name) }
        return bytes
    }
}
