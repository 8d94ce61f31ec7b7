/// Why a listener does not take a connection: it is closed at once, and its peer is told nothing.
public enum Refusal: Error, Sendable, Hashable {
    /// So many connections are open already.
    case tooManyConnections(limit: Int)
    /// So many connections from the peer's address are open already.
    case tooManyFromAddress(limit: Int)
}

extension Refusal: CustomStringConvertible {
    /// The reason as it stands at the end of a sentence.
    public var description: String {
        switch self {
        case .tooManyConnections(let limit):
            "\(limit) connections are open, which is the most"
        case .tooManyFromAddress(let limit):
            "\(limit) connections from one address are open, which is the most"
        }
    }
}
