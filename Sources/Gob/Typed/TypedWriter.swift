/// Encodes one value from the memory of a Swift type: the mirror of ``TypedReader``.
@usableFromInline
@safe
struct TypedWriter: ~Copyable {
    var stream: StreamWriter
    /// Whether maps are written in an order of their own, the same each time.
    @usableFromInline let sortsMaps: Bool
    /// The way to an error, from the innermost on.
    private var path: [Step] = []

    /// A step of a path.
    private enum Step {
        case field(Int)
        case index(Int)
        case key(GobValue)
    }

    private let layout: TypedLayout
    private let nodes: UnsafePointer<GobLayouts.Node>
    private let slots: UnsafePointer<TypedLayout.Slot>
    private let accesses: UnsafePointer<GobAccess>
    private let depthLimit: Int
    private var depth = 0

    init(_ layout: TypedLayout, _ stream: consuming StreamWriter, sortsMaps: Bool) {
        self.layout = layout
        unsafe nodes = layout.nodes.pointer
        unsafe slots = layout.slots.pointer
        unsafe accesses = layout.accesses.pointer
        depthLimit = stream.limits.recursion
        self.stream = stream
        self.sortsMaps = sortsMaps
    }

    /// Writes the definitions that are needed, then a value, as messages of the stream.
    mutating func encode(_ value: UnsafeRawPointer) throws(GobError.Fault) {
        let root = layout.root.position
        let isInterface = unsafe nodes[Int(root)].operation == .interface
        guard unsafe !isInterface || !isOmitted(root, at: value) else { throw .nothingToSend }
        try stream.beginValue(layout.beginning, expecting: layout.expectedSize)
        try unsafe write(root, from: value)
        layout.expect(size: stream.messages.size)
        try stream.messages.end()
    }

    /// The writer of all that was written.
    consuming func finished() -> ByteWriter { stream.writer() }

    /// Writes the value that is in memory, zero or not.
    @usableFromInline
    mutating func write(_ index: Int32, from source: UnsafeRawPointer) throws(GobError.Fault) {
        try unsafe write(index, nodes[Int(index)].operation, from: source)
    }

    private mutating func write(
        _ index: Int32,
        _ operation: TypedOperation,
        from source: UnsafeRawPointer,
    ) throws(GobError.Fault) {
        switch operation {
        case .structure:
            try enter()
            try unsafe structure(nodes[Int(index)], from: source)
            depth -= 1
        case .array:
            let node = unsafe nodes[Int(index)]
            try enter()
            stream.messages.top.count(Int(node.count))
            try unsafe elements(node.element, Int(node.count), from: source, Int(node.stride))
            depth -= 1
        case .list, .map, .pointer, .opaque:
            let node = unsafe nodes[Int(index)]
            try enter()
            try unsafe accesses[Int(node.access)].write(&self, node.key, node.element, source)
            depth -= 1
        case .interface: try interface(unsafe source.load(as: GobAny?.self))
        case .bool, .int, .int8, .int16, .int32, .uint, .uint8, .uint16, .uint32, .float, .double,
            .complex64, .complex128, .string, .byteString, .bytes:
            unsafe stream.messages.top.scalar(operation, from: source)
        }
    }

    /// Writes the count of a list or a map.
    @usableFromInline
    mutating func writeCount(_ count: Int) {
        stream.messages.top.count(count)
    }

    /// Writes bytes with their count.
    @usableFromInline
    mutating func write(bytes: [UInt8]) {
        stream.messages.top.byteArray(bytes)
    }

    /// Writes what stands for nothing: a map that is nil is sent as an empty one, as in Go.
    @usableFromInline
    mutating func writeNil(_ node: Int32) throws(GobError.Fault) {
        guard unsafe nodes[Int(node)].operation == .map else { throw .nilElement }
        writeCount(0)
    }

    /// Says that an error was in the value of a key.
    @usableFromInline
    mutating func note(key: some Any) {
        path.append(.key(GobValue(key: key)))
    }

    /// A value that is in memory, encoded on its own.
    @usableFromInline
    func bytes(of index: Int32, at source: UnsafeRawPointer) throws(GobError.Fault) -> [UInt8] {
        let stream = StreamWriter(types: stream.types, limits: stream.limits)
        var writer = TypedWriter(layout, stream, sortsMaps: sortsMaps)
        try unsafe writer.write(index, from: source)
        return writer.stream.messages.top.bytes()
    }

    /// Writes elements that stand side by side in memory.
    @usableFromInline
    mutating func elements(
        _ index: Int32,
        _ count: Int,
        from source: UnsafeRawPointer,
        _ stride: Int,
    ) throws(GobError.Fault) {
        var done = 0
        do throws(GobError.Fault) {
            while done < count {
                try unsafe write(index, from: source + done * stride)
                done += 1
            }
        } catch {
            path.append(.index(done))
            throw error
        }
    }

    /// Whether a field with the value that is in memory is left out, as Go leaves it out.
    @usableFromInline
    func isOmitted(_ index: Int32, at source: UnsafeRawPointer) -> Bool {
        unsafe isOmitted(index, nodes[Int(index)].operation, at: source)
    }

