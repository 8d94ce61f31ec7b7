/// Decodes values without interfaces by recursion: the short way of ``ValueDecoder``, which takes
/// half the time.
///
/// It goes as deep as ``levels``. What it refuses, ``ValueDecoder`` is given again: what is nested
/// deeper, and what has an error, which that one finds the place of.
struct NestedValueReader {
    private(set) var reader: ByteReader
    private var memory: MemoryBudget
    private let limits: GobLimits
    private let nodes: [GobSchema.Node]
    private let fieldTypes: [TypeIndex]

    /// How deep values are read by recursion; it takes some 300 bytes of stack a level.
    private static let levels = 64
    private let levels: Int

    init(_ reader: ByteReader, _ schema: GobSchema, _ limits: GobLimits) {
        self.reader = reader
        self.limits = limits
        memory = MemoryBudget(limit: limits.memory)
        levels = min(Self.levels, limits.depth)
        nodes = schema.nodes
        fieldTypes = schema.fieldTypes
    }

    /// A value of a type that is complete and has no interfaces inside.
    mutating func value(_ type: TypeIndex) throws(GobError.Fault) -> GobValue {
        try value(type.position, levels)
    }

    private mutating func value(
        _ type: Int32,
        _ levels: Int,
    ) throws(GobError.Fault) -> GobValue {
        let node = nodes[Int(type)]
        switch node.kind {
        case .bool: return .bool(try reader.bool())
        case .int: return .int(try reader.int())
        case .uint: return .uint(try reader.uint())
        case .float: return .float(try reader.float())
        case .string: return try reader.string(&memory)
        case .bytes, .complex, .opaque:
            guard let kind = node.kind else { throw .undefinedType(id: 0) }
            return try reader.scalar(kind, &memory)
        case .structure, .slice, .array, .map:
            guard levels > 0 else { throw .limitExceeded(.depth, self.levels) }
            return try container(node, levels - 1)
        case .interface, nil: throw .undefinedType(id: 0)
        }
    }

    private mutating func container(
        _ node: GobSchema.Node,
        _ levels: Int,
    ) throws(GobError.Fault) -> GobValue {
        switch node.kind {
        case .structure: return try structure(node, levels)
        case .slice: return .list(try list(node, count: try reader.elementCount(limits), levels))
        case .array:
            let count = try reader.uint()
            guard count == UInt64(node.count) else {
                throw .arrayLength(found: count, expected: node.count)
            }
            return .list(try list(node, count: node.count, levels))
        case .map: return try map(node, levels)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .opaque, nil:
            preconditionFailure("a scalar is no container")
        }
    }

    private mutating func structure(
        _ node: GobSchema.Node,
        _ levels: Int,
    ) throws(GobError.Fault) -> GobValue {
        try memory.charge(node.count)
        var values = [GobValue](repeating: .zero, count: node.count)
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &reader, count: node.count) {
            values[field] = try value(fieldTypes[Int(node.key) + field].position, levels)
        }
        return .structure(values)
    }

    private mutating func list(
        _ node: GobSchema.Node,
        count: Int,
        _ levels: Int,
    ) throws(GobError.Fault) -> [GobValue] {
        // No more can come than there are bytes, each value taking at least one.
        guard count <= reader.remaining else { throw .pastEndOfMessage }
        try memory.charge(count)
        var values: [GobValue] = []
        values.reserveCapacity(count)
        switch nodes[Int(node.element)].kind {
        case .int: for _ in 0..<count { values.append(.int(try reader.int())) }
        case .float: for _ in 0..<count { values.append(.float(try reader.float())) }
        case .string:
            return try strings(count)
        case .bool, .uint, .bytes, .complex, .interface, .array, .slice, .structure, .map, .opaque,
            nil:
            for _ in 0..<count {
                // A struct may end with its message, and take no byte.
                guard !reader.isAtEnd else { throw .pastEndOfMessage }
                values.append(try value(node.element, levels))
            }
        }
        return values
    }

    /// Strings, put where they will stay.
    private mutating func strings(_ count: Int) throws(GobError.Fault) -> [GobValue] {
        var fault: GobError.Fault?
        let values = unsafe [GobValue](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(GobError.Fault) {
                while initialized < count {
                    let value = try reader.string(&memory)
                    unsafe buffer.initializeElement(at: initialized, to: value)
                    initialized += 1
                }
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        return values
    }

    private mutating func map(
        _ node: GobSchema.Node,
        _ levels: Int,
    ) throws(GobError.Fault) -> GobValue {
        let count = try reader.elementCount(limits)
        guard count <= reader.remaining / 2 else { throw .pastEndOfMessage }
        try memory.charge(2 * count)
        var values: [GobValue] = []
        values.reserveCapacity(2 * count)
        for _ in 0..<count {
            guard !reader.isAtEnd else { throw .pastEndOfMessage }
            values.append(try value(node.key, levels))
            guard !reader.isAtEnd else { throw .pastEndOfMessage }
            values.append(try value(node.element, levels))
        }
        return .map(values)
    }
}
