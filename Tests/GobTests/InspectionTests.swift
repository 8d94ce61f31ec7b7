import Gob
import Testing

/// Streams explained byte by byte.
@Suite struct InspectionTests {
    /// Good and bad streams, by name.
    private static let streams =
        Vector.all.map { ($0.name, $0.bytes) } + BadVector.all.map { ($0.name, $0.bytes) }

    @Test(
        "every byte is of one line, the values are the decoder's, and so is the error",
        arguments: streams
    )
    func whole(_ name: String, _ bytes: [UInt8]) {
        let found = inspectAll(bytes)
        #expect(joined(found, bytes) == bytes)
        let decoded = decodeUntilBreak(bytes)
        // As text: a NaN is not equal to itself.
        #expect(found.compactMap { $0.value?.value.description } == decoded.values)
        #expect(found.last?.error == decoded.error)
    }

    @Test("a stream is explained message by message, too, each cut or whole", arguments: Vector.all)
    func apart(_ vector: Vector) throws {
        var inspector = GobInspector()
        var values: [String] = []
        for message in try messages(of: vector.bytes) {
            for length in Self.places(in: message) where length < message.count {
                var other = inspector
                let bytes = Array(message.prefix(length))
                let found = other.explain(bytes)
                #expect(joined([found], bytes) == bytes)
                #expect(found.error?.fault == .truncated)
            }
            let found = inspector.explain(message)
            #expect(joined([found], message) == message)
            #expect(found.error == nil)
            if let value = found.value { values.append(value.value.description) }
        }
        #expect(values == decodeUntilBreak(vector.bytes).values)
    }

    @Test("the scalars of the lines are those of the value", arguments: Vector.all)
    func scalars(_ vector: Vector) {
        for inspection in inspectAll(vector.bytes) {
            let told = inspection.lines.compactMap { line -> String? in
                guard case .scalar(let value, _, _) = line.meaning else { return nil }
                return value.description
            }
            let value = inspection.value?.value ?? .zero
            #expect(told == value.scalars.map(\.description))
        }
    }

    @Test("a stream cut anywhere is explained to its cut", arguments: Vector.all)
    func cut(_ vector: Vector) throws {
        for length in Self.places(in: vector.bytes) {
            let bytes = Array(vector.bytes.prefix(length))
            let found = inspectAll(bytes)
            #expect(joined(found, bytes) == bytes)
            #expect(found.last?.error == decodeUntilBreak(bytes).error)
        }
    }

    @Test("a stream with a changed byte is explained as far as it goes", arguments: Vector.all)
    func changed(_ vector: Vector) throws {
        for place in Self.places(in: vector.bytes) where place < vector.bytes.count {
            for change in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = vector.bytes
                bytes[place] ^= change
                let found = inspectAll(bytes)
                #expect(joined(found, bytes) == bytes)
                let decoded = decodeUntilBreak(bytes)
                #expect(found.compactMap { $0.value?.value.description } == decoded.values)
                #expect(found.last?.error == decoded.error)
            }
        }
    }

    @Test("a break says what was expected")
    func expected() throws {
        let article = try Vector.named("recursive/article").bytes
        for (length, expectation) in [
            (1, "the id of a type"), (2, "the next field of wireType, or 0 at its end"),
            (5, "a name"), (27, "the id of a type"), (57, "the length of a message"),
            (88, "the length of a message"), (90, "the id of a type"),
            (91, "the next field of complexData, or 0 at its end"), (92, "a value of int"),
            (107, "the number of entries of map[string]int"), (110, "a value of string"),
            (185, "the next field of complexData, or 0 at its end"), (186, nil),
        ] as [(Int, String?)] {
            let found = inspectAll(Array(article.prefix(length)))
            #expect(found.last?.expectation == expectation, "\(length)")
        }
    }

    @Test("what has too many parts is told of up to the limit")
    func limit() throws {
        let article = try Vector.named("recursive/article").bytes
        for limit in 1..<40 {
            var inspector = GobInspector()
            inspector.lineLimit = limit
            var position = 0
            let found = try #require(inspector.next(in: article, at: &position))
            #expect(joined([found], article) == article)
            #expect(found.value != nil)
            #expect(found.lines.count <= limit + 1)
            var broken = article
            broken[185] = 0x7F
            inspector = GobInspector()
            inspector.lineLimit = limit
            position = 0
            let end = try #require(inspector.next(in: broken, at: &position))
            #expect(joined([end], broken) == broken)
            #expect(end.expectation == "the next field of a struct, or 0 at its end")
        }
    }

    /// All places of a short stream, and some of a long one.
    private static func places(in bytes: [UInt8]) -> [Int] {
        Array(stride(from: 0, through: bytes.count, by: max(1, bytes.count / 25)))
    }
}

private func inspectAll(_ bytes: [UInt8]) -> [GobInspection] {
    var inspector = GobInspector()
    var position = 0
    var found: [GobInspection] = []
    while let inspection = inspector.next(in: bytes, at: &position) { found.append(inspection) }
    return found
}

/// The bytes of all lines; each begins where the one before ends.
private func joined(_ found: [GobInspection], _ bytes: [UInt8]) -> [UInt8] {
    found.flatMap(\.lines).flatMap { bytes[$0.range] }
}

private func decodeUntilBreak(_ bytes: [UInt8]) -> (values: [String], error: GobError?) {
    var decoder = GobStreamDecoder()
    var position = 0
    var values: [String] = []
    do throws(GobError) {
        while let datum = try decoder.next(in: bytes, at: &position) {
            values.append(datum.value.description)
        }
        return (values, nil)
    } catch {
        return (values, error)
    }
}

extension GobInspection {
    /// What was expected where the stream breaks.
    fileprivate var expectation: String? {
        for line in lines { if case .broken(let expected) = line.meaning { return expected } }
        return nil
    }
}

extension GobValue {
    /// The values without any inside that were sent for this one, in their order.
    fileprivate var scalars: [GobValue] {
        switch self {
        case .zero: []
        case .list(let values), .structure(let values), .map(let values): values.flatMap(\.scalars)
        case .interface(let content): content.value.scalars
        case .bool, .int, .uint, .float, .complex, .string, .invalidString, .bytes, .opaque: [self]
        }
    }
}
