import GoTypes

/// A field of a struct as `encoding/json` sees it: perhaps one of an embedded struct, perhaps under
/// another name.
struct JSONField: Sendable {
    let name: String
    /// The way to it: through embedded structs, the last being the field itself.
    let steps: [Step]
    /// Whether it is left out where it is empty.
    let omitsEmpty: Bool
    /// Whether its number is written in a string.
    let isQuoted: Bool
    fileprivate let isTagged: Bool

    struct Step: Sendable, Hashable {
        /// The field's number among those that gob sends; `nil` where it is not sent.
        let number: Int?
        let type: Int
        /// Where the field stands in its struct.
        let position: Int
    }

    fileprivate init(
        name: String,
        steps: [Step],
        omitsEmpty: Bool,
        isQuoted: Bool,
        isTagged: Bool,
    ) {
        self.name = name
        self.steps = steps
        self.omitsEmpty = omitsEmpty
        self.isQuoted = isQuoted
        self.isTagged = isTagged
    }

    /// An embedded struct as a whole.
    init(embedded name: String, _ step: Step) {
        self.init(name: name, steps: [step], omitsEmpty: false, isQuoted: false, isTagged: false)
    }

    var type: Int { steps[steps.count - 1].type }
    /// Whether gob sends it.
    var isSent: Bool { steps.allSatisfy { $0.number != nil } }
}

/// The fields of a struct, in order, and by name.
struct JSONFields: Sendable {
    private(set) var all: [JSONField] = []
    private var exact: [String: Int] = [:]
    private var folded: [String: Int] = [:]

    /// The fields of a struct, those of embedded ones as far as nothing hides them (`encoding/json`,
    /// `typeFields`).
    init(of root: Int, in layout: GoLayout) {
        var level = [Embedded(node: root, steps: [])]
        var seen: Set<Int> = [root]
        var hidden: Set<String> = []
        var found: [JSONField] = []
        while !level.isEmpty {
            var fields: [JSONField] = []
            var next: [Embedded] = []
            for embedded in level { embedded.collect(layout, &fields, &next) }
            var names: [String: [JSONField]] = [:]
            for field in fields where !hidden.contains(field.name) {
                names[field.name, default: []].append(field)
            }
            for (name, rivals) in names {
                hidden.insert(name)
                let tagged = rivals.filter(\.isTagged)
                let candidates = tagged.isEmpty ? rivals : tagged
                if candidates.count == 1 { found.append(candidates[0]) }
            }
            // One struct that is embedded twice at a depth has each of its fields twice; more often
            // makes no difference.
            var counts: [Int: Int] = [:]
            level = next.filter { embedded in
                counts[embedded.node, default: 0] += 1
                return !seen.contains(embedded.node) && counts[embedded.node, default: 0] <= 2
            }
            seen.formUnion(level.map(\.node))
        }
        all = found.sorted { left, right in
            left.steps.map(\.position).lexicographicallyPrecedes(right.steps.map(\.position))
        }
        for (index, field) in all.enumerated() {
            exact[field.name] = exact[field.name] ?? index
            let name = field.name.lowercased()
            folded[name] = folded[name] ?? index
        }
    }

    /// The field that a name means: the one of that name, else one that differs in case only.
    func field(named name: String) -> JSONField? {
        (exact[name] ?? folded[name.lowercased()]).map { all[$0] }
    }
}

/// A struct whose fields belong to the one around it.
private struct Embedded {
    let node: Int
    let steps: [JSONField.Step]

    func collect(_ layout: GoLayout, _ found: inout [JSONField], _ next: inout [Embedded]) {
        guard case .structure(let fields) = layout.nodes[node].shape else { return }
        for (position, field) in fields.enumerated() {
            guard let type = field.type else { continue }
            let tag = JSONTag(field.tag)
            let steps = steps + [.init(number: field.number, type: type, position: position)]
            guard !tag.isIgnored else { continue }
            var isStructure = false
            if case .structure = layout.base(type).shape { isStructure = true }
            if case .unsent = layout.base(type).shape { continue }
            if field.isEmbedded, isStructure, tag.name.isEmpty, layout.base(type).opaque == nil {
                next.append(Embedded(node: layout.nodes[type].base, steps: steps))
            } else if field.name.isExportedInGo {
                found.append(
                    JSONField(
                        name: tag.name.isEmpty ? field.name : tag.name,
                        steps: steps,
                        omitsEmpty: tag.omitsEmpty,
                        isQuoted: tag.isQuoted,
                        isTagged: !tag.name.isEmpty
                    )
                )
            }
        }
    }
}

/// What `json:"…"` in a field's tag says.
struct JSONTag: Equatable {
    private(set) var name = ""
    private(set) var isIgnored = false
    private(set) var omitsEmpty = false
    private(set) var isQuoted = false

    init(_ tag: String) {
        guard let value = Self.value(of: "json", in: tag[...]) else { return }
        isIgnored = value == "-"
        let parts = value.split(separator: ",", omittingEmptySubsequences: false)
        name = parts.first.map { String($0) } ?? ""
        omitsEmpty = parts.dropFirst().contains("omitempty")
        isQuoted = parts.dropFirst().contains("string")
        let allowed = "!#$%&()*+-./:;<=>?@[]^_{|}~ "
        let isValid = name.allSatisfy { $0.isLetter || $0.isNumber || allowed.contains($0) }
        if !isValid { name = "" }
    }

    /// The value of a key in a tag of the form `key:"value" key:"value"` (reflect, `StructTag`).
    private static func value(of wanted: String, in tag: Substring) -> String? {
        var rest = tag
        while true {
            rest = rest.drop { $0 == " " }
            let key = rest.prefix { $0 != ":" && $0 != "\"" && $0 != " " }
            rest = rest[key.endIndex...]
            guard !key.isEmpty, rest.hasPrefix(":\"") else { return nil }
            rest = rest.dropFirst(2)
            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                value.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
            }
            if key == wanted { return value }
        }
    }
}
