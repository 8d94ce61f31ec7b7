import Foundation
import Gob

/// `Codable` types for the Go types of the golden vectors; their names have a capital letter.
enum Coded {
    struct Point: Codable, Hashable {
        var x = 0
        var y = 0

        enum CodingKeys: String, CodingKey {
            case x = "X"
            case y = "Y"
        }
    }

    struct Base: Codable, Equatable {
        var id = 0

        enum CodingKeys: String, CodingKey {
            case id = "ID"
        }
    }

    struct Embedder: Codable, Equatable {
        var base = Base()
        var name = ""

        enum CodingKeys: String, CodingKey {
            case base = "Base"
            case name = "Name"
        }
    }

    /// The article's type.
    struct ComplexData: Codable, Equatable {
        var n = 0
        var s = ""
        var m: [String: Int]?
        var p: [UInt8]?
        var c = GobPointer<ComplexData>()

        enum CodingKeys: String, CodingKey {
            case n = "N"
            case s = "S"
            case m = "M"
            case p = "P"
            case c = "C"
        }

        static let example = ComplexData(
            n: 23,
            s: "string data",
            m: ["one": 1, "two": 2, "three": 3],
            p: Array("abc".utf8),
            c: GobPointer(
                ComplexData(
                    n: 256,
                    s: "Recursive structs? Piece of cake!",
                    m: ["01": 1, "10": 2, "11": 3],
                )
            ),
        )
    }

    /// A struct that holds itself by being a class.
    final class List: Codable, Equatable, Sendable {
        let v: Int
        let next: List?

        enum CodingKeys: String, CodingKey {
            case v = "V"
            case next = "Next"
        }

        init(_ v: Int, _ next: List? = nil) {
            self.v = v
            self.next = next
        }

        static func == (left: List, right: List) -> Bool {
            left.v == right.v && left.next == right.next
        }
    }

    /// The field `C` of the article's type, which asks for its decoder without a limit on depth.
    final class Link: Codable {
        let c: Link?

        enum CodingKeys: String, CodingKey {
            case c = "C"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let isLast = try container.decodeNil(forKey: .c)
            c = isLast ? nil : try Link(from: container.superDecoder(forKey: .c))
        }
    }

    struct Tree: Codable, Equatable {
        var v = ""
        var kids: [Tree] = []

        enum CodingKeys: String, CodingKey {
            case v = "V"
            case kids = "Kids"
        }
    }

    /// A struct with a field `V`, of an interface.
    struct AnyField<Value: Codable & Sendable & Equatable>: Codable, Equatable {
        var v: Value?

        enum CodingKeys: String, CodingKey {
            case v = "V"
        }
    }

    struct Holder<Value: Codable & Sendable & Equatable>: Codable, Equatable {
        var h: Value

        enum CodingKeys: String, CodingKey {
            case h = "H"
        }
    }

    enum Color: String, Codable, CodingKeyRepresentable {
        case red, green
    }

    enum Level: Int, Codable, CodingKeyRepresentable {
        case low = 1
        case high = 10
    }

    /// An enum with payloads, which Swift encodes as a struct of one field.
    enum Shape: Codable, Equatable {
        case nothing
        case circle(radius: Double)
        case label(String)
    }

    /// An int in one case, a struct in the other.
    enum Either: Encodable {
        case number(Int)
        case point(Point)
        case list([Int])

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .number(let number):
                var container = encoder.singleValueContainer()
                try container.encode(number)
            case .point(let point):
                var container = encoder.container(keyedBy: Point.CodingKeys.self)
                try container.encode(point.x, forKey: .x)
            case .list(let numbers):
                var container = encoder.unkeyedContainer()
                try container.encode(contentsOf: numbers)
            }
        }
    }

    /// Many kinds of fields, all of them optional.
    struct Options: Codable, Equatable {
        var point: Point?
        var points: [Point]?
        var color: Color?
        var shapes: [String: [Shape]]?
        var set: Set<Int>?
        var text: String?
        var data: Data?

        static let full = Options(
            point: Point(x: 1, y: 2),
            points: [Point(x: 3), Point()],
            color: .green,
            shapes: ["a": [.circle(radius: 2), .nothing, .label("l")]],
            set: [7],
            text: "t",
            data: Data([1, 2]),
        )
    }

    struct FoundationValues: Codable, Equatable {
        var url: URL
        var date: Date
        var id: UUID
        var data: Data
    }
}

extension GoTime: Codable {
    init(from decoder: any Decoder) throws {
        throw DecodingError.valueNotFound(
            Self.self,
            .init(codingPath: decoder.codingPath, debugDescription: "no bytes of a time"),
        )
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(gobBytes)
    }
}
