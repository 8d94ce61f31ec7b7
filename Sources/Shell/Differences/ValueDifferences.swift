import Gob

/// How two values differ, by path: fields by their names, elements by their numbers, entries of maps
/// by their keys.
///
/// What a sender leaves out is zero, as Go's receiver has it, but a struct, a map or a list that was
/// left out is not an empty one.
struct ValueDifferences {
    /// The first differences, in the order of the values.
    private(set) var differences: [Difference] = []
    /// How many there are.
    private(set) var count = 0

    /// How many differences are kept.
    private static let limit = 1_000
    /// The longest value that is shown with what is inside it.
    private static let width = 60
    /// Longer texts are shown only where they differ, in bytes.
    private static let textLimit = 40

    private let oldWords: ValueWords
    private let newWords: ValueWords
    private var pending: [Work] = []

    /// A value with its type.
    private typealias Part = StructPath.Found

    /// Two values at the same place, or one where the other has nothing.
    private struct Work {
        let path: String
        let old: Part?
        let new: Part?
    }

    /// Compares two values.
    init(_ old: GobDatum, _ new: GobDatum) {
        oldWords = ValueWords(schema: old.schema)
        newWords = ValueWords(schema: new.schema)
        pending = [
            Work(
                path: "",
                old: Part(value: old.value, type: old.type),
                new: Part(value: new.value, type: new.type)
            )
        ]
        while let work = pending.popLast() { compare(work) }
    }

    private mutating func compare(_ work: Work) {
        guard let old = work.old, let new = work.new else { return add(work) }
        switch (old.value, new.value) {
        case (.structure(let oldValues), .structure(let newValues)):
            let oldFields = oldWords.schema.fields(of: old.type)
            let newFields = newWords.schema.fields(of: new.type)
            push(
                parts(oldFields, oldValues),
                parts(newFields, newValues),
                after: work.path
            )
        case (.list(let oldElements), .list(let newElements)):
            pushElements(oldElements, newElements, work)
        case (.map(let oldPairs), .map(let newPairs)): pushEntries(oldPairs, newPairs, work)
        case (.interface(let old), .interface(let new)) where old.name == new.name:
            pending.append(
                Work(
                    path: work.path,
                    old: Part(value: old.value, type: old.type),
                    new: Part(value: new.value, type: new.type)
                )
            )
        default: if !isSame(old, new) { add(work) }
        }
    }

    /// The fields of a struct by their names; of the last ones there may be no values.
    private func parts(
        _ fields: ArraySlice<GobField>,
        _ values: [GobValue],
    ) -> [(name: String, part: Part)] {
        zip(fields, fields.indices).map { field, index in
            let position = index - fields.startIndex
            let value = position < values.count ? values[position] : .zero
            return (field.name, Part(value: value, type: field.type))
        }
    }

    private mutating func push(
        _ old: [(name: String, part: Part)],
        _ new: [(name: String, part: Part)],
        after path: String,
    ) {
        let oldParts = Dictionary(old.map { ($0.name, $0.part) }) { first, _ in first }
        let newParts = Dictionary(new.map { ($0.name, $0.part) }) { first, _ in first }
        var work: [Work] = []
        for (name, part) in old {
            work.append(Work(path: "\(path).\(name.shown)", old: part, new: newParts[name]))
        }
        for (name, part) in new where oldParts[name] == nil {
            work.append(Work(path: "\(path).\(name.shown)", old: nil, new: part))
        }
        // A field that a type has not differs where the other one has a value.
        pending += work.reversed().filter { work in
            work.old.map { $0.value != .zero } ?? false
                || work.new.map { $0.value != .zero } ?? false
        }
    }

    private mutating func pushElements(_ old: [GobValue], _ new: [GobValue], _ work: Work) {
        guard let oldType = work.old.flatMap({ oldWords.schema.elementType(of: $0.type) }),
            let newType = work.new.flatMap({ newWords.schema.elementType(of: $0.type) })
        else { return }
        for index in (0..<max(old.count, new.count)).reversed() {
            let oldPart = index < old.count ? Part(value: old[index], type: oldType) : nil
            let newPart = index < new.count ? Part(value: new[index], type: newType) : nil
            if let oldPart, let newPart, isScalar(oldPart, newPart), isSame(oldPart, newPart) {
                continue
            }
            pending.append(Work(path: "\(work.path)[\(index)]", old: oldPart, new: newPart))
        }
    }

    private mutating func pushEntries(_ old: [GobValue], _ new: [GobValue], _ work: Work) {
        guard let oldType = work.old?.type, let newType = work.new?.type,
            case .map(let oldKey, let oldValue)? = oldWords.schema[oldType],
            case .map(let newKey, let newValue)? = newWords.schema[newType]
        else { return }
        let (oldPairs, newPairs) = (sortedPairs(old), sortedPairs(new))
        let oldEntries = Dictionary(oldPairs) { _, last in last }
        let newEntries = Dictionary(newPairs) { _, last in last }
        var entries = oldPairs.map { key, value in
            Work(
                path: "\(work.path)[\(oldWords.key(key, oldKey))]",
                old: Part(value: value, type: oldValue),
                new: newEntries[key].map { Part(value: $0, type: newValue) }
            )
        }
        for (key, value) in newPairs where oldEntries[key] == nil {
            let path = "\(work.path)[\(newWords.key(key, newKey))]"
            entries.append(Work(path: path, old: nil, new: Part(value: value, type: newValue)))
        }
        pending += entries.reversed()
    }

    private func isScalar(_ old: Part, _ new: Part) -> Bool {
        oldWords.isScalar(old) && newWords.isScalar(new)
    }

    /// Whether two values are the same that have none inside; no others are.
    private func isSame(_ old: Part, _ new: Part) -> Bool {
        switch (old.value, new.value) {
        case (.zero, .zero): true
        case (.int(let old), .int(let new)): old == new
        case (.string(let old), .string(let new)): old.utf8.elementsEqual(new.utf8)
        case (.bytes(let old), .bytes(let new)): old == new
        default: isScalar(old, new) && oldWords.whole(old) == newWords.whole(new)
        }
    }

    private mutating func add(_ work: Work) {
        count += 1
        guard differences.count < Self.limit else { return }
        let place = work.path.isEmpty ? "value" : work.path
        if let old = work.old?.value.text, let new = work.new?.value.text,
            max(old.count, new.count) > Self.textLimit,
            let difference = TextDifference(old, new)
        {
            return differences.append(difference.difference(at: place))
        }
        differences.append(
            Difference(
                place: place,
                old: work.old.map { oldWords.short($0, Self.width) } ?? Difference.absent,
                new: work.new.map { newWords.short($0, Self.width) } ?? Difference.absent
            )
        )
    }
}

extension GobValue {
    /// The bytes of a text or of bytes; `nil` for any other value.
    fileprivate var text: [UInt8]? {
        switch self {
        case .string(let text): Array(text.utf8)
        case .invalidString(let bytes), .bytes(let bytes): bytes
        case .zero, .bool, .int, .uint, .float, .complex, .opaque, .list, .structure, .map,
            .interface:
            nil
        }
    }
}
