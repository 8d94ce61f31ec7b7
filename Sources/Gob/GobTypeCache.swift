private import Synchronization

/// What streams have said of their types, kept for the streams that follow.
///
/// Where every value comes in a stream of its own, as in the protocol of gobtalk, each stream
/// repeats the same definitions, and reading them costs several times as much as the value. With a
/// cache they are compared with those of earlier streams instead. Any number of streams, on any
/// threads, may share one; it keeps a bounded amount, whatever they define.
public final class GobTypeCache: Sendable {
    /// What the streams that use the cache are held to.
    public let limits: GobLimits

    private struct State: Sendable {
        var root = KnownTypes(table: TypeTable())
        var count = 0
        var sent: SentDefinitions?
    }

    private let state = Mutex(State())

    /// How many sets of types are kept; when there are more, all are forgotten.
    private static let tableLimit = 1_000
    /// The longest definition that is kept, in bytes.
    private static let messageLimit = 4_096
    /// The largest set of types that is kept.
    private static let typeLimit = 100

    /// A cache that is empty, for streams with these limits.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
    }

    /// The beginning of every stream: nothing is defined.
    var beginning: KnownTypes { state.withLock { $0.root } }

    /// Remembers what a stream defined after what it had defined before.
    ///
    /// - Returns: What is known then, or `nil` where it is too much to be kept.
    func extend(
        _ known: KnownTypes,
        by message: ArraySlice<UInt8>,
        to table: TypeTable,
    ) -> KnownTypes? {
        guard message.count <= Self.messageLimit,
            table.schema.count <= Self.typeLimit + Kind.builtIn.count
        else { return nil }
        state.withLock { state in
            state.count += 1
            guard state.count > Self.tableLimit else { return }
            state.count = 0
            state.root = KnownTypes(table: TypeTable())
        }
        return known.add(Array(message), table)
    }

    /// The definitions that a fresh stream sends for a type, where they were sent before.
    func definitions(of type: TypeIndex, in schema: GobSchema) -> SentDefinitions? {
        state.withLock { state in
            guard let sent = state.sent, sent.type == type, sent.schema == schema else {
                return nil
            }
            return sent
        }
    }

    /// Remembers the definitions that a fresh stream sent.
    func remember(_ definitions: SentDefinitions) {
        guard definitions.bytes.count <= Self.messageLimit else { return }
        state.withLock { $0.sent = definitions }
    }
}

/// What a stream has defined up to a point, and what streams have defined next.
final class KnownTypes: Sendable {
    let table: TypeTable

    private struct Continuation: Sendable {
        let message: [UInt8]
        let known: KnownTypes
    }

    private let continuations = Mutex<[Continuation]>([])

    init(table: TypeTable) {
        self.table = table
    }

    /// What is known after a message that an earlier stream had here, too.
    func after(_ message: ArraySlice<UInt8>) -> KnownTypes? {
        continuations.withLock { continuations in
            continuations.last { $0.message.elementsEqual(message) }?.known
        }
    }

    fileprivate func add(_ message: [UInt8], _ table: TypeTable) -> KnownTypes {
        var table = table
        table.findCompleteTypes()
        let known = KnownTypes(table: table)
        continuations.withLock { $0.append(Continuation(message: message, known: known)) }
        return known
    }
}

/// The definitions with which a fresh stream begins, for a value of a type.
struct SentDefinitions: Sendable {
    let schema: GobSchema
    let type: TypeIndex
    let bytes: [UInt8]
    let types: SentTypes
}
