/// Encodes one value, with a stack of its own: the mirror of ``ValueDecoder``.
struct ValueEncoder: ~Copyable {
    private let schema: GobSchema
    private let limits: GobLimits
    /// Where the value goes.
    var stream: StreamWriter
    /// The values that are being written and have values inside, the innermost last.
    private var stack: [Frame] = []

    /// A value that is being written and has values inside.
    private struct Frame: Sendable {
        let node: GobSchema.Node
        /// The values inside; where there are fewer than `count`, the rest are zero.
        let values: [GobValue]
        let count: Int
        /// The value to write next.
        var position = 0
        /// Of a struct: the last field that was written.
        var lastField = -1
    }

    /// The frame that an error is in, where it is not on the stack.
    private var failed: Frame?

    init(schema: GobSchema, stream: consuming StreamWriter) {
        self.schema = schema
        limits = stream.limits
        self.stream = stream
    }

    /// Writes the definitions that are needed, then the value, as messages of a stream.
    mutating func encode(
        _ value: GobValue,
        as type: TypeIndex,
        cache: GobTypeCache?,
    ) throws(GobError.Fault) {
        if schema.kind(of: type) == .interface, value == .zero { throw .nothingToSend }
        let size = value.leastSize
        let beginning = stream.types.isEmpty ? try cache?.beginning(with: type, in: schema) : nil
        if let beginning {
            try stream.beginValue(beginning, expecting: size)
        } else {
            try stream.beginValue(type, in: schema, expecting: size)
        }
        if !writeNested(value, as: type) { try encodeInside(value, as: type) }
        try stream.messages.end()
    }

    /// The writer of all that was written.
    consuming func finished() -> ByteWriter { stream.writer() }

    /// Writes a value the short way; where that is none, nothing is written.
    private mutating func writeNested(_ value: GobValue, as type: TypeIndex) -> Bool {
        let mark = stream.messages.top.mark
        let nested = NestedValueWriter(schema, limits, after: stream.messages.top.size)
        let isWritten = nested.write(value, as: type, to: &stream.messages.top)
        if !isWritten { stream.messages.top.truncate(to: mark) }
        return isWritten
    }

    /// Writes a value where one stands in another.
    mutating func encodeInside(_ value: GobValue, as type: TypeIndex) throws(GobError.Fault) {
        guard let outermost = try open(value, as: type, depth: 0) else { return }
        stack.reserveCapacity(8)
        stack.append(outermost)
        while var frame = stack.popLast() {
            do {
                guard let inner = try advance(&frame) else { continue }
                stack.append(frame)
                stack.append(inner)
            } catch {
                stack.append(frame)
                throw error
            }
        }
    }

    /// Where in the value encoding stands, as `C.M["x"]`: for errors.
    var path: String {
        var path = ValuePath()
        for frame in stack + [failed].compactMap({ $0 }) {
            let position = frame.position - 1
            guard position >= 0 else { continue }
            switch frame.node.kind {
            case .structure: path.field(schema.allFields[Int(frame.node.key) + position].name)
            case .array, .slice: path.index(position)
            case .map where position % 2 == 1: path.key(frame.values[position - 1])
            case .map, .interface, .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque,
                nil:
                break
            }
        }
        return path.text
    }

    /// Writes what can be written of a value at once.
    ///
    /// - Returns: A frame for what is inside; `nil` where all is written.
    private mutating func open(
        _ value: GobValue,
        as type: TypeIndex,
        depth: Int,
    ) throws(GobError.Fault) -> Frame? {
        let node = schema.node(type)
        guard let kind = node.kind else { throw .undefinedType(id: 0) }
        if kind.isScalar {
            try stream.messages.top.scalar(value, kind)
            return nil
        }
        if kind == .interface, case .zero = value {
            stream.messages.top.uint(0)
            return nil
        }
        guard depth < limits.depth else { throw .limitExceeded(.depth, limits.depth) }
        guard stream.messages.size <= limits.messageSize else {
            throw .limitExceeded(.messageSize, limits.messageSize)
        }
        var frame = try frame(value, kind, node)
        guard schema.isFlat(node), frame.values.count == frame.count else { return frame }
        do {
            try flat(&frame)
            return nil
        } catch {
            frame.position += 1
            failed = frame
            throw error
        }
    }

    /// All elements of an array, a slice or a map that has only scalars inside.
    private mutating func flat(_ frame: inout Frame) throws(GobError.Fault) {
        guard let element = schema.nodes[Int(frame.node.element)].kind else { return }
        guard frame.node.kind == .map, let key = schema.nodes[Int(frame.node.key)].kind else {
            return try stream.messages.top.scalars(frame.values, element, from: &frame.position)
        }
        while frame.position < frame.count {
            let kind = frame.position & 1 == 0 ? key : element
            try stream.messages.top.scalar(frame.values.span[frame.position], kind)
            frame.position += 1
        }
    }

