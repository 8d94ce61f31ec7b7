import Gob
import Testing

/// Depth, and work that must not grow with the square of what is sent.
@Suite struct CodableLimitTests {
    static let deep: [@Sendable (GobDatum) throws -> Void] = [
        { _ = try $0.decoded(as: Coded.ComplexData.self) },
        { _ = try $0.decoded(as: Coded.Link.self) },
    ]

    @Test("a gob that is too deep for the stack is an error", arguments: deep.indices)
    func depth(_ index: Int) throws {
        let bytes = try encode(Article.chain(length: 10_000))
        let datum = try #require(try decodeAll(bytes).first)
        let error = #expect(throws: DecodingError.self) { try Self.deep[index](datum) }
        #expect(try context(of: error).debugDescription.contains("nesting depth"))
        try Self.deep[index](Article.chain(length: 400))
    }

    @Test("a value that is too deep is not encoded")
    func depthOut() throws {
        let list = (0..<10_000).reduce(nil as Coded.List?) { Coded.List($1, $0) }
        let error = #expect(throws: EncodingError.self) { try GobEncoder().encode(list) }
        guard case .invalidValue(_, let context)? = error else { return }
        #expect(context.debugDescription.contains("nesting depth"))
    }

    @Test("a map's entries are found in any order", .timeLimit(.minutes(5)))
    func randomOrder() throws {
        struct Backwards: Decodable {
            struct Key: CodingKey {
                let stringValue: String
                var intValue: Int? { nil }

                init(stringValue: String) { self.stringValue = stringValue }

                init?(intValue: Int) { nil }
            }
            var sum = 0

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                for key in container.allKeys.reversed() {
                    sum += try container.decode(Coded.Point.self, forKey: key).x
                }
                for key in 0..<10_000 where container.contains(Key(stringValue: "no\(key)")) {
                    sum += 1
                }
            }
        }
        let map = Dictionary(
            uniqueKeysWithValues: (0..<30_000).map { ("\($0)", Coded.Point(x: 1)) }
        )
        let bytes = try GobEncoder().encode(map)
        #expect(try GobDecoder().decode([String: Coded.Point].self, from: bytes) == map)
        #expect(try GobDecoder().decode(Backwards.self, from: bytes).sum == map.count)
    }

    @Test("a struct of a thousand fields is found in any order", .timeLimit(.minutes(5)))
    func manyFields() throws {
        struct Wide: Codable {
            struct Key: CodingKey {
                let stringValue: String
                var intValue: Int? { nil }

                init(_ index: Int) { stringValue = "field\(index)" }

                init?(stringValue: String) { self.stringValue = stringValue }

                init?(intValue: Int) { nil }
            }
            static let order = (0..<1_000).map { $0 * 617 % 1_000 }
            var sum = 0

            init() {}

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                for index in Self.order {
                    sum += try container.decode(Int.self, forKey: Key(index))
                }
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                for index in 0..<1_000 { try container.encode(index, forKey: Key(index)) }
            }
        }
        let bytes = try GobEncoder().encode([Wide](repeating: Wide(), count: 20))
        let sums = try GobDecoder().decode([Wide].self, from: bytes).map(\.sum)
        #expect(sums == [Int](repeating: 499_500, count: 20))
    }

    static let hugeCounts = [[1 << 40], [1 << 20, 1 << 20]]

    @Test("arrays that were left out are not made of zeros without a limit", arguments: hugeCounts)
    func hugeArray(_ counts: [Int]) throws {
        var schema = GobSchema()
        let array = counts.reduce(TypeIndex(.int)) {
            schema.add(.array(element: $0, count: $1), name: "")
        }
        let type = schema.add(.structure([GobField("H", array)]), name: "Holder")
        let datum = GobDatum(schema: schema, type: type, value: .structure([]))
        let error = #expect(throws: DecodingError.self) {
            _ =
                counts.count == 1
                ? try datum.decoded(as: Coded.Holder<[Int]>.self).h.count
                : try datum.decoded(as: Coded.Holder<[[Int]]>.self).h.count
        }
        #expect(try context(of: error).debugDescription.contains("too long"))
    }
}
