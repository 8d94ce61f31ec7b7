/// Why a listener does not take a connection: it is closed at once, and its peer is told nothing.
public enum Refusal: Error, Sendable, Hashable {
    /// The peer's address is in none of the blocks that are allowed.
    case notAllowed
    /// So many connections are open already.
    case tooManyConnections(limit: Int)
    /// So many connections from the peer's address are open already.
    case tooManyFromAddress(limit: Int)
}

extension Refusal: CustomStringConvertible {
    /// The reason as it stands at the end of a sentence.
    public var description: String {
        switch self {
        case .notAllowed: "its address is not allowed"
        case .tooManyConnections(let limit): "the limit of connections, \(limit), is reached"
        case .tooManyFromAddress(let limit):
            "the limit of connections from one address, \(limit), is reached"
        }
    }
}
