import Foundation
import Gob
import Testing

/// What is learnt of types from their values, and which values have no Go type.
@Suite struct CodableEncodingTests {
    /// The value after it was sent.
    private func sent<Value: Codable>(
        _ value: Value,
        by encoder: GobEncoder = GobEncoder(),
    ) throws -> Value {
        try GobDecoder().decode(Value.self, from: encoder.encode(value))
    }

    @Test("fields that were nil or empty at first are sent when they are set")
    func seenLater() throws {
        let encoder = GobEncoder()
        #expect(try sent(Coded.Options(), by: encoder) == Coded.Options())
        let empty = Coded.Options(points: [], shapes: [:], set: [], text: "", data: Data())
        #expect(try sent(empty, by: encoder) == Coded.Options(shapes: [:]))
        #expect(try sent(Coded.Options.full, by: encoder) == .full)
        #expect(try sent([Coded.Options(), .full, empty], by: encoder)[1] == .full)
        #expect(try sent(Coded.Options(), by: encoder) == Coded.Options())
    }

    @Test("a type that was nil at first is defined again on the same stream")
    func oneStream() throws {
        let learnt = GobEncoder()
        var encoder = GobStreamEncoder(cache: learnt.cache)
        let values = [Coded.Options(), .full, Coded.Options(text: "t"), .full]
        let bytes = try values.flatMap { try encoder.encode(codable: $0, with: learnt) }
        var decoder = GobStreamDecoder()
        var position = 0
        for value in values {
            #expect(
                try decoder.next(codable: Coded.Options.self, in: bytes, at: &position) == value
            )
        }
        #expect(try decoder.next(codable: Coded.Options.self, in: bytes, at: &position) == nil)
    }

    @Test("empty lists of what was never seen can be sent")
    func emptyLists() throws {
        let encoder = GobEncoder()
        #expect(try sent(Set<Int>(), by: encoder).isEmpty)
        #expect(try sent([Set<Coded.Point>(), []], by: encoder).count == 2)
        #expect(try sent([Set<Coded.Point>(), [Coded.Point(x: 1)]], by: encoder)[1].count == 1)
        #expect(try sent(Set([1]), by: encoder) == [1])
        #expect(try sent(Data(), by: encoder).isEmpty)
        #expect(try sent([Data(), Data([1])], by: encoder) == [Data(), Data([1])])
        #expect(try sent([Coded.Tree](), by: encoder).isEmpty)
    }

    @Test("enums travel as their raw values, also as keys")
    func enums() throws {
        #expect(try sent([Coded.Color.red, .green]) == [.red, .green])
        #expect(try GobEncoder().encode([Coded.Color.red]) == GobEncoder().encode(["red"]))
        #expect(try GobEncoder().encode(Coded.Level.high) == GobEncoder().encode(10))
        let map = [Coded.Color.red: [Coded.Level.low: Coded.Point(x: 1)]]
        #expect(try sent(map) == map)
        #expect(try GobEncoder().encode([Coded.Color.red: 1]) == GobEncoder().encode(["red": 1]))
        #expect(try GobEncoder().encode([Coded.Level.low: 1]) == GobEncoder().encode([1: 1]))
    }

    @Test("enums with payloads find their case, whatever was sent before")
    func payloads() throws {
        let encoder = GobEncoder()
        let shapes: [Coded.Shape] = [.nothing, .circle(radius: 0), .label("x"), .label("")]
        for shape in shapes { #expect(try sent(shape, by: encoder) == shape) }
        #expect(try sent(shapes, by: encoder) == shapes)
    }

    @Test("Foundation's types come back")
    func foundation() throws {
        let values = try Coded.FoundationValues(
            url: #require(URL(string: "https://go.dev/blog/gob")),
            date: Date(timeIntervalSinceReferenceDate: 1.5),
            id: UUID(),
            data: Data([0, 255]),
        )
        #expect(try sent(values) == values)
        #expect(
            try GobEncoder().encode(values.date)
                == GobEncoder().encode(values.date.timeIntervalSinceReferenceDate)
        )
    }

    @Test("Foundation's Data are Go's bytes")
    func data() throws {
        let bytes = try Vector.named("bytes/abc").bytes
        #expect(try GobEncoder().encode(Data("abc".utf8)) == bytes)
        #expect(try GobEncoder().encode(ContiguousArray<UInt8>("abc".utf8)) == bytes)
    }

    @Test("two types of one name are two types")
    func sameNames() throws {
        enum First {
            struct Item: Codable, Equatable { var a = 1 }
        }
        enum Second {
            struct Item: Codable, Equatable { var a = "text" }
        }
        struct Both: Codable, Equatable {
            var first = First.Item()
            var second = Second.Item()
        }
        #expect(try sent(Both()) == Both())
    }

    @Test("a type that had another Go type is refused, and the encoder stays good")
    func otherType() throws {
        let values = [
            Coded.Either.number(1), .point(Coded.Point(x: 1)), .list([1]), .list([]),
        ]
        for first in values.indices {
            let encoder = GobEncoder()
            let bytes = try encoder.encode(values[first])
            for second in values.indices where min(first, 2) != min(second, 2) {
                #expect(throws: EncodingError.self) { try encoder.encode(values[second]) }
                #expect(throws: EncodingError.self) {
                    try encoder.encode([values[first], values[second]])
                }
            }
            #expect(try encoder.encode(values[first]) == bytes)
            #expect(try encoder.encode(5) == GobEncoder().encode(5))
        }
    }

    @Test("a field that was an Int cannot be a String later")
    func otherField() throws {
        struct Loose: Encodable {
            let value: any Encodable & Sendable

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Coded.Point.CodingKeys.self)
                try container.encode(value, forKey: .x)
            }
        }
        let encoder = GobEncoder()
        _ = try encoder.encode(Loose(value: 1))
        let error = #expect(throws: EncodingError.self) { try encoder.encode([Loose(value: "s")]) }
        let context = try context(of: error)
        #expect(context.codingPath.map(\.stringValue) == ["0", "X"])
        #expect(context.debugDescription.contains("one type"))
    }

    static let refused: [(any Encodable & Sendable, path: String)] = [
        ([1, nil] as [Int?], "1"),
        ([Coded.Point(), nil], "1"),
        (["a": nil] as [String: Int?], "a"),
        (["a": [nil]] as [String: [Coded.Point?]], "a.0"),
        ([1: nil] as [Int: Coded.Point?], "1"),
        (Nil(), ""),
        (Mixed(), "1"),
        (Both(), ""),
        (Int128(1), ""),
    ]

    /// A nil as a value of its own.
    struct Nil: Encodable {
        func encode(to encoder: any Encoder) throws {
            _ = encoder.singleValueContainer()
        }
    }

    /// A list of two kinds.
    struct Mixed: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(1)
            try container.encode("one")
        }
    }

    /// A list and a struct.
    struct Both: Encodable {
        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(1)
            var keyed = encoder.container(keyedBy: Coded.Point.CodingKeys.self)
            try keyed.encode(1, forKey: .x)
        }
    }

    @Test("what has no Go type is refused", arguments: refused.indices)
    func refusal(_ index: Int) throws {
        let (value, path) = Self.refused[index]
        let error = #expect(throws: EncodingError.self) { try GobEncoder().encode(value) }
        let found = try context(of: error).codingPath.map(\.stringValue).joined(separator: ".")
        #expect(found == path)
    }

    @Test("nil on its own is nothing to send")
    func topNil() {
        #expect(throws: (any Error).self) { try GobEncoder().encode(Int?.none) }
        #expect(throws: (any Error).self) { try GobEncoder().encode(Coded.Point?.none) }
    }

    @Test("one encoder serves many tasks")
    func tasks() async throws {
        let encoder = GobEncoder()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let options = index.isMultiple(of: 2) ? Coded.Options.full : Coded.Options()
                    let bytes = try encoder.encode(options)
                    let shape = try encoder.encode(Coded.Shape.circle(radius: Double(index)))
                    return try GobDecoder().decode(Coded.Options.self, from: bytes) == options
                        && GobDecoder().decode(Coded.Shape.self, from: shape)
                            == .circle(radius: Double(index))
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }
}

/// Where an error happened, and why.
private func context(of error: EncodingError?) throws -> EncodingError.Context {
    guard case .invalidValue(_, let context) = try #require(error) else {
        throw GobError(.nothingToSend)
    }
    return context
}
