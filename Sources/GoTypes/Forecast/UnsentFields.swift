import Gob

/// Finds the fields of a value that gob leaves out, and why.
struct UnsentFields {
    private var layout: GoLayout
    private var notes: GoForecastNotes
    /// The values that have values inside, the innermost last.
    private var stack: [Frame] = []

    private struct Frame {
        /// The type, without pointers.
        let node: Int
        let values: [GobValue]
        /// The types of the values, which they have in turn.
        let types: [Int]
        /// The names of a struct's fields.
        var names: [String] = []
        var position = 0
    }

    /// A search in values of the type with which a layout began.
    init(_ layout: GoLayout, _ notes: GoForecastNotes) {
        self.layout = layout
        self.notes = notes
    }

    /// The notes, with one of each field that is left out.
    mutating func found(in datum: GobDatum) throws(GoTypeError) -> GoForecastNotes {
        try open(datum.value, layout.root)
        while let last = stack.indices.last {
            let frame = stack[last]
            guard frame.position < frame.values.count else {
                stack.removeLast()
                continue
            }
            stack[last].position += 1
            let value = frame.values[frame.position]
            let type = frame.types[frame.position % frame.types.count]
            if !frame.names.isEmpty, value.isOmitted(as: kind(of: type)) {
                let kind = GoForecast.Note.Kind.unsent(reason(value, type))
                notes.add(kind, at: notes.wantsPlace(of: kind) ? path : nil)
            } else {
                try open(value, type)
            }
        }
        return notes
    }

    private func kind(of type: Int) -> Kind? {
        layout.schema.kind(of: layout.wireType(of: type))
    }

    private func reason(_ value: GobValue, _ type: Int) -> GoForecast.Note.Reason {
        if value == .zero { return .zero }
        if layout.nodes[type].pointers > 0 { return .pointerToZero }
        return switch value {
        case .float(let number) where number.sign == .minus: .minusZero
        case .complex(let real, let imaginary)
        where real.sign == .minus || imaginary.sign == .minus:
            .minusZero
        case .list, .bytes: .emptySlice
        case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .opaque,
            .structure, .map, .interface:
            .zero
        }
    }

    /// Opens a value that has values inside.
    private mutating func open(_ value: GobValue, _ type: Int) throws(GoTypeError) {
        let base = layout.nodes[type].base
        guard layout.nodes[base].opaque == nil else { return }
        switch (layout.nodes[base].shape, value) {
        case (.structure(let fields), .structure(let values)):
            let sent = fields.filter { $0.number != nil }
            let types = sent.compactMap(\.type)
            guard !types.isEmpty else { return }
            stack.append(
                Frame(node: base, values: values, types: types, names: sent.map(\.name))
            )
        case (.slice(let element), .list(let values)), (.array(let element, _), .list(let values)):
            stack.append(Frame(node: base, values: values, types: [element]))
        case (.map(let key, let part), .map(let pairs)):
            stack.append(Frame(node: base, values: pairs, types: [key, part]))
        case (.interface, .interface(let content)):
            guard let node = try layout.addRegistered(content.name) else { return }
            stack.append(Frame(node: base, values: [content.value], types: [node]))
        case (.basic, _), (.interface, _), (.pointer, _), (.slice, _), (.array, _), (.map, _),
            (.structure, _), (.unsent, _):
            break
        }
    }

    private var path: String {
        var path = ValuePath()
        for frame in stack where frame.position > 0 {
            let position = frame.position - 1
            switch layout.nodes[frame.node].shape {
            case .structure: path.field(frame.names[position])
            case .slice, .array: path.index(position)
            case .map where position % 2 == 1: path.key(frame.values[position - 1])
            case .map, .basic, .interface, .pointer, .unsent: break
            }
        }
        return path.text
    }
}
