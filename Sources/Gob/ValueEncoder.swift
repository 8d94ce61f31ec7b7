/// Encodes one value, with a stack of its own: the mirror of ``ValueDecoder``.
struct ValueEncoder: Sendable {
    private let limits: GobLimits
    private let cache: GobTypeCache?
    private let schema: GobSchema
    private var types: SentTypes
    private var messages = MessageStack()
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

    /// A value inside another one that needs a frame of its own.
    private struct Inside {
        let value: GobValue
        let type: TypeIndex
    }

    init(schema: GobSchema, types: SentTypes, limits: GobLimits, cache: GobTypeCache?) {
        self.schema = schema
        self.types = types
        self.limits = limits
        self.cache = cache
    }

    /// Writes the definitions that are needed, then the value, as messages of a stream.
    mutating func encode(
        _ value: GobValue,
        as type: TypeIndex,
    ) throws(GobError.Fault) -> (stream: [UInt8], types: SentTypes) {
        let kind = schema.kind(of: type)
        if kind == .interface, value == .zero { throw .nothingToSend }
        stack.reserveCapacity(8)
        try begin(type)
        try writeID(of: type)
        if kind != .structure { messages.top.uint(0) }
        try write(value, as: type)
        while var frame = stack.popLast() {
            guard let inside = try advance(&frame) else { continue }
            stack.append(frame)
            try write(inside.value, as: inside.type)
        }
        try messages.flush(limit: limits.messageSize)
        return (messages.stream.bytes, types)
    }

