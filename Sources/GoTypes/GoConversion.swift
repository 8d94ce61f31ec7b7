import Gob

/// Turns one received value into one of the receiver's, with a stack of its own.
struct GoConversion {
    private(set) var layout: GoLayout
    private(set) var zeros: [Int: GobValue]
    private var compatibility: GoCompatibility
    /// The values that are being converted and have values inside, the innermost last.
    private var stack: [Frame] = []

    private struct Frame {
        /// The receiver's type, without pointers, and the received one.
        let local: Int
        let remote: TypeIndex
        let kind: FrameKind
        let source: [GobValue]
        var result: [GobValue]
        /// How many values of the source were begun.
        var position = 0
    }

    private enum FrameKind {
        case structure([GoCompatibility.Destination?])
        case list(local: Int, remote: TypeIndex)
        case map(key: GoCompatibility.Pair, value: GoCompatibility.Pair)
        case interface(name: String, local: Int, remote: TypeIndex)
    }

    init(layout: GoLayout, zeros: [Int: GobValue], schema: GobSchema) {
        self.layout = layout
        self.zeros = zeros
        compatibility = GoCompatibility(schema: schema)
    }

    private var schema: GobSchema { compatibility.schema }

    mutating func convert(
        _ value: GobValue,
        of remote: TypeIndex,
        to local: Int,
    ) throws(GoReceiveError.Fault) -> GobValue {
        try compatibility.check(local, remote, in: layout)
        if let scalar = try begin(value, remote, local) { return scalar }
        while true {
            if let next = try advance() {
                if let scalar = try begin(next.value, next.remote, next.local) { accept(scalar) }
                continue
            }
            guard let frame = stack.popLast() else { return .zero }
            let result = finish(frame)
            if stack.isEmpty { return result }
            accept(result)
        }
    }

    /// Where in the received value conversion stands: for errors.
    var path: String {
        var path = ValuePath()
        for frame in stack where frame.position > 0 {
            let position = frame.position - 1
            switch frame.kind {
            case .structure:
                path.field(Array(schema.fields(of: frame.remote))[position].name)
            case .list: path.index(position)
            case .map where position % 2 == 1: path.key(frame.source[position - 1])
            case .map, .interface: break
            }
        }
        return path.text
    }

    private struct Next {
        let value: GobValue
        let remote: TypeIndex
        let local: Int
    }

    /// What is inside the innermost value and comes next; `nil` at its end.
    private mutating func advance() throws(GoReceiveError.Fault) -> Next? {
        guard let last = stack.indices.last else { return nil }
        while stack[last].position < stack[last].source.count {
            let position = stack[last].position
            let value = stack[last].source[position]
            stack[last].position += 1
            switch stack[last].kind {
            case .structure(let plan):
                // What was not sent stays as it is.
                guard position < plan.count, let destination = plan[position], value != .zero else {
                    continue
                }
                let fields = schema.fields(of: stack[last].remote)
                let remote = fields[fields.startIndex + position].type
                return Next(value: value, remote: remote, local: destination.type)
            case .list(let local, let remote):
                return Next(value: value, remote: remote, local: local)
            case .map(let key, let pair):
                let part = position % 2 == 0 ? key : pair
                return Next(value: value, remote: part.remote, local: part.local)
            case .interface(_, let local, let remote):
                return Next(value: value, remote: remote, local: local)
            }
        }
        return nil
    }

    /// Puts a value where it belongs, in the innermost value that is not finished.
    private mutating func accept(_ value: GobValue) {
        let last = stack.count - 1
        guard case .structure(let plan) = stack[last].kind else {
            stack[last].result.append(value)
            return
        }
        guard let destination = plan[stack[last].position - 1] else { return }
        var result: [GobValue] = []
        swap(&result, &stack[last].result)
        store(value, at: destination.steps[...], in: &result)
        swap(&result, &stack[last].result)
    }

    /// Stores a value in a field, perhaps one of a struct that is embedded.
    private mutating func store(
        _ value: GobValue,
        at steps: ArraySlice<GoCompatibility.Destination.Step>,
        in fields: inout [GobValue],
    ) {
        guard let step = steps.first, fields.indices.contains(step.number) else { return }
        guard steps.count > 1 else {
            fields[step.number] = value
            return
        }
        if fields[step.number] == .zero {
            fields[step.number] = layout.zero(of: layout.nodes[step.type].base, &zeros)
        }
        guard case .structure(var inner) = fields[step.number] else { return }
        fields[step.number] = .zero
        store(value, at: steps.dropFirst(), in: &inner)
        fields[step.number] = .structure(inner)
    }

    private func finish(_ frame: Frame) -> GobValue {
        switch frame.kind {
        case .structure: .structure(frame.result)
        case .list: .list(frame.result)
        case .map: .map(frame.result.withLastOfEachKey)
        case .interface(let name, let local, _):
            .interface(
                GobInterface(
                    name: name,
                    type: layout.wireType(of: local),
                    value: frame.result.first ?? .zero
                )
            )
        }
    }

