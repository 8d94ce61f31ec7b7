/// Decodes one value, with a stack of its own: nesting costs memory within a limit, never the
/// thread's stack.
///
/// A definition that stands before an interface's value ends the message it is in, and the value
/// goes on in the next one (encode.go, `encodeInterface`). So decoding can stop there and go on.
struct ValueDecoder: Sendable {
    private let limits: GobLimits
    private var stack: [Frame] = []
    private var memory = 0

    /// A value that is being decoded and has values inside.
    private struct Frame: Sendable {
        let type: TypeIndex
        let node: GobSchema.Node
        /// The values so far; of a struct one for each field, of a map alternately key and value.
        var values: [GobValue] = []
        /// Of a struct.
        var cursor = FieldCursor()
        /// How many values of an array, slice or map are still to come.
        var remaining = 0
        /// Of an interface: the name, and, once it is known, the type of its value.
        var name = ""
        var concrete: TypeIndex?

        mutating func accept(_ value: GobValue) {
            if node.kind == .structure {
                values[cursor.field] = value
            } else {
                values.append(value)
            }
        }
    }

    /// What a frame came to: it is finished, or needs a value inside, or the next message.
    private enum Step {
        case finished(GobValue)
        case enter(TypeIndex)
        case needsMessage
    }

    init(limits: GobLimits) {
        self.limits = limits
    }

    /// Begins a value of a type that is complete.
    ///
    /// - Returns: The value, or `nil` when the next message is needed: see ``resume(_:_:)``.
    mutating func start(
        _ type: TypeIndex,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
    ) throws(GobError.Fault) -> GobValue? {
        if let value = try begin(type, &reader, types.schema) { return value }
        return try resume(&reader, &types)
    }

    /// Goes on with a value, in the message where it begins or in the one after it was cut.
    mutating func resume(
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
    ) throws(GobError.Fault) -> GobValue? {
        while var frame = stack.popLast() {
            let step: Step
            do {
                step = try advance(&frame, &reader, &types)
            } catch {
                stack.append(frame)
                throw error
            }
            switch step {
            case .finished(let value):
                guard !stack.isEmpty else { return value }
                stack[stack.count - 1].accept(value)
            case .enter(let type):
                stack.append(frame)
                if let value = try begin(type, &reader, types.schema) {
                    stack[stack.count - 1].accept(value)
                }
            case .needsMessage:
                stack.append(frame)
                return nil
            }
        }
        preconditionFailure("a value that was not begun")
    }

    /// Reads what is at hand of a value: all of it, or what opens a frame on the stack.
    private mutating func begin(
        _ type: TypeIndex,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
    ) throws(GobError.Fault) -> GobValue? {
        let node = schema.node(type)
        guard let kind = node.kind else { preconditionFailure("a type that is not complete") }
        if kind.isScalar { return try scalar(kind, &reader) }
        var frame = Frame(type: type, node: node)
        switch kind {
        case .structure:
            try charge(node.count)
            frame.values = [GobValue](repeating: .zero, count: node.count)
        case .array:
            let count = try reader.uint()
            guard count == UInt64(node.count) else {
                throw .arrayLength(found: count, expected: node.count)
            }
            try expect(node.count, in: &frame, reader)
        case .slice:
            try expect(try reader.count(), in: &frame, reader)
        case .map:
            let (count, overflow) = try reader.count().multipliedReportingOverflow(by: 2)
            guard !overflow else { throw .pastEndOfMessage }
            try expect(count, in: &frame, reader)
        case .interface:
            frame.name = try reader.name(.interfaceNameLength, limits.interfaceNameLength)
            if frame.name.isEmpty { return .zero }
            try charge(4)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque:
            preconditionFailure("a scalar has no frame")
        }
        guard stack.count < limits.depth else { throw .limitExceeded(.depth, limits.depth) }
        stack.append(frame)
        return nil
    }

    /// Makes room for values to come, for no more than there are bytes: each takes at least one.
    private mutating func expect(
        _ count: Int,
        in frame: inout Frame,
        _ reader: ByteReader,
    ) throws(GobError.Fault) {
        frame.remaining = count
        let likely = min(count, reader.remaining)
        try charge(likely)
        frame.values.reserveCapacity(likely)
    }

