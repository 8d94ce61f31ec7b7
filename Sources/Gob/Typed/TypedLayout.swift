private import Synchronization

/// The memory of one Swift type and its parts, and how a fresh stream begins that sends it.
final class TypedLayout: Sendable {
    let layouts: GobLayouts
    let root: GobLayouts.Index
    let accesses: ConstantTable<GobAccess>
    let nodes: ConstantTable<GobLayouts.Node>
    /// The fields of all structs.
    let slots: ConstantTable<Slot>
    /// What a fresh stream sends before the first value, and has sent then.
    let beginning: SentDefinitions
    private let lastSize = Atomic(0)

    struct Slot: Sendable, BitwiseCopyable {
        let operation: TypedOperation
        let node: Int32
        let offset: Int32
    }

    init(_ type: TypedKey) {
        var layouts = GobLayouts()
        let root = type.layout(&layouts)
        let slots = layouts.fields.map { field in
            let operation = layouts.nodes[Int(field.node)].operation
            return Slot(operation: operation, node: field.node, offset: Int32(field.offset))
        }
        self.slots = ConstantTable(slots)
        nodes = ConstantTable(layouts.nodes)
        accesses = ConstantTable(layouts.accesses)
        let wireType = layouts.nodes[Int(root.position)].type
        do {
            beginning = try SentDefinitions(of: wireType, in: layouts.schema)
        } catch {
            preconditionFailure("a type that Go has not: \(error)")
        }
        self.layouts = layouts
        self.root = root
    }

    /// What the next value will probably have, in bytes: as many as the last one.
    var expectedSize: Int { lastSize.load(ordering: .relaxed) }

    /// Notes what a value had.
    func expect(size: Int) {
        lastSize.store(size, ordering: .relaxed)
    }
}

/// A Swift type, as the codec takes it from code that is compiled for it.
@usableFromInline
struct TypedKey: Sendable {
    let id: ObjectIdentifier
    let layout: @Sendable (inout GobLayouts) -> GobLayouts.Index

    @usableFromInline
    init(
        id: ObjectIdentifier,
        layout: @escaping @Sendable (inout GobLayouts) -> GobLayouts.Index,
    ) {
        self.id = id
        self.layout = layout
    }

    /// The key of a type.
    @inlinable
    init<Value: GobTyped>(_ type: Value.Type) {
        self.init(id: ObjectIdentifier(type)) { $0.index(of: type) }
    }
}