    private func isOmitted(
        _ index: Int32,
        _ operation: TypedOperation,
        at source: UnsafeRawPointer,
    ) -> Bool {
        switch operation {
        case .bool, .int8, .uint8: return unsafe source.load(as: UInt8.self) == 0
        case .int16, .uint16: return unsafe source.load(as: UInt16.self) == 0
        case .int32, .uint32: return unsafe source.load(as: UInt32.self) == 0
        case .int, .uint: return unsafe source.load(as: UInt64.self) == 0
        case .float: return unsafe source.load(as: Float.self) == 0
        case .double: return unsafe source.load(as: Double.self) == 0
        case .complex64: return unsafe source.load(as: GobComplex<Float>.self) == GobComplex()
        case .complex128: return unsafe source.load(as: GobComplex<Double>.self) == GobComplex()
        case .string: return unsafe source.assumingMemoryBound(to: String.self).pointee.isEmpty
        case .bytes, .byteString:
            return unsafe source.assumingMemoryBound(to: [UInt8].self).pointee.isEmpty
        case .interface:
            return unsafe source.assumingMemoryBound(to: GobAny?.self).pointee == nil
        case .list, .pointer:
            let node = unsafe nodes[Int(index)]
            return unsafe accesses[Int(node.access)].isOmitted(self, node.element, source)
        // An opaque value would be left out where its memory is all zero, which a Swift type does not
        // show.
        case .structure, .array, .map, .opaque: return false
        }
    }

    private mutating func structure(
        _ node: GobLayouts.Node,
        from source: UnsafeRawPointer,
    ) throws(GobError.Fault) {
        var last = -1
        let first = Int(node.first)
        for number in 0..<Int(node.count) {
            let slot = unsafe slots[first + number]
            let source = unsafe source + Int(slot.offset)
            if unsafe isOmitted(slot.node, slot.operation, at: source) { continue }
            stream.messages.top.count(number - last)
            last = number
            do throws(GobError.Fault) {
                try unsafe write(slot.node, slot.operation, from: source)
            } catch {
                path.append(.field(first + number))
                throw error
            }
        }
        stream.messages.top.uint(0)
    }

    private mutating func interface(_ value: GobAny?) throws(GobError.Fault) {
        guard let value else { return stream.messages.top.uint(0) }
        let content = GobInterface(
            name: value.name,
            type: value.datum.type,
            value: value.datum.value,
        )
        var stream = StreamWriter(types: stream.types, limits: stream.limits)
        swap(&stream, &self.stream)
        var encoder = ValueEncoder(schema: value.datum.schema, stream: stream)
        defer { swap(&encoder.stream, &self.stream) }
        try encoder.encodeInside(.interface(content), as: TypeIndex(.interface))
    }

    private mutating func enter() throws(GobError.Fault) {
        depth += 1
        guard depth <= depthLimit else { throw .limitExceeded(.depth, depthLimit) }
        try stream.messages.checkSize()
    }
}

extension TypedWriter {
    /// Where in the value an error is, as `C.M["x"]`.
    var pathText: String {
        var text = ValuePath()
        for step in path.reversed() {
            switch step {
            case .index(let index): text.index(index)
            case .key(let key): text.key(key)
            case .field(let field): text.field(layout.layouts.fields[field].name)
            }
        }
        return text.text
    }
}

extension ByteWriter {
    /// The value of a scalar Swift type that is in memory.
    fileprivate mutating func scalar(_ operation: TypedOperation, from source: UnsafeRawPointer) {
        switch operation {
        case .bool: bool(unsafe source.load(as: Bool.self))
        case .int: int(unsafe source.load(as: Int64.self))
        case .int8: int(Int64(unsafe source.load(as: Int8.self)))
        case .int16: int(Int64(unsafe source.load(as: Int16.self)))
        case .int32: int(Int64(unsafe source.load(as: Int32.self)))
        case .uint: uint(unsafe source.load(as: UInt64.self))
        case .uint8: uint(UInt64(unsafe source.load(as: UInt8.self)))
        case .uint16: uint(UInt64(unsafe source.load(as: UInt16.self)))
        case .uint32: uint(UInt64(unsafe source.load(as: UInt32.self)))
        case .float: float(Double(unsafe source.load(as: Float.self)))
        case .double: float(unsafe source.load(as: Double.self))
        case .complex64:
            float(Double(unsafe source.load(as: Float.self)))
            float(Double(unsafe source.load(fromByteOffset: 4, as: Float.self)))
        case .complex128:
            float(unsafe source.load(as: Double.self))
            float(unsafe source.load(fromByteOffset: 8, as: Double.self))
        case .string: unsafe string(at: source)
        case .bytes, .byteString:
            byteArray(unsafe source.assumingMemoryBound(to: [UInt8].self).pointee)
        case .structure, .list, .array, .map, .pointer, .interface, .opaque:
            preconditionFailure("\(operation) is no scalar")
        }
    }
}
