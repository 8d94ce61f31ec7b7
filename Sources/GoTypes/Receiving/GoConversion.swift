import Gob

/// Turns one received value into one of the receiver's, with a stack of its own.
struct GoConversion {
    var layout: GoLayout
    private(set) var zeros: [Int: GobValue]
    var compatibility: GoCompatibility
    var passedOver: PassedOver
    /// The values that are being converted and have values inside, the innermost last.
    private var stack: [Frame] = []
    /// What became of parts of the value.
    var notes: GoForecastNotes

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
        case structure([GoCompatibility.Field?])
        case list(Int, rangeName: String)
        case map(key: Int, value: Int, rangeName: String)
        case interface(name: String, operation: Int)
    }

    init(
        _ layout: GoLayout,
        _ zeros: [Int: GobValue],
        _ schema: GobSchema,
        _ notes: GoForecastNotes,
    ) {
        self.layout = layout
        self.zeros = zeros
        self.notes = notes
        compatibility = GoCompatibility(schema: schema)
        passedOver = PassedOver(schema: schema)
    }

    var schema: GobSchema { compatibility.schema }

    mutating func convert(
        _ value: GobValue,
        of remote: TypeIndex,
        to local: Int,
    ) throws(GoRefusal) -> GobValue {
        // Go is given a pointer to the variable.
        let name = "*\(layout.spelling(of: local))"
        let operation = try compatibility.check(local, remote, name: name, in: layout)
        passedOver.define(remote)
        let first = Next(value: value, operation: operation, rangeName: name)
        if let scalar = try begin(first) { return scalar }
        while true {
            if let next = try advance() {
                if let scalar = try begin(next) { accept(scalar) }
                continue
            }
            guard let frame = stack.last else { return .zero }
            let result = try finish(frame)
            stack.removeLast()
            if stack.isEmpty { return result }
            accept(result)
        }
    }

    /// Takes a note of what happens to the value that is converted, or in a field of it.
    mutating func note(_ kind: GoForecast.Note.Kind, in field: String? = nil) {
        guard notes.wantsPlace(of: kind) else { return notes.add(kind, at: nil) }
        var path = valuePath
        if let field { path.field(field) }
        notes.add(kind, at: path.text)
    }

    /// Where in the received value conversion stands.
    var path: String { valuePath.text }

    private var valuePath: ValuePath {
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
        return path
    }

    private struct Next {
        let value: GobValue
        let operation: Int
        /// What Go says is out of range where the value is.
        let rangeName: String
    }

    /// What is inside the innermost value and comes next; `nil` at its end.
    private mutating func advance() throws(GoRefusal) -> Next? {
        guard let last = stack.indices.last else { return nil }
        while stack[last].position < stack[last].source.count {
            let position = stack[last].position
            let value = stack[last].source[position]
            stack[last].position += 1
            switch stack[last].kind {
            case .structure(let plan):
                // What was not sent stays as it is.
                guard position < plan.count, value != .zero else { continue }
                let fields = schema.fields(of: stack[last].remote)
                let received = fields[fields.startIndex + position]
                guard let field = plan[position] else {
                    note(.dropped(by: layout.spelling(of: stack[last].local)))
                    try passedOver.pass(value, received.type)
                    continue
                }
                try reach(field.destination, received.name, in: stack[last].result)
                return Next(
                    value: value,
                    operation: field.operation,
                    rangeName: received.name
                )
            case .list(let operation, let name):
                return Next(value: value, operation: operation, rangeName: name)
            case .map(let key, let part, let name):
                let operation = position % 2 == 0 ? key : part
                return Next(value: value, operation: operation, rangeName: name)
            case .interface(_, let operation):
                let name = layout.spelling(of: compatibility.operations[operation].local)
                return Next(value: value, operation: operation, rangeName: name)
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
        guard let field = plan[stack[last].position - 1] else { return }
        var result: [GobValue] = []
        swap(&result, &stack[last].result)
        store(value, at: field.destination.steps[...], in: &result)
        swap(&result, &stack[last].result)
    }

    private func finish(_ frame: Frame) throws(GoRefusal) -> GobValue {
        switch frame.kind {
        case .structure: return .structure(frame.result)
        case .list: return .list(frame.result)
        case .map: return .map(frame.result.withLastOfEachKey)
        case .interface(let name, let operation):
            let local = compatibility.operations[operation].local
            try checkMethods(of: local, name, frame.local)
            return .interface(
                GobInterface(
                    name: name,
                    type: layout.wireType(of: local),
                    value: frame.result.first ?? .zero
                )
            )
        }
    }

    /// Converts what has no values inside; for anything else a frame is opened.
    private mutating func begin(_ next: Next) throws(GoRefusal) -> GobValue? {
        let operation = compatibility.operations[next.operation]
        let (value, local, remote) = (next.value, operation.local, operation.remote)
        guard !operation.isMistaken else {
            throw .misread(.typeMetBefore(layout.spelling(of: local)))
        }
        let base = layout.nodes[local].base
        if let opaque = layout.nodes[base].opaque { return try self.opaque(value, opaque) }
        var kind: FrameKind
        var source: [GobValue] = []
        var result: [GobValue] = []
        switch (layout.nodes[base].shape, value) {
        case (.basic(let basic), _): return try scalar(value, basic, local, next.rangeName)
        case (.slice, .bytes), (.slice, .zero), (.interface, .zero): return value
        case (.map, .zero): return .map([])
        case (.structure, .structure(let fields)):
            let plan = compatibility.plans[.init(local: base, remote: remote)] ?? []
            kind = .structure(plan)
            source = fields
            guard case .structure(let zeros) = layout.zero(of: base, &zeros) else { return .zero }
            result = zeros
            noteMissing(plan, base, remote)
        case (.slice, .list(let elements)), (.array, .list(let elements)):
            guard let element = operation.element else { return .zero }
            kind = .list(element, rangeName: operation.rangeName)
            source = elements
        case (.map, .map(let pairs)):
            guard let key = operation.key, let part = operation.element else { return .zero }
            kind = .map(key: key, value: part, rangeName: operation.rangeName)
            source = pairs
        case (.interface, .interface(let content)):
            kind = .interface(name: content.name, operation: try concrete(content))
            source = [content.value]
        case (.structure, .zero), (.array, .zero): return layout.zero(of: base, &zeros)
        case (.structure, _), (.slice, _), (.array, _), (.map, _), (.interface, _), (.pointer, _),
            (.unsent, _):
            // A value that its own types do not describe.
            throw GoRefusal(
                fault: .mismatch(
                    received: schema.displayName(of: remote),
                    local: layout.spelling(of: local)
                ),
                inGo: nil
            )
        }
        stack.append(
            Frame(local: base, remote: remote, kind: kind, source: source, result: result)
        )
        return nil
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
