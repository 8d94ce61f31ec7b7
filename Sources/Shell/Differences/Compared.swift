import Gob

/// What is compared with something else: a message received, or the first value of a file.
struct Compared {
    /// What it is called in a sentence.
    private let name: String
    /// The message; `nil` of a file.
    private let message: Message?
    /// The value of a GOB, or of the file.
    private let datum: GobDatum?

    /// How much of a value is shown beside a text, in columns.
    private static let width = 60

    /// A message received.
    init(_ message: Message, _ cache: GobTypeCache) {
        name = "message \(message.number)"
        self.message = message
        datum = message.datum(cache)
    }

    /// A value of a file.
    init(_ datum: GobDatum, ofFile path: String) {
        name = path.harmless
        message = nil
        self.datum = datum
    }

    /// What two of them are called.
    static func names(_ old: Compared, _ new: Compared) -> String {
        guard let old = old.message, let new = new.message else {
            return "\(old.name) and \(new.name)"
        }
        return "messages \(old.number) and \(new.number)"
    }

    /// How equal two of them are that do not differ in any place, where that is not all of it.
    func equality(with new: Compared) -> String {
        guard let old = message, let new = new.message else { return " in types and values" }
        let isSame = old.content.bytes == new.content.bytes
        return isSame ? "" : " in types and values; their bytes are not"
    }

    /// How it differs from what came later: the first differences, and how many there are.
    func differences(from new: Compared) -> ([Difference], count: Int) {
        var differences: [Difference] = []
        if let old = message, let new = new.message, old.command != new.command {
            let names = [old, new].map(\.command.shown)
            differences.append(Difference(place: "command", old: names[0], new: names[1]))
        }
        if let old = datum, let new = new.datum {
            differences += TypeDifferences(old, new).differences
            let values = ValueDifferences(old, new)
            let count = differences.count + values.count
            return (differences + values.differences, count)
        }
        differences += [dataDifference(from: new)].compactMap { $0 }
        return (differences, differences.count)
    }

    /// How the data differ where not both are values.
    private func dataDifference(from new: Compared) -> Difference? {
        guard datum == nil, new.datum == nil else {
            return Difference(place: "data", old: dataWords, new: new.dataWords)
        }
        let (old, new) = (message?.content.bytes ?? [], new.message?.content.bytes ?? [])
        return TextDifference(old, new)?.difference(at: "data")
    }

    /// The beginning of a text, or a value.
    private var dataWords: String {
        guard let datum else { return TextDifference.words(message?.content.bytes[...] ?? []) }
        let found = StructPath.Found(value: datum.value, type: datum.type)
        return ValueWords(schema: datum.schema).short(found, Self.width)
    }
}
