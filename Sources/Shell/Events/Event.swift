import Gob
import Net

/// Something that happened, as `--json` tells it to programs.
struct Event: Sendable {
    /// What happened.
    enum Kind: Sendable {
        /// Where it listens from now on; nowhere where the list is empty.
        case listening([Address])
        /// Where connections to a host are carried on from, from now on; nowhere where the list is empty.
        case proxying([Address], HostPort)
        /// A peer sent a command; the value of a GOB comes beside it, and how its type has changed.
        case received(Message, GobDatum?, TypeChange?)
        /// A command was sent, and answered where that is its way; which it is, counted from 1 since the
        /// program began; the value of a GOB comes beside it.
        case sent(Sent, GobDatum?, number: Int)
        /// A connection was made, or accepted.
        case connected(Conn.Status)
        /// A connection is over; the error where it was lost.
        case closed(Conn.Status, lost: NetError?)
        /// A connection came in, and is carried on to a host.
        case carrying(Proxy.Ends)
        /// That is over: what went over it, and how it was lost, if it was.
        case carried(Proxy.Ends, Proxy.Total, commands: Int, lost: NetError?)
        /// Something could not be done, or a peer did what it may not.
        case error(String, Culprit?)
        /// What a command has to say that no other event tells.
        case result(String)
    }

    /// When.
    let time: WallTime
    let kind: Kind

    /// Something that happens now.
    init(_ kind: Kind) {
        self.kind = kind
        // A message is told with the time at which it is shown, too.
        if case .received(let message, _, _) = kind { time = message.time } else { time = .now }
    }
}

/// A command that this side sent.
struct Sent: Sendable {
    /// The number of the connection.
    let connection: Int
    /// The address of the other side.
    let peer: Address
    /// All of it: the name line and the data.
    let bytes: [UInt8]
    /// What it was answered, where that is its way.
    let reply: Conversation.Reply?
}

/// Which peer an error is about, and which of its commands.
struct Culprit: Sendable {
    let peer: Address
    var command: [UInt8]?
}
