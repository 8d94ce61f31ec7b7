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
        var sent: [SentDefinitions] = []
        var layouts: [(type: ObjectIdentifier, layout: TypedLayout)] = []
    }

    private let state = Mutex(State())
    /// Where values are encoded.
    let spareMemory = SpareMemory()

    /// How many sets of types are kept; when there are more, all are forgotten.
    private static let tableLimit = 1_000
    /// The longest definition that is kept, in bytes.
    private static let messageLimit = 4_096
    /// The largest set of types that is kept.
    private static let typeLimit = 100

    /// The most types whose sent definitions are kept.
    private static let sentLimit = 16
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
        let isFull = state.withLock { state in
            state.count += 1
            return state.count > Self.tableLimit
        }
        if isFull { forget() }
        return known.add(Array(message), table)
    }

    /// Forgets what streams have defined, so that its memory is free; a stream that is being read is not
    /// disturbed, and those that follow are learned from anew.
    public func forget() {
        // What goes is freed behind the lock.
        let gone = state.withLock { state in
            let gone = state.root
            state.count = 0
            state.root = KnownTypes(table: TypeTable())
            return gone
        }
        withExtendedLifetime(gone) {}
    }

    /// How a fresh stream begins that sends a value of a type.
    func beginning(
        with type: TypeIndex,
        in schema: GobSchema,
    ) throws(GobError.Fault) -> SentDefinitions {
        let known = state.withLock { state in
            state.sent.first { $0.type == type && $0.schema == schema }
        }
        if let known { return known }
        let definitions = try SentDefinitions(of: type, in: schema)
        guard definitions.bytes.count <= Self.messageLimit else { return definitions }
        state.withLock { state in
            if state.sent.count == Self.sentLimit { state.sent.removeLast() }
            state.sent.insert(definitions, at: 0)
        }
        return definitions
    }

    /// The layout of a Swift type, made the first time.
    func layout(of type: TypedKey) -> TypedLayout {
        // A program has few types, and looking through them takes less than hashing one.
        let known = state.withLock { state in
            state.layouts.first { $0.type == type.id }?.layout
        }
        if let known { return known }
        let layout = TypedLayout(type)
        state.withLock { $0.layouts.append((type.id, layout)) }
        return layout
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
    private let plans = Mutex<[(key: TypedPlans.Key, plan: TypedPlan)]>([])

    /// The most plans that are kept for one set of types.
    private static let planLimit = 100

    init(table: TypeTable) {
        self.table = table
    }

    /// What is known after a message that an earlier stream had here, too.
    func after(_ message: ArraySlice<UInt8>) -> KnownTypes? {
        continuations.withLock { continuations in
            continuations.last { $0.message.isEqual(message) }?.known
        }
    }

    /// The plan that an earlier stream with these types made.
    func plan(_ key: TypedPlans.Key) -> TypedPlan? {
        plans.withLock { plans in plans.first { $0.key == key }?.plan }
    }

    /// Keeps a plan for later streams.
    func remember(_ plan: TypedPlan, _ key: TypedPlans.Key) {
        plans.withLock { plans in
            guard plans.count < Self.planLimit else { return }
            plans.append((key, plan))
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

extension [UInt8] {
    /// Whether a slice has the same bytes; compares eight at a time.
    fileprivate func isEqual(_ slice: ArraySlice<UInt8>) -> Bool {
        guard count == slice.count else { return false }
        return unsafe withUnsafeBytes { mine in
            unsafe slice.withUnsafeBytes { theirs in
                var index = 0
                while index + 8 <= count {
                    let first = unsafe mine.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let second = unsafe theirs.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    guard first == second else { return false }
                    index += 8
                }
                return unsafe mine[index...].elementsEqual(theirs[index...])
            }
        }
    }
}
