/// Decodes one value into the memory of a Swift type, as a ``TypedPlan`` says.
///
/// It goes by recursion, so that the depth is bounded more closely than that of a ``GobValue``.
@usableFromInline
@safe
struct TypedReader {
    var reader: ByteReader
    var memory: MemoryBudget
    /// Grows where an interface brings definitions.
    private(set) var types: TypeTable
    /// The way to an error, from the innermost on.
    var path: [Step] = []

    /// A step of a path.
    enum Step {
        case field(Int, of: TypeIndex)
        case index(Int)
        case key(GobValue)
    }

    private let plan: TypedPlan
    private let nodes: UnsafePointer<TypedPlan.Node>
    private let fields: UnsafePointer<TypedPlan.Field>
    private let accesses: UnsafePointer<GobAccess>
    private let limits: GobLimits
    /// Where the messages come from that follow a definition inside a value.
    private(set) var source: MessageSource
    private let depthLimit: Int
    private var depth = 0

    init(
        _ plan: TypedPlan,
        _ reader: ByteReader,
        _ types: TypeTable,
        _ source: MessageSource,
        _ limits: GobLimits,
    ) {
        self.plan = plan
        unsafe nodes = plan.nodes.pointer
        unsafe fields = plan.fields.pointer
        unsafe accesses = plan.accesses.pointer
        self.reader = reader
        self.types = types
        self.source = source
        self.limits = limits
        depthLimit = limits.recursion
        memory = MemoryBudget(limit: limits.memory)
    }

    /// Reads the value of a node of the plan into memory that holds one of its Swift type.
    @usableFromInline
    mutating func read(
        _ index: Int32,
        into target: UnsafeMutableRawPointer,
    ) throws(GobError.Fault) {
        switch unsafe nodes[Int(index)].operation {
        case .bool: unsafe target.storeBytes(of: try reader.bool(), as: Bool.self)
        case .int: unsafe target.storeBytes(of: try reader.int(), as: Int64.self)
        case .int8: unsafe target.storeBytes(of: try reader.int(as: Int8.self), as: Int8.self)
        case .int16: unsafe target.storeBytes(of: try reader.int(as: Int16.self), as: Int16.self)
        case .int32: unsafe target.storeBytes(of: try reader.int(as: Int32.self), as: Int32.self)
        case .uint: unsafe target.storeBytes(of: try reader.uint(), as: UInt64.self)
        case .uint8: unsafe target.storeBytes(of: try reader.uint(as: UInt8.self), as: UInt8.self)
        case .uint16:
            unsafe target.storeBytes(of: try reader.uint(as: UInt16.self), as: UInt16.self)
        case .uint32:
            unsafe target.storeBytes(of: try reader.uint(as: UInt32.self), as: UInt32.self)
        case .double: unsafe target.storeBytes(of: try reader.float(), as: Double.self)
        case .float: unsafe target.storeBytes(of: try reader.narrowFloat(), as: Float.self)
        case .complex64:
            unsafe target.storeBytes(of: try reader.narrowFloat(), as: Float.self)
            unsafe target.storeBytes(of: try reader.narrowFloat(), toByteOffset: 4, as: Float.self)
        case .complex128:
            unsafe target.storeBytes(of: try reader.float(), as: Double.self)
            unsafe target.storeBytes(of: try reader.float(), toByteOffset: 8, as: Double.self)
        case .string: unsafe target.assumingMemoryBound(to: String.self).pointee = try string()
        case .bytes, .byteString:
            unsafe target.assumingMemoryBound(to: [UInt8].self).pointee = try byteArray()
        case .structure:
            try enter()
            try unsafe structure(nodes[Int(index)], into: target)
            depth -= 1
        case .array:
            try enter()
            try unsafe array(nodes[Int(index)], into: target)
            depth -= 1
        case .list, .map, .pointer, .opaque:
            let node = unsafe nodes[Int(index)]
            try enter()
            let access = unsafe accesses[Int(node.access)]
            try unsafe access.read(&self, node.key, node.element, target)
            depth -= 1
        case .interface:
            unsafe target.assumingMemoryBound(to: GobAny?.self).pointee = try interface()
        }
    }

    /// Reads elements that stand side by side in memory.
    @usableFromInline
    mutating func elements(
        _ index: Int32,
        _ count: Int,
        into target: UnsafeMutableRawPointer,
        _ stride: Int,
        from first: Int,
    ) throws(GobError.Fault) {
        var done = 0
        do throws(GobError.Fault) {
            while done < count {
                try expectMore()
                try unsafe read(index, into: target + done * stride)
                done += 1
            }
        } catch {
            path.append(.index(first + done))
            throw error
        }
    }

    /// The count of a slice, each element of which takes a byte at least; memory for so many is
    /// counted.
    mutating func listCount(stride: Int) throws(GobError.Fault) -> Int {
        let count = try reader.elementCount(limits)
        guard count <= reader.remaining else { throw .pastEndOfMessage }
        try memory.charge(bytes: count * stride)
        return count
    }

