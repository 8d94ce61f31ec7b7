import Gob
import Net
private import Synchronization

/// The types that peers have sent, by name, so that it is noticed when one changes.
///
/// A bounded amount is kept of each peer, and of a bounded number of them. Most messages define
/// their type with the same bytes as those before, and nothing else is looked at then.
final class PeerTypes: Sendable {
    /// A type as it was sent.
    private struct Known {
        let message: Int
        let definitions: [UInt8]
        let schema: GobSchema
        let type: TypeIndex
    }

    /// Those of one peer, whatever its port, by name.
    private typealias Sent = [String: Known]

    private let peers = Mutex<[String: Sent]>([:])

    /// How many peers are remembered; when there are more, all are forgotten.
    private static let peerLimit = 100
    /// How many types of a peer are remembered; when there are more, all are forgotten.
    private static let typeLimit = 16
    /// The longest definitions that are remembered, in bytes.
    private static let sizeLimit = 4_096

    /// Takes note of a message's type.
    ///
    /// - Returns: How the type of this name has changed since the peer sent it last; `nil` where it has
    ///   not, or was not sent before.
    func change(in message: Message, _ datum: GobDatum) -> TypeChange? {
        let name = datum.schema.name(of: datum.type)
        let size = message.content.definitionSize
        guard !name.isEmpty, size > 0, size <= Self.sizeLimit else { return nil }
        let definitions = message.content.bytes.prefix(size)
        return peers.withLock { peers in
            let host = message.peer.host
            let known = peers[host]?[name]
            if let known, known.definitions.elementsEqual(definitions) { return nil }
            let (schema, type) = datum.schema.extracting(datum.type)
            if peers[host] == nil, peers.count == Self.peerLimit { peers = [:] }
            if known == nil, peers[host]?.count == Self.typeLimit { peers[host] = [:] }
            peers[host, default: [:]][name] = Known(
                message: message.number,
                definitions: Array(definitions),
                schema: schema,
                type: type
            )
            guard let known else { return nil }
            let differences = TypeDifferences(known.schema, known.type, schema, type).differences
            return differences.isEmpty
                ? nil : TypeChange(since: known.message, differences: differences)
        }
    }
}