    /// Where in the value encoding stands, as `C.M["x"]`: for errors.
    var path: String {
        var path = ValuePath()
        for frame in stack {
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

    /// Sends what a value's type needs to be known, from the cache where a stream began so before.
    private mutating func begin(_ type: TypeIndex) throws(GobError.Fault) {
        guard types.isEmpty, let cache else {
            types.use(schema)
            return try define(type)
        }
        if let sent = cache.definitions(of: type, in: schema) {
            types = sent.types
            return messages.stream.raw(sent.bytes)
        }
        types.use(schema)
        try define(type)
        let bytes = messages.stream.bytes
        cache.remember(SentDefinitions(schema: schema, type: type, bytes: bytes, types: types))
    }

    /// Sends the definitions that a type needs; the first takes with it what the message has so far.
    private mutating func define(_ type: TypeIndex) throws(GobError.Fault) {
        for part in try types.prepare(type) {
            guard let id = types.id(of: part), let definition = types.definition(of: part) else {
                throw .undefinedType(id: 0)
            }
            messages.top.int(-id.number)
            messages.top.wireType(definition, id: id)
            try messages.flush(limit: limits.messageSize)
        }
    }

    private mutating func writeID(of type: TypeIndex) throws(GobError.Fault) {
        guard let id = types.id(of: type) else { throw .undefinedType(id: 0) }
        messages.top.int(id.number)
    }

    /// Writes what can be written of a value at once: all of it, or what opens a frame on the stack.
    private mutating func write(_ value: GobValue, as type: TypeIndex) throws(GobError.Fault) {
        let node = schema.node(type)
        guard let kind = node.kind else { throw .undefinedType(id: 0) }
        if kind.isScalar { return try scalar(value, kind) }
        if kind == .interface, value == .zero { return messages.top.uint(0) }
        guard stack.count < limits.depth else { throw .limitExceeded(.depth, limits.depth) }
        guard messages.top.bytes.count <= limits.messageSize else {
            throw .limitExceeded(.messageSize, limits.messageSize)
        }
        stack.append(try frame(value, kind, node))
    }

    private mutating func frame(
        _ value: GobValue,
        _ kind: Kind,
        _ node: GobSchema.Node,
    ) throws(GobError.Fault) -> Frame {
        switch (kind, value) {
        case (.structure, .structure(let fields)) where fields.count == node.count:
            return Frame(node: node, values: fields, count: node.count)
        case (.structure, .zero):
            return Frame(node: node, values: [], count: 0)
        case (.array, .list(let elements)) where elements.count == node.count:
            messages.top.count(node.count)
            return Frame(node: node, values: elements, count: node.count)
        case (.array, .list(let elements)):
            throw .arrayLength(found: UInt64(elements.count), expected: node.count)
        case (.array, .zero):
            guard node.count <= limits.messageSize else {
                throw .limitExceeded(.messageSize, limits.messageSize)
            }
            messages.top.count(node.count)
            return Frame(node: node, values: [], count: node.count)
        case (.slice, .list(let elements)):
            messages.top.count(elements.count)
            return Frame(node: node, values: elements, count: elements.count)
        case (.map, .map(let pairs)) where pairs.count % 2 == 0:
            messages.top.count(pairs.count / 2)
            return Frame(node: node, values: pairs, count: pairs.count)
        case (.slice, .zero), (.map, .zero):
            messages.top.count(0)
            return Frame(node: node, values: [], count: 0)
        case (.structure, .structure(let fields)):
            throw .fieldCount(found: fields.count, expected: node.count)
        case (.map, .map): throw .unpairedMap
        case (.interface, .interface(let content)):
            guard 1...limits.interfaceNameLength ~= content.name.utf8.count else {
                throw .interfaceName(content.name)
            }
            messages.top.string(content.name)
            return Frame(node: node, values: [value], count: 1)
        default:
            throw .wrongKind(found: value.caseName, expected: kind)
        }
    }

    /// Writes what is next in a frame, up to a value that needs one of its own; `nil` at its end.
    private mutating func advance(_ frame: inout Frame) throws(GobError.Fault) -> Inside? {
        switch frame.node.kind {
        case .structure: try advanceStructure(&frame)
        case .interface: try advanceInterface(&frame)
        case .array, .slice, .map: try advanceSequence(&frame)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque, nil:
            preconditionFailure("a scalar has no frame")
        }
    }

    private mutating func advanceStructure(_ frame: inout Frame) throws(GobError.Fault) -> Inside? {
        while frame.position < frame.count {
            let field = frame.position
            let type = schema.allFields[Int(frame.node.key) + field].type
            let kind = schema.kind(of: type)
            frame.position += 1
            if frame.values[field].isOmitted(as: kind) { continue }
            messages.top.count(field - frame.lastField)
            frame.lastField = field
            guard let kind, kind.isScalar else {
                return Inside(value: frame.values[field], type: type)
            }
            try scalar(frame, at: field, kind)
        }
        messages.top.uint(0)
        return nil
    }

    /// Arrays, slices and maps, the latter with a key for every other value.
    private mutating func advanceSequence(_ frame: inout Frame) throws(GobError.Fault) -> Inside? {
        let isMap = frame.node.kind == .map
        while frame.position < frame.count {
            let position = frame.position
            let isKey = isMap && position % 2 == 0
            let type = TypeIndex(position: Int(isKey ? frame.node.key : frame.node.element))
            frame.position += 1
            guard let kind = schema.kind(of: type), kind.isScalar else {
                let value = position < frame.values.count ? frame.values[position] : .zero
                return Inside(value: value, type: type)
            }
            try scalar(frame, at: position, kind)
        }
        return nil
    }

    private mutating func advanceInterface(_ frame: inout Frame) throws(GobError.Fault) -> Inside? {
        guard frame.position == 0, case .interface(let content) = frame.values[0] else {
            try messages.pop(limit: limits.messageSize)
            return nil
        }
        frame.position = 1
        try define(content.type)
        try writeID(of: content.type)
        messages.push()
        if schema.kind(of: content.type) != .structure { messages.top.uint(0) }
        return Inside(value: content.value, type: content.type)
    }

    /// A scalar inside a frame; on failure the frame is back on the stack, for the path.
    private mutating func scalar(
        _ frame: Frame,
        at position: Int,
        _ kind: Kind,
    ) throws(GobError.Fault) {
        do {
            try scalar(position < frame.values.count ? frame.values[position] : .zero, kind)
        } catch {
            stack.append(frame)
            throw error
        }
    }

    private mutating func scalar(_ value: GobValue, _ kind: Kind) throws(GobError.Fault) {
        switch (kind, value) {
        case (.bool, .bool(let truth)): messages.top.bool(truth)
        case (.int, .int(let number)): messages.top.int(number)
        case (.uint, .uint(let number)): messages.top.uint(number)
        case (.float, .float(let number)): messages.top.float(number)
        case (.complex, .complex(let real, let imaginary)):
            messages.top.float(real)
            messages.top.float(imaginary)
        case (.string, .string(let text)): messages.top.string(text)
        case (.string, .invalidString(let bytes)), (.bytes, .bytes(let bytes)),
            (.opaque, .opaque(let bytes)):
            messages.top.byteArray(bytes)
        case (.complex, .zero):
            messages.top.float(0)
            messages.top.float(0)
        case (_, .zero): messages.top.uint(0)
        default: throw .wrongKind(found: value.caseName, expected: kind)
        }
    }
}

extension GobValue {
    /// Whether a struct's field with this value is left out, as Go leaves it out.
    ///
    /// A map that is empty but not nil is sent, and so are arrays and structs that are all zero
    /// (encode.go; golang/go#13378).
    func isOmitted(as kind: Kind?) -> Bool {
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