    /// The count of a map, each key and value of which takes a byte at least.
    mutating func mapCount(size: Int) throws(GobError.Fault) -> Int {
        let count = try reader.elementCount(limits)
        guard count <= reader.remaining / 2 else { throw .pastEndOfMessage }
        try memory.charge(bytes: count * size)
        return count
    }

    /// The count of a slice or a map that may have interfaces inside, which bring more messages.
    ///
    /// - Parameters:
    ///   - key: The node of its keys, -1 where it has none.
    ///   - element: The node of its elements.
    ///   - size: How much memory an element takes.
    /// - Returns: The count, and for how many of them memory was counted: no more than there are
    ///   bytes, each key and element taking at least one.
    /// - Throws: A fault where there cannot be so many.
    @usableFromInline
    mutating func count(
        _ key: Int32,
        _ element: Int32,
        size: Int,
    ) throws(GobError.Fault) -> (count: Int, atHand: Int) {
        let count = try reader.elementCount(limits)
        let atHand = Swift.min(count, reader.remaining / (key < 0 ? 1 : 2))
        guard count == atHand || mayHaveInterfaces(element) || mayHaveInterfaces(key) else {
            throw .pastEndOfMessage
        }
        try memory.charge(bytes: atHand * size)
        return (count, atHand)
    }

    private func mayHaveInterfaces(_ node: Int32) -> Bool {
        unsafe node >= 0 && types.mayHaveInterfaces(nodes[Int(node)].wire)
    }

    /// Counts memory for an element for which there was no byte when its count was read.
    @usableFromInline
    mutating func chargeMore(_ size: Int) throws(GobError.Fault) {
        try memory.charge(bytes: size)
    }

    /// Refuses a key or an element for which no byte is left: a struct may end with its message,
    /// and take none.
    @usableFromInline
    func expectMore() throws(GobError.Fault) {
        guard !reader.isAtEnd else { throw .pastEndOfMessage }
    }

    /// Says that an error was in the value of a key.
    @usableFromInline
    mutating func note(key: some Any) {
        path.append(.key(GobValue(key: key)))
    }

    /// A string that is UTF-8.
    @usableFromInline
    mutating func string() throws(GobError.Fault) -> String {
        let range = try reader.byteRange()
        try memory.charge(bytes: range.count)
        guard let text = reader.text(in: range) else { throw .notUTF8 }
        return text
    }

    @usableFromInline
    mutating func byteArray() throws(GobError.Fault) -> [UInt8] {
        let range = try reader.byteRange()
        try memory.charge(bytes: range.count)
        return Array(reader.bytes[range])
    }

    private mutating func structure(
        _ node: TypedPlan.Node,
        into target: UnsafeMutableRawPointer,
    ) throws(GobError.Fault) {
        var cursor = FieldCursor()
        do throws(GobError.Fault) {
            while let number = try cursor.next(in: &reader, count: Int(node.count)) {
                let field = unsafe fields[Int(node.first) + number]
                if field.node >= 0 {
                    try unsafe read(field.node, into: target + Int(field.offset))
                } else {
                    _ = try value(of: field.wire)
                }
            }
        } catch {
            path.append(.field(cursor.field, of: node.wire))
            throw error
        }
    }

    private mutating func array(
        _ node: TypedPlan.Node,
        into target: UnsafeMutableRawPointer,
    ) throws(GobError.Fault) {
        let count = try reader.uint()
        guard count == UInt64(node.count) else {
            throw .arrayLength(found: count, expected: Int(node.count))
        }
        try unsafe elements(node.element, Int(node.count), into: target, Int(node.stride), from: 0)
    }

    private mutating func interface() throws(GobError.Fault) -> GobAny? {
        guard case .interface(let content) = try value(of: TypeIndex(.interface)) else {
            return nil
        }
        let datum = GobDatum(schema: types.schema, type: content.type, value: content.value)
        return GobAny(name: content.name, datum)
    }

    /// A value without a Swift type: to be kept in an interface, or to learn the types inside one
    /// that is passed over (golang/go#34879).
    private mutating func value(of type: TypeIndex) throws(GobError.Fault) -> GobValue {
        var limits = limits
        limits.depth -= depth
        var decoder = ValueDecoder(limits: limits)
        if let value = try decoder.start(type, &reader, &types) { return value }
        while true {
            reader = try source.next()
            if let value = try decoder.resume(&reader, &types) { return value }
        }
    }

    private mutating func enter() throws(GobError.Fault) {
        depth += 1
        guard depth <= depthLimit else { throw .limitExceeded(.depth, depthLimit) }
    }
}

extension TypedReader {
    /// Where in the stream an error is, which for one that ends too early is its end.
    func offset(of fault: GobError.Fault) -> Int {
        fault == .truncated ? source.streamOffset : reader.streamOffset
    }

    /// Where in the value an error is, as `C.M["x"]`.
    var pathText: String {
        var text = ValuePath()
        for step in path.reversed() {
            switch step {
            case .index(let index): text.index(index)
            case .key(let key): text.key(key)
            case .field(let field, let type):
                let fields = types.schema.fields(of: type)
                guard field >= 0, field < fields.count else { continue }
                text.field(fields[fields.startIndex + field].name)
            }
        }
        return text.text
    }
}
