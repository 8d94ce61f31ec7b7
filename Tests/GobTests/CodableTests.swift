import Foundation
import Gob
import Testing

/// What Go wrote, as `Codable` types; and what does not go into them.
@Suite struct CodableTests {
    @Test("a golden stream becomes the values", arguments: CodableCase.all)
    func golden(_ vector: CodableCase) throws {
        let bytes = try Vector.named(vector.name).bytes
        #expect(try vector.receives(bytes))
        #expect(try vector.receivesByMessage(bytes))
    }

    @Test("values become the bytes of Go", arguments: CodableCase.all.filter(\.isExact))
    func exact(_ vector: CodableCase) throws {
        let golden = try Vector.named(vector.name)
        let (ours, goes) = (try vector.sends().hex, golden.hexWithCapitals)
        #expect(ours == goes)
    }

    @Test("what was sent comes back", arguments: CodableCase.all)
    func roundTrip(_ vector: CodableCase) throws {
        #expect(try vector.receives(vector.sends()))
    }

    @Test("Go's bytes are Foundation's Data, too")
    func data() throws {
        let bytes = try Vector.named("bytes/abc").bytes
        #expect(try GobDecoder().decode(Data.self, from: bytes) == Data("abc".utf8))
    }

    @Test("what is only in the gob is passed over, and what is not in it is zero or nil")
    func fields() throws {
        struct Other: Decodable, Equatable {
            var x: Int
            var z: Int
            var text: String
            var list: [Int]
            var map: [Int: String]
            var point: Coded.Point
            var level: Coded.Point?

            enum CodingKeys: String, CodingKey {
                case x = "X"
                case z, text, list, map, point, level
            }
        }
        let other = try GobDecoder().decode(Other.self, from: Vector.named("struct/both").bytes)
        #expect(other.x == 22)
        #expect(other.z == 0 && other.text.isEmpty && other.list.isEmpty && other.map.isEmpty)
        #expect(other.point == Coded.Point() && other.level == nil)
    }

    static let mismatches: [Mismatch] = [
        Mismatch("complex128/1+2i", as: Double.self, "", "complex128"),
        Mismatch("complex128/1+2i", as: [Double].self, "", "complex128"),
        Mismatch("string/ascii", as: Int.self, "", "string"),
        Mismatch("uint8/255", as: Int.self, "", "uint"),
        Mismatch("int/2", as: UInt.self, "", "int"),
        Mismatch("int/2", as: Double.self, "", "int"),
        Mismatch("int/2", as: Coded.Point.self, "", "int"),
        Mismatch("struct/both", as: [Int].self, "", "point"),
        Mismatch("struct/embedded", as: Wrong.self, "Base.ID", "int"),
        Mismatch("slice/slices", as: [[String]].self, "0.0", "int"),
        Mismatch("map/map-value", as: [String: [String: String]].self, nil, "int"),
        Mismatch("map/bool", as: [String: String].self, "", "map[bool]string"),
        Mismatch("int/256", as: Int8.self, "", "256 is out of the range of Int8"),
        Mismatch("int/-128", as: UInt8.self, "", "int"),
        Mismatch("uint64/max", as: UInt32.self, "", "out of the range of UInt32"),
        Mismatch("slice/floats", as: [Float].self, "4", "1e+300 is out of the range of Float"),
        Mismatch("int/2", as: Int128.self, "", "Int128"),
    ]

    struct Wrong: Decodable {
        let base: Inner

        struct Inner: Decodable {
            let id: String

            enum CodingKeys: String, CodingKey {
                case id = "ID"
            }
        }

        enum CodingKeys: String, CodingKey {
            case base = "Base"
        }
    }

    @Test("what does not fit is an error that says where and why", arguments: mismatches)
    func mismatch(_ mismatch: Mismatch) throws {
        let found = try mismatch.decode(Vector.named(mismatch.name).bytes)
        let context = try #require(found)
        if let path = mismatch.path {
            #expect(context.codingPath.map(\.stringValue).joined(separator: ".") == path)
        }
        #expect(context.debugDescription.contains(mismatch.why))
    }

