/// Every way in which the network can fail, or a peer can break its connection.
///
/// Each description is a sentence that names the thing and the reason. Cancelled tasks get a
/// `CancellationError` instead.
public enum NetError: Error, Equatable, Sendable {
    /// The text is no host and port.
    case badHost(text: String, reason: String)
    /// The text is no block of IP addresses.
    case badCIDR(text: String, reason: String)
    /// The name has no address.
    case cannotResolve(host: String, reason: String)
    /// No connection to the host could be made; `host` is as `HostPort` prints it.
    case cannotDial(host: String, cause: Cause)
    /// The address cannot be listened on.
    case cannotListen(address: String, cause: Cause)
    /// A connection could not be accepted; accepting goes on.
    case cannotAccept(cause: Cause)
    /// No line end came within `limit` bytes.
    case lineTooLong(limit: Int)
    /// The peer ended its stream in the middle of something.
    case closedInside
    /// The connection broke.
    case connectionLost(cause: Cause)
    /// The connection was used after it was closed on this side.
    case closed
    /// A deadline of the connection passed.
    case timedOut
    /// A command did not arrive whole within the time that an endpoint allows.
    case commandTooSlow(limit: Duration)
    /// The peer sent no command for as long as an endpoint allows.
    case idleTooLong(limit: Duration)
    /// The peer did not take what was written within the time of `Conn.limitWrites`.
    case replyNotTaken(limit: Duration)
}

/// Why a connection, or an address to listen on, could not be had or was lost.
public enum Cause: Equatable, Sendable {
    /// The system call failed with this error number.
    case system(errno: Int32)
    /// The host's name has no address, for the reason given.
    case nameDoesNotResolve(reason: String)
    /// It took longer than allowed.
    case timedOut(after: Duration)
    /// The address that connections are to come from cannot be had.
    case localAddress(Address, reason: String)
    /// The host has no address of the family of the address that connections are to come from.
    case otherFamily(thanLocal: Address)
    /// Something else at each of the host's addresses.
    case several([DialFailure])
    /// The connection ended before all was written.
    case closedByPeer
    /// Anything else, in the words of SwiftNIO.
    case other(String)
}

extension NetError: CustomStringConvertible {
    /// The error as a sentence.
    public var description: String {
        switch self {
        case .badHost(let text, let reason): "\"\(text)\": \(reason)"
        case .badCIDR(let text, let reason): "\"\(text)\": \(reason)"
        case .cannotResolve(let host, let reason): "cannot resolve \"\(host)\": \(reason)"
        case .cannotDial(let host, let cause): "cannot dial \"\(host)\": \(cause)"
        case .cannotListen(let address, let cause): "cannot listen on \(address): \(cause)"
        case .cannotAccept(let cause): "cannot accept a connection: \(cause)"
        case .lineTooLong(let limit): "the line is longer than \(limit) bytes"
        case .closedInside: "the peer closed the connection in the middle of a message"
        case .connectionLost(let cause): "the connection is lost: \(cause)"
        case .closed: "the connection is closed"
        case .timedOut: "the deadline has passed"
        case .commandTooSlow(let limit):
            "the command did not come whole within \(limit.seconds) s"
        case .idleTooLong(let limit): "no command came for \(limit.seconds) s"
        case .replyNotTaken(let limit): "the peer took no reply for \(limit.seconds) s"
        }
    }
}
