import Gob

/// What `expect` waits for.
struct Expectation {
    /// How a value of a struct is to be.
    enum Relation: String, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case atMost = "<="
        case greater = ">"
        case atLeast = ">="
        case matching = "~"
    }

    private enum What {
        /// A text in which the expression is found.
        case text(Regex<AnyRegexOutput>)
        /// A struct whose value at the place has the relation to the word.
        case value(StructPath, Relation, String)
        /// A struct whose value at the place has a text in which the expression is found.
        case valueText(StructPath, Regex<AnyRegexOutput>)
    }

    private let what: What
    /// What is expected, in words: `a text that matches "^ok"`, `.C.N == 256`.
    let description: String

    /// A text that matches a regular expression.
    ///
    /// - Throws: ``Failure`` where it is none.
    init(text expression: String) throws {
        what = .text(try regex(expression))
        description = "a text that matches \(Harmless.quoted(Array(expression.utf8)))"
    }

    /// A struct with a value that has a relation to a word.
    ///
    /// - Throws: ``Failure`` where a regular expression is none.
    init(_ path: StructPath, _ relation: Relation, _ word: String) throws {
        what =
            relation == .matching
            ? .valueText(path, try regex(word)) : .value(path, relation, word)
        description = "a struct with \(path.text) \(relation.rawValue) \(word)".harmless
    }

    /// Whether something that came is what is expected.
    func isMet(by content: Arrivals.Arrival.Content, _ cache: GobTypeCache) -> Bool {
        switch what {
        case .text(let regex):
            return content.text.map { $0.firstMatch(of: regex) != nil } ?? false
        case .value(let path, let relation, let word):
            guard let datum = content.datum(cache), let found = path.value(in: datum) else {
                return false
            }
            return isSo(found, datum.schema, relation, word)
        case .valueText(let path, let regex):
            guard let datum = content.datum(cache), let found = path.value(in: datum),
                let text = ScalarText(found, datum.schema).text
            else { return false }
            return text.firstMatch(of: regex) != nil
        }
    }

    /// What the struct that came has at the place in question; empty where there is none in question.
    func remark(on content: Arrivals.Arrival.Content, _ cache: GobTypeCache) -> String {
        let path: StructPath
        switch what {
        case .text: return ""
        case .value(let asked, _, _), .valueText(let asked, _): path = asked
        }
        guard let datum = content.datum(cache) else { return "" }
        guard let found = path.value(in: datum) else { return "; it has no \(path.text)".harmless }
        let literal = InlineLiteral(schema: datum.schema, byteLimit: 200)
        let text = literal.text(found.value, found.type, width: 200)
        return "; \(path.text.harmless) is \(text ?? literal.scalar(found.value, found.type))"
    }
}

extension Arrivals.Arrival.Content {
    /// The text of a STRING or a reply.
    fileprivate var text: String? {
        switch self {
        case .reply(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .message(let message):
            guard case .text(let bytes) = message.content else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The value of a GOB.
    func datum(_ cache: GobTypeCache) -> GobDatum? {
        if case .message(let message) = self { message.datum(cache) } else { nil }
    }
}

/// Whether a value has a relation to a word: as numbers where both are, else as texts.
private func isSo(
    _ found: StructPath.Found,
    _ schema: GobSchema,
    _ relation: Expectation.Relation,
    _ word: String,
) -> Bool {
    // What has values inside is like no word.
    guard let text = ScalarText(found, schema).text else { return relation == .unequal }
    switch schema.kind(of: found.type) {
    case .int, .uint, .float:
        if let left = Int64(text), let right = Int64(word) { return isSo(left, relation, right) }
        if let left = UInt64(text), let right = UInt64(word) { return isSo(left, relation, right) }
        guard let left = Double(text), let right = Double(word) else {
            return relation == .unequal
        }
        return isSo(left, relation, right)
    case .bool, .bytes, .string, .complex, .interface, .array, .slice, .structure, .map, .opaque,
        nil:
        return isSo(text, relation, word)
    }
}

private func isSo<Value: Comparable>(
    _ left: Value,
    _ relation: Expectation.Relation,
    _ right: Value,
) -> Bool {
    switch relation {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    // It is asked of the text.
    case .matching: false
    }
}

private func regex(_ text: String) throws -> Regex<AnyRegexOutput> {
    do {
        return try Regex(text)
    } catch {
        let reason = "\(Harmless.quoted(Array(text.utf8))) is no regular expression: \(error)"
        throw Failure(.usage, reason.harmless)
    }
}
