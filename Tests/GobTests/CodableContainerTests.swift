import Gob
import Testing

/// Types whose own code asks for containers, in both directions.
@Suite struct CodableContainerTests {
    private func sent<Value: Codable>(_ value: Value) throws -> Value {
        try GobDecoder().decode(Value.self, from: GobEncoder().encode(value))
    }

    /// Nested containers of each kind.
    struct Nesting: Codable, Equatable {
        var city = "Berlin"
        var zip = 10115
        var rows = [[1, 2], [3]]
        var points = [Coded.Point(x: 1), Coded.Point(y: 2)]

        enum CodingKeys: CodingKey { case address, rows, points }
        enum Address: CodingKey { case city, zip }

        init() {}

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let address = try container.nestedContainer(keyedBy: Address.self, forKey: .address)
            city = try address.decode(String.self, forKey: .city)
            zip = try address.decode(Int.self, forKey: .zip)
            rows = []
            var lists = try container.nestedUnkeyedContainer(forKey: .rows)
            while !lists.isAtEnd {
                var list = try lists.nestedUnkeyedContainer()
                var row: [Int] = []
                while !list.isAtEnd { row.append(try list.decode(Int.self)) }
                rows.append(row)
            }
            points = []
            var structs = try container.nestedUnkeyedContainer(forKey: .points)
            while !structs.isAtEnd {
                let point = try structs.nestedContainer(keyedBy: Coded.Point.CodingKeys.self)
                let (x, y) = try (
                    point.decode(Int.self, forKey: .x), point.decode(Int.self, forKey: .y)
                )
                points.append(Coded.Point(x: x, y: y))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            var address = container.nestedContainer(keyedBy: Address.self, forKey: .address)
            try address.encode(city, forKey: .city)
            var again = container.nestedContainer(keyedBy: Address.self, forKey: .address)
            try again.encode(zip, forKey: .zip)
            var lists = container.nestedUnkeyedContainer(forKey: .rows)
            for row in rows {
                var list = lists.nestedUnkeyedContainer()
                for number in row { try list.encode(number) }
            }
            var structs = container.nestedUnkeyedContainer(forKey: .points)
            for point in points {
                var fields = structs.nestedContainer(keyedBy: Coded.Point.CodingKeys.self)
                try fields.encode(point.x, forKey: .x)
                try fields.encode(point.y, forKey: .y)
            }
        }
    }

    @Test("nested containers come back, and one that is asked for twice is the same")
    func nesting() throws {
        #expect(try sent(Nesting()) == Nesting())
        let datum = try GobDatum(encoding: [Nesting(), Nesting()])
        #expect(try datum.decoded(as: [Nesting].self) == [Nesting(), Nesting()])
        var other = Nesting()
        other.rows = [[], [4]]
        other.points = []
        #expect(try sent([other, Nesting()]) == [other, Nesting()])
    }

    /// A struct in a container of its own for each element.
    struct Rows: Encodable {
        let count: Int

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            for index in 0..<count {
                var row = container.nestedContainer(keyedBy: Coded.Point.CodingKeys.self)
                try row.encode(index, forKey: .y)
            }
        }
    }

    @Test("many nested containers take no square of the time", .timeLimit(.minutes(5)))
    func manyNested() throws {
        let bytes = try GobEncoder().encode(Rows(count: 50_000))
        let points = try GobDecoder().decode([Coded.Point].self, from: bytes)
        #expect(points.map(\.y) == Array(0..<50_000))
    }

    class Animal: Codable {
        var name = ""

        init(_ name: String) { self.name = name }
    }

    final class Dog: Animal {
        var legs = 4

        enum CodingKeys: CodingKey { case legs }

        init(_ name: String, legs: Int) {
            self.legs = legs
            super.init(name)
        }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            legs = try container.decode(Int.self, forKey: .legs)
            try super.init(from: container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(legs, forKey: .legs)
            try super.encode(to: container.superEncoder())
        }
    }

    @Test("a class and the one above it come back")
    func inheritance() throws {
        let dog = try sent(Dog("Gopher", legs: 3))
        #expect(dog.name == "Gopher" && dog.legs == 3)
        let dogs = try sent([Dog("a", legs: 0), Dog("", legs: 1)])
        #expect(dogs.map(\.name) == ["a", ""] && dogs.map(\.legs) == [0, 1])
    }

    /// Fields that are sent only where they are not zero, or in another order.
    struct Sparse: Codable, Equatable {
        var a = 0, b = 0, c = 0

        enum CodingKeys: CodingKey { case a, b, c }

        init(_ a: Int, _ b: Int, _ c: Int) { (self.a, self.b, self.c) = (a, b, c) }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let again = try decoder.container(keyedBy: CodingKeys.self)
            c = try again.decode(Int.self, forKey: .c)
            a = try container.decode(Int.self, forKey: .a)
            b = try again.decode(Int.self, forKey: .b)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            if c != 0 { try container.encode(c, forKey: .c) }
            var again = encoder.container(keyedBy: CodingKeys.self)
            if a != 0 { try again.encode(a, forKey: .a) }
            if b == 0 {
                try container.encodeNil(forKey: .b)
            } else {
                try again.encode(b, forKey: .b)
            }
        }
    }

    @Test("fields may be left out and come in any order")
    func sparse() throws {
        let values = [Sparse(1, 0, 0), Sparse(0, 2, 0), Sparse(0, 0, 3), Sparse(1, 2, 3)]
        #expect(try sent(values) == values)
        #expect(try sent(values.reversed() as [Sparse]) == values.reversed())
        #expect(try sent([Sparse(0, 0, 0)]) == [Sparse(0, 0, 0)])
    }

    @Test("a struct without fields comes back")
    func noFields() throws {
        struct Nothing: Codable, Equatable {}
        struct Holder: Codable, Equatable {
            var nothing = Nothing()
            var number = 1
        }
        #expect(try sent(Holder()) == Holder())
        #expect(try sent([Nothing(), Nothing()]) == [Nothing(), Nothing()])
    }

    @Test("a list has no element after its last")
    func pastEnd() throws {
        struct Three: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                for _ in 0..<3 { _ = try container.decode(Int.self) }
            }
        }
        let bytes = try GobEncoder().encode([1, 2])
        let error = #expect(throws: DecodingError.self) {
            try GobDecoder().decode(Three.self, from: bytes)
        }
        #expect(try context(of: error).debugDescription == "the list has no more elements")
    }
}
