import Foundation
import Gob

/// The article's struct.
struct ComplexData: GobStructure, Codable, Sendable {
    var n = 0
    var s = ""
    var m: [String: Int] = [:]
    var p: [UInt8] = []
    var c = GobPointer<ComplexData>()

    static let gobName = "complexData"
    static let gobFields: [Field] = [
        Field("N", \.n), Field("S", \.s), Field("M", \.m), Field("P", \.p), Field("C", \.c),
    ]

    enum CodingKeys: String, CodingKey {
        case n = "N"
        case s = "S"
        case m = "M"
        case p = "P"
        case c = "C"
    }
}

/// An element of the case `records`.
struct Record: GobStructure, Codable, Sendable {
    var id = 0
    var name = ""
    var score = 0.0
    var tags: [String] = []

    static let gobName = "record"
    static let gobFields: [Field] = [
        Field("ID", \.id), Field("Name", \.name), Field("Score", \.score), Field("Tags", \.tags),
    ]

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case name = "Name"
        case score = "Score"
        case tags = "Tags"
    }
}

/// The values of the cases, as the Go program has them; random ones are the same each time.
enum Sample {
    static let article = ComplexData(
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
        )
    )

    static func floats() -> [Double] {
        var random = Generator()
        return (0..<Case.floats.elementCount).map { _ in random.normal() }
    }

    static func strings() -> [String] {
        (0..<Case.strings.elementCount).map { "string number \($0)" }
    }

    static func records() -> [Record] {
        var random = Generator()
        let tags = ["red", "green", "blue"]
        return (0..<Case.records.elementCount).map { number in
            Record(
                id: number,
                name: "name-\(number)",
                score: Double.random(in: 0..<100, using: &random),
                tags: Array(tags.prefix(number % 4))
            )
        }
    }

    static func map() -> [String: Int] {
        let pairs = (0..<Case.map.elementCount).map { ("key-\($0)", $0) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    static func bytes() -> [UInt8] {
        var random = Generator()
        return (0..<Case.bytes.elementCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
}

/// A generator of numbers that begins the same each time (SplitMix64).
struct Generator: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number of the normal distribution (Box and Muller).
    mutating func normal() -> Double {
        let radius = (-2 * log(Double.random(in: .ulpOfOne..<1, using: &self))).squareRoot()
        return radius * cos(Double.random(in: 0..<(2 * .pi), using: &self))
    }
}
