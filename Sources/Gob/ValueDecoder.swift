/// Decodes one value, with a stack of its own: nesting costs memory within a limit, never the
/// thread's stack.
///
/// A definition that stands before an interface's value ends the message it is in, and the value
/// goes on in the next one (encode.go, `encodeInterface`). So decoding can stop there and go on.
///
/// It tells an observer of every part that it comes to (``WalkObserver``).
struct ValueDecoder: Sendable {
    private let limits: GobLimits
    /// The values that are being decoded and have values inside, the innermost last.
    private var stack: [Frame] = []
    /// For each interface among them, what is known of its value.
    private var interfaces: [OpenInterface] = []
    private var memory: MemoryBudget
    /// How many frames are open, one of which may not be on the stack.
    private var depth = 0

    /// A value that is being decoded and has values inside.
    private struct Frame: Sendable {
        let node: GobSchema.Node
        /// The values so far; of a struct one for each field, of a map alternately key and value.
        var values: [GobValue] = []
        /// How many values of an array, slice or map are still to come.
        var remaining = 0
        /// How many values memory was counted for.
        var room = 0
        /// Of a struct.
        var cursor = FieldCursor()
    }

    private struct OpenInterface: Sendable {
        let name: String
        /// The type of the value, once its id has come.
        var type: TypeIndex?
    }

    /// What a value begins with: all of it, or a frame for what is inside.
    private enum Opening {
        case value(GobValue)
        case frame(Frame)
    }

    /// What a frame came to: it is finished, or needs a value inside, or the next message.
    private enum Step {
        case finished(GobValue)
        case enter(TypeIndex)
        case needsMessage
    }

    init(limits: GobLimits) {
        self.limits = limits
        memory = MemoryBudget(limit: limits.memory)
    }

    /// Begins a value of a type that is complete.
    ///
    /// - Returns: The value, or `nil` when the next message is needed: see ``resume(_:_:)``.
    mutating func start(
        _ type: TypeIndex,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
        _ observer: some WalkObserver = Unobserved(),
    ) throws(GobError.Fault) -> GobValue? {
        stack.reserveCapacity(8)
        observer.next(.value(type, .top), at: reader.streamOffset, depth: depth)
        switch try open(type, &reader, types.schema) {
        case .value(let value): return value
        case .frame(let frame): stack.append(frame)
        }
        return try resume(&reader, &types, observer)
    }

    /// Goes on with a value, in the message where it begins or in the one after it was cut.
    mutating func resume(
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
        _ observer: some WalkObserver = Unobserved(),
    ) throws(GobError.Fault) -> GobValue? {
        while var frame = stack.popLast() {
            do {
                switch try advance(&frame, &reader, &types, observer) {
                case .finished(let value):
                    depth -= 1
                    guard var outer = stack.popLast() else { return value }
                    try accept(value, in: &outer)
                    stack.append(outer)
                case .enter(let type):
                    switch try open(type, &reader, types.schema) {
                    case .value(let value):
                        try accept(value, in: &frame)
                        stack.append(frame)
                    case .frame(let inner):
                        stack.append(frame)
                        stack.append(inner)
                    }
                case .needsMessage:
                    stack.append(frame)
                    return nil
                }
            } catch {
                stack.append(frame)
                throw error
            }
        }
        preconditionFailure("a value that was not begun")
    }

    /// Reads what is at hand of a value.
    private mutating func open(
        _ type: TypeIndex,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
    ) throws(GobError.Fault) -> Opening {
        let node = schema.node(type)
        guard let kind = node.kind else { preconditionFailure("a type that is not complete") }
        if kind.isScalar { return .value(try reader.scalar(kind, &memory)) }
        var frame = Frame(node: node)
        switch kind {
        case .structure:
            try memory.charge(node.count)
            frame.values = [GobValue](repeating: .zero, count: node.count)
        case .array:
            let count = try reader.uint()
            guard count == UInt64(node.count) else {
                throw .arrayLength(found: count, expected: node.count)
            }
            try expect(node.count, in: &frame, reader)
        case .slice:
            try expect(try reader.elementCount(limits), in: &frame, reader)
        case .map:
            let (count, overflow) = try reader.elementCount(limits)
                .multipliedReportingOverflow(by: 2)
            guard !overflow else { throw .pastEndOfMessage }
            try expect(count, in: &frame, reader)
        case .interface:
            let name = try reader.name(.interfaceNameLength, limits.interfaceNameLength)
            if name.isEmpty { return .value(.zero) }
            try memory.charge(4)
            interfaces.append(OpenInterface(name: name))
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque:
            preconditionFailure("a scalar has no frame")
        }
        depth += 1
        guard depth <= limits.depth else { throw .limitExceeded(.depth, limits.depth) }
        return .frame(frame)
    }

    /// Makes room for values to come, for no more than there are bytes: each takes at least one.
    private mutating func expect(
        _ count: Int,
        in frame: inout Frame,
        _ reader: ByteReader,
    ) throws(GobError.Fault) {
        frame.remaining = count
        frame.room = min(count, reader.remaining)
        try memory.charge(frame.room)
        frame.values.reserveCapacity(frame.room)
    }