    /// Converts what has no values inside; for anything else a frame is opened.
    private mutating func begin(
        _ value: GobValue,
        _ remote: TypeIndex,
        _ local: Int,
    ) throws(GoReceiveError.Fault) -> GobValue? {
        let base = layout.nodes[local].base
        if let opaque = layout.nodes[base].opaque { return try self.opaque(value, opaque) }
        var kind: FrameKind
        var source: [GobValue] = []
        var result: [GobValue] = []
        switch (layout.nodes[base].shape, value) {
        case (.basic(let basic), _): return try scalar(value, basic, local)
        case (.slice, .bytes), (.slice, .zero), (.interface, .zero): return value
        case (.map, .zero): return .map([])
        case (.structure, .structure(let fields)):
            let pair = GoCompatibility.Pair(local: base, remote: remote)
            kind = .structure(compatibility.plans[pair] ?? [])
            source = fields
            guard case .structure(let zeros) = layout.zero(of: base, &zeros) else { return .zero }
            result = zeros
        case (.slice(let element), .list(let elements)),
            (.array(let element, _), .list(let elements)):
            guard let remoteElement = schema.element(of: remote) else { return .zero }
            kind = .list(local: element, remote: remoteElement)
            source = elements
        case (.map(let key, let part), .map(let pairs)):
            guard case .map(let remoteKey, let remoteValue) = schema[remote] else { return .zero }
            kind = .map(
                key: GoCompatibility.Pair(local: key, remote: remoteKey),
                value: GoCompatibility.Pair(local: part, remote: remoteValue)
            )
            source = pairs
        case (.interface(let methods), .interface(let content)):
            let node = try concrete(content, methods, base)
            kind = .interface(name: content.name, local: node, remote: content.type)
            source = [content.value]
        case (.structure, .zero), (.array, .zero): return layout.zero(of: base, &zeros)
        case (.structure, _), (.slice, _), (.array, _), (.map, _), (.interface, _), (.pointer, _),
            (.unsent, _):
            throw .mismatch(
                received: schema.displayName(of: remote),
                local: layout.spelling(of: local)
            )
        }
        stack.append(
            Frame(local: base, remote: remote, kind: kind, source: source, result: result)
        )
        return nil
    }

    /// The receiver's type for what is in an interface.
    private mutating func concrete(
        _ content: GobInterface,
        _ methods: String,
        _ interface: Int,
    ) throws(GoReceiveError.Fault) -> Int {
        let known: Int?
        do throws(GoTypeError) {
            known = try layout.addRegistered(content.name)
        } catch {
            throw .type(error)
        }
        guard let node = known else { throw .notRegistered(content.name) }
        // Which methods a declared type has is not known; any other type has none.
        guard methods.isEmpty || !layout.base(node).package.isEmpty else {
            throw .notAssignable(content.name, interface: layout.spelling(of: interface))
        }
        try compatibility.check(node, content.type, in: layout)
        return node
    }

    private func opaque(
        _ value: GobValue,
        _ opaque: GoLayout.Opaque,
    ) throws(GoReceiveError.Fault) -> GobValue {
        guard case .opaque(let bytes) = value else { return value }
        if let writer = OpaqueWriter(rawValue: opaque.writer), !writer.accepts(bytes) {
            throw .badBytes(type: opaque.writer)
        }
        return value
    }

    /// A number in the width that the receiver has for it, and other basic values.
    private func scalar(
        _ value: GobValue,
        _ basic: GoType.Basic,
        _ local: Int,
    ) throws(GoReceiveError.Fault) -> GobValue {
        switch value {
        case .int(let number):
            guard basic.holds(number) else { throw outOfRange("\(number)", local) }
            return value
        case .uint(let number):
            guard basic.holds(number) else { throw outOfRange("\(number)", local) }
            return value
        case .float(let number):
            guard basic.holds(number) else { throw outOfRange("\(number)", local) }
            return .float(basic.rounded(number))
        case .complex(let real, let imaginary):
            for part in [real, imaginary] where !basic.holds(part) {
                throw outOfRange("\(part)", local)
            }
            return .complex(real: basic.rounded(real), imaginary: basic.rounded(imaginary))
        case .zero, .bool, .string, .invalidString, .bytes, .opaque, .list, .structure, .map,
            .interface:
            return value
        }
    }

    private func outOfRange(_ number: String, _ local: Int) -> GoReceiveError.Fault {
        .outOfRange(number, type: layout.spelling(of: local))
    }
}

extension [GobValue] {
    /// The keys and values of a map, where a key that comes again replaces the value before.
    fileprivate var withLastOfEachKey: [GobValue] {
        var places: [GobValue: Int] = [:]
        var pairs: [GobValue] = []
        pairs.reserveCapacity(count)
        for index in stride(from: 0, to: count - 1, by: 2) {
            if let place = places[self[index]] {
                pairs[place + 1] = self[index + 1]
            } else {
                places[self[index]] = pairs.count
                pairs += self[index...index + 1]
            }
        }
        return pairs
    }
}

extension GobSchema {
    /// The type of the elements of an array or a slice.
    fileprivate func element(of type: TypeIndex) -> TypeIndex? {
        switch self[type] {
        case .array(let element, _), .slice(let element): element
        case .basic, .structure, .map, .opaque, nil: nil
        }
    }
}

extension OpaqueWriter {
    /// Whether the type's own method takes the bytes, as far as it is known.
    fileprivate func accepts(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .time: bytes.first == 1 && bytes.count == 15 || bytes.first == 2 && bytes.count == 16
        case .bigInt: bytes.isEmpty || bytes[0] >> 1 == 1
        case .address: bytes.isEmpty || bytes.count == 4 || bytes.count >= 16
        case .uuid: bytes.count == 16
        case .bigFloat, .bigRat, .decimal, .url, .addressPort, .prefix: true
        }
    }
}