    private mutating func frame(
        _ value: GobValue,
        _ kind: Kind,
        _ node: GobSchema.Node,
    ) throws(GobError.Fault) -> Frame {
        switch (kind, value) {
        case (.structure, .structure(let fields)) where fields.count <= node.count:
            return Frame(node: node, values: fields, count: fields.count)
        case (.structure, .zero):
            return Frame(node: node, values: [], count: 0)
        case (.array, .list(let elements)) where elements.count == node.count:
            stream.messages.top.count(node.count)
            return Frame(node: node, values: elements, count: node.count)
        case (.array, .list(let elements)):
            throw .arrayLength(found: UInt64(elements.count), expected: node.count)
        case (.array, .zero):
            guard node.count <= limits.messageSize else {
                throw .limitExceeded(.messageSize, limits.messageSize)
            }
            stream.messages.top.count(node.count)
            return Frame(node: node, values: [], count: node.count)
        case (.slice, .list(let elements)):
            stream.messages.top.count(elements.count)
            return Frame(node: node, values: elements, count: elements.count)
        case (.map, .map(let pairs)) where pairs.count % 2 == 0:
            stream.messages.top.count(pairs.count / 2)
            return Frame(node: node, values: pairs, count: pairs.count)
        case (.slice, .zero), (.map, .zero):
            stream.messages.top.count(0)
            return Frame(node: node, values: [], count: 0)
        case (.structure, .structure(let fields)):
            throw .fieldCount(found: fields.count, expected: node.count)
        case (.map, .map): throw .unpairedMap
        case (.interface, .interface(let content)):
            guard 1...limits.interfaceNameLength ~= content.name.utf8.count else {
                throw .interfaceName(content.name)
            }
            stream.messages.top.string(content.name)
            return Frame(node: node, values: [value], count: 1)
        default:
            throw .wrongKind(found: value.caseName, expected: kind)
        }
    }

    /// Writes what is next in a frame, up to a value that needs one of its own; `nil` at its end.
    private mutating func advance(_ frame: inout Frame) throws(GobError.Fault) -> Frame? {
        switch frame.node.kind {
        case .structure: try advanceStructure(&frame)
        case .interface: try advanceInterface(&frame)
        case .array, .slice, .map: try advanceSequence(&frame)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque, nil:
            preconditionFailure("a scalar has no frame")
        }
    }

    private mutating func advanceStructure(_ frame: inout Frame) throws(GobError.Fault) -> Frame? {
        let first = Int(frame.node.key)
        while frame.position < frame.count {
            let field = frame.position
            let type = schema.fieldTypes[first + field]
            let kind = schema.kind(of: type)
            frame.position += 1
            if frame.values.span[field].isOmitted(as: kind) { continue }
            stream.messages.top.count(field - frame.lastField)
            frame.lastField = field
            if let kind, kind.isScalar {
                try stream.messages.top.scalar(frame.values.span[field], kind)
            } else if let inner = try open(
                frame.values.span[field],
                as: type,
                depth: stack.count + 1
            ) {
                return inner
            }
        }
        stream.messages.top.uint(0)
        return nil
    }

    /// Arrays, slices and maps, the latter with a key for every other value.
    private mutating func advanceSequence(_ frame: inout Frame) throws(GobError.Fault) -> Frame? {
        let isMap = frame.node.kind == .map
        while frame.position < frame.count {
            let position = frame.position
            let isKey = isMap && position & 1 == 0
            let type = TypeIndex(position: Int(isKey ? frame.node.key : frame.node.element))
            frame.position += 1
            let value = position < frame.values.count ? frame.values.span[position] : .zero
            if let inner = try open(value, as: type, depth: stack.count + 1) { return inner }
        }
        return nil
    }

    private mutating func advanceInterface(_ frame: inout Frame) throws(GobError.Fault) -> Frame? {
        guard frame.position == 0, case .interface(let content) = frame.values[0] else {
            try stream.messages.end()
            return nil
        }
        frame.position = 1
        try stream.beginInterface(content.type, in: schema)
        let depth = stack.count + 1
        if let inner = try open(content.value, as: content.type, depth: depth) { return inner }
        try stream.messages.end()
        return nil
    }
}

extension GobValue {
    /// What its encoding has at least, in bytes, as far as that is easily known.
    fileprivate var leastSize: Int {
        switch self {
        case .bytes(let bytes), .opaque(let bytes), .invalidString(let bytes): bytes.count
        case .string(let text): text.utf8.count
        case .list(let values), .map(let values): values.count
        case .zero, .bool, .int, .uint, .float, .complex, .structure, .interface: 0
        }
    }

    /// Whether a struct's field with this value is left out, as Go leaves it out.
    ///
    /// A map that is empty but not nil is sent, and so are arrays and structs that are all zero
    /// (encode.go; golang/go#13378).
    package func isOmitted(as kind: Kind?) -> Bool {
        switch self {
        case .zero: true
        case .bool(let truth): !truth
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .float(let number): number == 0
        case .complex(let real, let imaginary): real == 0 && imaginary == 0
        case .string(let text): text.isEmpty
        case .invalidString(let bytes), .bytes(let bytes): bytes.isEmpty
        case .list(let elements): elements.isEmpty && kind == .slice
        case .opaque, .structure, .map, .interface: false
        }
    }
}