    /// Puts a value where it belongs, in the one around it.
    ///
    /// Where definitions cut a message there may be more values than bytes were left at first.
    private mutating func accept(
        _ value: GobValue,
        in frame: inout Frame,
    ) throws(GobError.Fault) {
        guard frame.node.kind != .structure else {
            frame.values[frame.cursor.field] = value
            return
        }
        if frame.values.count == frame.room {
            frame.room += max(64, frame.room / 2)
            try memory.charge(max(64, frame.room / 3))
        }
        frame.values.append(value)
    }

    private mutating func advance(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Step {
        switch frame.node.kind {
        case .structure: try advanceStructure(&frame, &reader, types.schema, observer)
        case .interface: try advanceInterface(&frame, &reader, &types, observer)
        case .map: try advanceMap(&frame, &reader, types.schema, observer)
        case .array, .slice: try advanceList(&frame, &reader, types.schema, observer)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque, nil:
            preconditionFailure("a scalar has no frame")
        }
    }

    private mutating func advanceStructure(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Step {
        let first = Int(frame.node.key)
        while let field = try nextField(of: &frame, &reader, observer) {
            let type = schema.fieldTypes[first + field]
            observer.next(.value(type, .field), at: reader.streamOffset, depth: depth)
            guard let kind = schema.kind(of: type), kind.isScalar else { return .enter(type) }
            frame.values[field] = try reader.scalar(kind, &memory)
        }
        return .finished(.structure(frame.values))
    }

    private func nextField(
        of frame: inout Frame,
        _ reader: inout ByteReader,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Int? {
        let last = frame.cursor.field
        observer.next(.field(after: last), at: reader.streamOffset, depth: depth)
        return try frame.cursor.next(in: &reader, count: frame.node.count)
    }

    private mutating func advanceList(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Step {
        let type = TypeIndex(position: Int(frame.node.element))
        guard let kind = schema.kind(of: type), kind.isScalar else {
            guard frame.remaining > 0 else { return .finished(.list(frame.values)) }
            let place = GobInspection.Place.element(frame.values.count)
            observer.next(.value(type, place), at: reader.streamOffset, depth: depth)
            try expectMore(reader)
            frame.remaining -= 1
            return .enter(type)
        }
        while frame.remaining > 0 {
            let place = GobInspection.Place.element(frame.values.count)
            observer.next(.value(type, place), at: reader.streamOffset, depth: depth)
            frame.values.append(try reader.scalar(kind, &memory))
            frame.remaining -= 1
        }
        return .finished(.list(frame.values))
    }

    /// Refuses an element for which no byte is left, so that no count is believed (decode.go,
    /// `decodeArrayHelper`): a struct without fields may take none.
    private func expectMore(_ reader: ByteReader) throws(GobError.Fault) {
        guard !reader.isAtEnd else { throw .pastEndOfMessage }
    }

    private mutating func advanceMap(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ schema: GobSchema,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Step {
        while frame.remaining > 0 {
            let isKey = frame.remaining % 2 == 0
            let type = TypeIndex(position: Int(isKey ? frame.node.key : frame.node.element))
            let place = isKey ? GobInspection.Place.key : .entry
            observer.next(.value(type, place), at: reader.streamOffset, depth: depth)
            try expectMore(reader)
            guard let kind = schema.kind(of: type), kind.isScalar else {
                frame.remaining -= 1
                return .enter(type)
            }
            frame.values.append(try reader.scalar(kind, &memory))
            frame.remaining -= 1
        }
        return .finished(.map(frame.values))
    }

    /// An interface: definitions where they are needed, the type's id, a length, the value.
    private mutating func advanceInterface(
        _ frame: inout Frame,
        _ reader: inout ByteReader,
        _ types: inout TypeTable,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Step {
        if let value = frame.values.first, let open = interfaces.popLast(), let type = open.type {
            return .finished(.interface(GobInterface(name: open.name, type: type, value: value)))
        }
        while !reader.isAtEnd {
            observer.next(.typeID, at: reader.streamOffset, depth: depth)
            let id = try reader.int()
            guard id < 0 else {
                let type = try types.completeType(TypeID(id)).type
                // The length is for a receiver that skips the value; Go does not check it either.
                observer.next(.interfaceLength, at: reader.streamOffset, depth: depth)
                _ = try reader.uint()
                observer.next(.zero, at: reader.streamOffset, depth: depth)
                try reader.singletonMark(before: types.schema.kind(of: type))
                interfaces[interfaces.count - 1].type = type
                observer.next(.value(type, .content), at: reader.streamOffset, depth: depth)
                return .enter(type)
            }
            try types.define(TypeID(0 &- id), from: &reader, limits: limits, observer)
            // What follows in the same message is one with a length of its own.
            if !reader.isAtEnd {
                observer.next(.restLength, at: reader.streamOffset, depth: depth)
                _ = try reader.uint()
            }
        }
        return .needsMessage
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
            case .structure, .map, .interface, .bool, .int, .uint, .float, .bytes, .string,
                .complex, .opaque, nil:
                break
            }
        }
        return path.text
    }
}
