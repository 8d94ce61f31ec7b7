import GoTypes
import Gob

/// How two types differ, by path: fields that were added, removed or put in another order, and parts
/// that are of another kind.
struct TypeDifferences {
    /// The differences, in the order of the fields, at most ``limit``.
    private(set) var differences: [Difference] = []
    /// How many differences are looked for.
    static let limit = 1_000

    private let old: GobSchema
    private let new: GobSchema
    private var seen: Set<[TypeIndex]> = []
    private var pending: [Pair] = []

    /// Two types that are at the same place.
    private struct Pair {
        let path: String
        let old: TypeIndex
        let new: TypeIndex
    }

    /// Compares the types of two values.
    init(_ old: GobDatum, _ new: GobDatum) {
        self.init(old.schema, old.type, new.schema, new.type)
    }

    /// Compares two types.
    init(_ old: GobSchema, _ oldType: TypeIndex, _ new: GobSchema, _ newType: TypeIndex) {
        (self.old, self.new) = (old, new)
        pending = [Pair(path: "", old: oldType, new: newType)]
        while let pair = pending.popLast(), differences.count < Self.limit {
            if seen.insert([pair.old, pair.new]).inserted { compare(pair) }
        }
    }

    private mutating func compare(_ pair: Pair) {
        switch (old[pair.old], new[pair.new]) {
        case (.structure(let oldFields)?, .structure(let newFields)?):
            compareNames(pair)
            compare(oldFields, newFields, pair.path)
        case (.slice(let oldElement)?, .slice(let newElement)?):
            pending.append(Pair(path: pair.path + "[]", old: oldElement, new: newElement))
        case (.array(let oldElement, let oldCount)?, .array(let newElement, let newCount)?):
            if oldCount != newCount { add(pair) }
            pending.append(Pair(path: pair.path + "[]", old: oldElement, new: newElement))
        case (.map(let oldKey, let oldValue)?, .map(let newKey, let newValue)?):
            pending.append(Pair(path: pair.path + "[]", old: oldValue, new: newValue))
            pending.append(Pair(path: pair.path + "[key]", old: oldKey, new: newKey))
        case (.opaque(let oldEncoding)?, .opaque(let newEncoding)?) where oldEncoding == newEncoding:
            compareNames(pair)
        case (.basic(let oldKind)?, .basic(let newKind)?) where oldKind == newKind: break
        case (.basic, _), (.slice, _), (.array, _), (.map, _), (.structure, _), (.opaque, _),
            (nil, _):
            add(pair)
        }
    }

    /// Names that a program gave; others are spelt as the type is.
    private mutating func compareNames(_ pair: Pair) {
        let (oldName, newName) = (old.name(of: pair.old), new.name(of: pair.new))
        if oldName != newName, oldName.isGoIdentifier || newName.isGoIdentifier { add(pair) }
    }

    private mutating func compare(_ oldFields: [GobField], _ newFields: [GobField], _ path: String)
    {
        let added = Dictionary(newFields.map { ($0.name, $0.type) }) { first, _ in first }
        let removed = Dictionary(oldFields.map { ($0.name, $0.type) }) { first, _ in first }
        var pairs: [Pair] = []
        for field in oldFields {
            let place = "\(path).\(field.name.shown)"
            if let type = added[field.name] {
                pairs.append(Pair(path: place, old: field.type, new: type))
            } else {
                add(place, old.shownName(of: field.type), Difference.absent)
            }
        }
        for field in newFields where removed[field.name] == nil {
            add("\(path).\(field.name.shown)", Difference.absent, new.shownName(of: field.type))
        }
        let oldOrder = oldFields.map(\.name).filter { added[$0] != nil }
        let newOrder = newFields.map(\.name).filter { removed[$0] != nil }
        if oldOrder != newOrder { addOrder(path, oldOrder, newOrder) }
        pending += pairs.reversed()
    }

    /// Says in which order the fields are, from the first to the last that are elsewhere.
    private mutating func addOrder(_ path: String, _ oldOrder: [String], _ newOrder: [String]) {
        let start = zip(oldOrder, newOrder).prefix { $0 == $1 }.count
        let end = zip(oldOrder.reversed(), newOrder.reversed()).prefix { $0 == $1 }.count
        let words = [oldOrder, newOrder].map { order in
            order[start..<max(start, order.count - end)].joined(separator: ", ").shown
        }
        add("\(path), order of fields", words[0], words[1])
    }

    private mutating func add(_ pair: Pair) {
        add(pair.path, old.shownName(of: pair.old), new.shownName(of: pair.new))
    }

    private mutating func add(_ path: String, _ old: String, _ new: String) {
        let space = path.isEmpty || path.hasPrefix(",") ? "" : " "
        differences.append(Difference(place: "type\(space)\(path)", old: old, new: new))
    }
}