    @Test("a string that is not UTF-8 is an error, and so is such a key")
    func notUTF8() throws {
        let text = GobDatum(
            schema: GobSchema(),
            type: TypeIndex(.string),
            value: .invalidString([0xFF]),
        )
        let why = #expect(throws: DecodingError.self) { try text.decoded(as: String.self) }
        #expect(try context(of: why).debugDescription == "a string that is not UTF-8")

        var schema = GobSchema()
        let map = schema.add(.map(key: TypeIndex(.string), value: TypeIndex(.int)), name: "")
        let value = GobValue.map([.invalidString([0xFF]), .int(1), .string("a"), .int(2)])
        let datum = GobDatum(schema: schema, type: map, value: value)
        let keyFault = #expect(throws: DecodingError.self) {
            try datum.decoded(as: [String: Int].self)
        }
        #expect(try context(of: keyFault).debugDescription.contains("not UTF-8"))
    }

    @Test("an unsigned key that is no Int does not stand for a name")
    func greatKey() throws {
        var schema = GobSchema()
        let map = schema.add(.map(key: TypeIndex(.uint), value: TypeIndex(.int)), name: "")
        let value = GobValue.map([.uint(.max), .int(1)])
        let datum = GobDatum(schema: schema, type: map, value: value)
        #expect(throws: DecodingError.self) { try datum.decoded(as: Coded.Point.self) }
        #expect(try datum.decoded(as: [UInt: Int].self) == [.max: 1])
    }

    @Test("userInfo reaches the types")
    func userInfo() throws {
        struct Asking: Codable {
            static let key = CodingUserInfoKey(rawValue: "who")
            var who: String

            init(who: String = "") { self.who = who }

            init(from decoder: any Decoder) throws {
                who = Self.key.flatMap { decoder.userInfo[$0] as? String } ?? ""
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(Self.key.flatMap { encoder.userInfo[$0] as? String } ?? "")
            }
        }
        let key = try #require(Asking.key)
        let bytes = try GobEncoder(userInfo: [key: "Go"]).encode([Asking()])
        #expect(try GobDecoder().decode([String].self, from: bytes) == ["Go"])
        var decoder = GobDecoder()
        decoder.userInfo[key] = "Swift"
        #expect(try decoder.decode([Asking].self, from: bytes).map(\.who) == ["Swift"])
    }
}

/// A golden vector that does not go into a type.
struct Mismatch: Sendable, CustomTestStringConvertible {
    let name: String
    /// Where; `nil` where that is not known beforehand.
    let path: String?
    /// A part of the sentence.
    let why: String
    let decode: @Sendable ([UInt8]) throws -> DecodingError.Context?

    var testDescription: String { "\(name) \(why)" }

    init<Value: Decodable & SendableMetatype>(
        _ name: String,
        as type: Value.Type,
        _ path: String?,
        _ why: String
    ) {
        self.name = name
        self.path = path
        self.why = why
        decode = { bytes in
            do {
                _ = try GobDecoder().decode(Value.self, from: bytes)
                return nil
            } catch let error as DecodingError {
                return try context(of: error)
            }
        }
    }
}

/// Where an error happened, and why.
func context(of error: DecodingError?) throws -> DecodingError.Context {
    switch try #require(error) {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        return context
    @unknown default:
        throw GobError(.nothingToSend)
    }
}

extension Vector {
    /// The stream as it is where the names of the declared types have a capital letter.
    fileprivate var hexWithCapitals: String {
        declarations.reduce(hex) { hex, declaration in
            let name = declaration.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let capital = name.prefix(1).uppercased() + name.dropFirst()
            return hex.replacing(Array(name.utf8).hex, with: Array(capital.utf8).hex)
        }
    }
}
