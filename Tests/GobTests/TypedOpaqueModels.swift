import Gob

// Swift types for Go types that write themselves, and for what is in interfaces.

/// Writes `n=42`.
struct Gobbed: GobOpaque, Hashable {
    var n = 0
    static let gobName = "gobbed"
    static let gobZero = Gobbed()

    init(n: Int = 0) {
        self.n = n
    }

    init?(gobBytes: [UInt8]) {
        guard let n = Int(String(decoding: gobBytes.dropFirst(2), as: UTF8.self)),
            gobBytes.starts(with: "n=".utf8)
        else { return nil }
        self.n = n
    }

    var gobBytes: [UInt8] { Array("n=\(n)".utf8) }
}

struct Holder: GobStructure, Equatable {
    var g = Gobbed()
    static let gobName = "holder"
    static let gobFields: [Field] = [Field("G", \.g)]
}

/// A `BinaryMarshaler` of two bytes.
struct BinMarsh: GobOpaque, Hashable {
    var n: UInt16 = 0
    static let gobName = "binMarsh"
    static let gobEncoding = OpaqueEncoding.binary
    static let gobZero = BinMarsh()

    init(n: UInt16 = 0) {
        self.n = n
    }

    init?(gobBytes: [UInt8]) {
        guard gobBytes.count == 2 else { return nil }
        n = UInt16(gobBytes[0]) << 8 | UInt16(gobBytes[1])
    }

    var gobBytes: [UInt8] { [UInt8(n >> 8), UInt8(n & 0xFF)] }
}

/// Go's `time.Time`: seconds since the year 1, nanoseconds, and the offset from UTC in minutes, -1
/// for UTC itself (time.go, `MarshalBinary`).
struct GoTime: GobOpaque, Hashable {
    var seconds: Int64 = 0
    var nanoseconds: UInt32 = 0
    var offset: Int16 = -1
    static let gobName = "Time"
    static let gobZero = GoTime()

    /// 1970-01-01T00:00:00Z.
    static let unixEpoch: Int64 = 62_135_596_800

    init(seconds: Int64 = 0, nanoseconds: UInt32 = 0, offset: Int16 = -1) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        self.offset = offset
    }

    init?(gobBytes: [UInt8]) {
        guard gobBytes.count == 15, gobBytes[0] == 1 else { return nil }
        seconds = Int64(truncatingIfNeeded: Self.number(gobBytes[1..<9]))
        nanoseconds = UInt32(truncatingIfNeeded: Self.number(gobBytes[9..<13]))
        offset = Int16(truncatingIfNeeded: Self.number(gobBytes[13..<15]))
    }

    var gobBytes: [UInt8] {
        [1] + Self.bytes(seconds) + Self.bytes(nanoseconds) + Self.bytes(offset)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: number >> Number($0))
        }
    }
}

struct AnyField: GobStructure, Equatable {
    var v: GobAny?
    static let gobName = "anyField"
    static let gobFields: [Field] = [Field("V", \.v)]
}

struct Nested: GobStructure, Equatable {
    var value: GobAny?
    static let gobName = "nested"
    static let gobFields: [Field] = [Field("In", \.value)]
}

struct Person: GobStructure, Equatable {
    var id = 0
    var name = ""
    var score = 0.0
    var tags: [String] = []
    static let gobName = "person"
    static let gobFields: [Field] = [
        Field("ID", \.id), Field("Name", \.name), Field("Score", \.score), Field("Tags", \.tags),
    ]
}

struct Shaped: GobStructure, Equatable {
    var name = ""
    var s: GobAny?
    static let gobName = "shaped"
    static let gobFields: [Field] = [Field("Name", \.name), Field("S", \.s)]
}

struct Square: GobStructure, Equatable {
    var side = 0.0
    static let gobName = "square"
    static let gobFields: [Field] = [Field("Side", \.side)]
}

struct Circle: GobStructure, Equatable {
    var r = 0.0
    static let gobName = "circle"
    static let gobFields: [Field] = [Field("R", \.r)]
}

/// A struct without fields.
struct Empty: GobStructure, Hashable {
    static let gobFields: [Field] = []
}