    private mutating func advance(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
    ) throws(GobError.Fault) -> Step {
        switch frame.node.kind {
        case .structure: try advanceStructure(&frame, &reader, types.schema)
        case .interface: try advanceInterface(&frame, &reader, &types)
        default: try advanceSequence(&frame, &reader, types.schema)
        }
    }

    private mutating func advanceStructure(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
    ) throws(GobError.Fault) -> Step {
        let first = Int(frame.node.key)
        while let field = try frame.cursor.next(in: &reader, count: frame.node.count) {
            let type = schema.allFields[first + field].type
            guard let kind = schema.kind(of: type), kind.isScalar else { return .enter(type) }
            frame.values[field] = try scalar(kind, &reader)
        }
        return .finished(.structure(frame.values))
    }

    /// Arrays, slices and maps, the latter with a key for every other value.
    private mutating func advanceSequence(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
    ) throws(GobError.Fault) -> Step {
        let isMap = frame.node.kind == .map
        while frame.remaining > 0 {
            let isKey = isMap && frame.remaining % 2 == 0
            let type = TypeIndex(position: Int(isKey ? frame.node.key : frame.node.element))
            guard let kind = schema.kind(of: type), kind.isScalar else {
                frame.remaining -= 1
                return .enter(type)
            }
            frame.values.append(try scalar(kind, &reader))
            frame.remaining -= 1
        }
        return .finished(isMap ? .map(frame.values) : .list(frame.values))
    }

    /// An interface: definitions where they are needed, the type's id, a length, the value.
    private mutating func advanceInterface(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
    ) throws(GobError.Fault) -> Step {
        if let type = frame.concrete, let value = frame.values.first {
            return .finished(
                .interface(GobInterface(name: frame.name, type: type, value: value))
            )
        }
        while !reader.isAtEnd {
            let id = try reader.int()
            guard id < 0 else {
                // The length is for a receiver that skips the value; Go does not check it either.
                _ = try reader.uint()
                let type = try types.completeType(TypeID(id))
                try reader.singletonMark(before: types.schema.kind(of: type))
                frame.concrete = type
                return .enter(type)
            }
            let definition = try reader.wireType(limits)
            try types.define(TypeID(0 &- id), as: definition, limits: limits)
            // What follows in the same message is one with a length of its own.
            if !reader.isAtEnd { _ = try reader.uint() }
        }
        return .needsMessage
    }

    private mutating func scalar(
        _ kind: Kind,
        _ reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobValue {
        switch kind {
        case .bool: .bool(try reader.bool())
        case .int: .int(try reader.int())
        case .uint: .uint(try reader.uint())
        case .float: .float(try reader.float())
        case .complex: .complex(real: try reader.float(), imaginary: try reader.float())
        case .string: GobValue(string: try chargedBytes(&reader))
        case .bytes: .bytes(try chargedBytes(&reader))
        case .opaque: .opaque(try chargedBytes(&reader))
        case .interface, .array, .slice, .structure, .map:
            preconditionFailure("\(kind) is no scalar")
        }
    }

    private mutating func chargedBytes(
        _ reader: inout ByteReader,
    ) throws(GobError.Fault) -> [UInt8] {
        let bytes = try reader.byteArray()
        try charge(bytes.count / MemoryLayout<GobValue>.stride)
        return bytes
    }

    /// Counts memory for so many values and the block that holds them.
    private mutating func charge(_ count: Int) throws(GobError.Fault) {
        memory += (count + 1) * MemoryLayout<GobValue>.stride
        guard memory <= limits.memory else { throw .limitExceeded(.memory, limits.memory) }
    }

    /// Where in the value decoding stands, as `C.M["x"]`: for errors.
    func path(in schema: GobSchema) -> String {
        var path = ValuePath()
        for frame in stack {
            switch frame.node.kind {
            case .structure where frame.cursor.field >= 0:
                path.field(schema.allFields[Int(frame.node.key) + frame.cursor.field].name)
            case .array, .slice: path.index(frame.values.count)
            case .map where frame.values.count % 2 == 1: path.key(frame.values.last ?? .zero)
            default: break
            }
        }
        return path.text
    }
}

extension ByteReader {
    /// The zero that stands before a value that is no struct (doc.go, "Encoding Details").
    mutating func singletonMark(before kind: Kind?) throws(GobError.Fault) {
        guard kind != .structure else { return }
        let delta = try uint()
        guard delta == 0 else { throw .singletonDelta(delta) }
    }
}
