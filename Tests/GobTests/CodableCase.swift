import Gob
import Testing

/// A golden vector and what its stream is as `Codable` values.
struct CodableCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether Go writes these values in one way only, which is then ours.
    let isExact: Bool
    /// Whether the stream is the values.
    let receives: @Sendable (_ bytes: [UInt8]) throws -> Bool
    let receivesByMessage: @Sendable (_ bytes: [UInt8]) throws -> Bool
    /// The values as a sender sends them.
    let sends: @Sendable () throws -> [UInt8]

    var testDescription: String { name }

    init<Value: Codable & Equatable & Sendable>(
        _ name: String,
        _ values: Value...,
        isExact: Bool = true,
    ) {
        self.name = name
        self.isExact = isExact
        receives = { bytes in
            var decoder = GobStreamDecoder()
            var position = 0
            var received: [Value] = []
            while let value = try decoder.next(codable: Value.self, in: bytes, at: &position) {
                received.append(value)
            }
            return received == values
        }
        receivesByMessage = { bytes in
            var decoder = GobStreamDecoder()
            var received: [Value] = []
            for frame in frames(of: bytes) {
                guard let value = try decoder.receive(frame, codable: Value.self) else { continue }
                received.append(value)
            }
            return received == values
        }
        sends = {
            let learnt = GobEncoder()
            var encoder = GobStreamEncoder(cache: learnt.cache)
            return try values.flatMap { try encoder.encode(codable: $0, with: learnt) }
        }
    }

    static let all: [CodableCase] = [
        CodableCase("bool/true", true),
        CodableCase("int/-129", -129),
        CodableCase("int16/max", Int16.max),
        CodableCase("int32/min", Int32.min),
        CodableCase("uint64/max", UInt64.max),
        CodableCase("uint8/255", UInt8.max),
        CodableCase("string/empty", ""),
        CodableCase("string/utf8", "héllo, 世界 🌍"),
        CodableCase("bytes/abc", Array("abc".utf8)),
        CodableCase("struct/zero", Coded.Point()),
        CodableCase("struct/both", Coded.Point(x: 22, y: 33)),
        CodableCase("struct/embedded", Coded.Embedder(base: Coded.Base(id: 7), name: "n")),
        CodableCase("pointer/int", 42),
        CodableCase("recursive/article", Coded.ComplexData.example, isExact: false),
        CodableCase("recursive/list", Coded.List(1, Coded.List(2, Coded.List(3)))),
        CodableCase("slice/nil", [Int]()),
        CodableCase("slice/bools", [true, false, true]),
        CodableCase("slice/floats", [0, 1, -1, 0.1, 1e300]),
        CodableCase("slice/float32s", [Float](arrayLiteral: 0, 0.5, 0.1)),
        CodableCase("slice/uint8", [1, 2] as [UInt8]),
        CodableCase("slice/int8", [1, -2] as [Int8]),
        CodableCase("slice/structs", [Coded.Point(x: 1, y: 2), Coded.Point(), Coded.Point(y: 3)]),
        CodableCase("slice/slices", [[1], [], [], [2, 3]]),
        CodableCase("slice/slices3", [[["a"], []], []]),
        CodableCase("slice/bytes", [Array("a".utf8), [], Array("bc".utf8)]),
        CodableCase("slice/maps", [["a": 1], [:], [:]]),
        CodableCase("slice/arrays", [[1, 2], [3, 4]], isExact: false),
        CodableCase("array/ints", [1, 0, -1], isExact: false),
        CodableCase("array/bytes", [0, 1, 127, 128, 255] as [UInt8], isExact: false),
        CodableCase("array/structs", [Coded.Point(x: 1, y: 2), Coded.Point()], isExact: false),
        CodableCase("map/empty", [String: Int]()),
        CodableCase("map/zero-value", ["": 0]),
        CodableCase("map/bool", [false: "f", true: "t"], isExact: false),
        CodableCase("map/int", [-1: "a", 0: "b", 1 << 40: "c"], isExact: false),
        CodableCase("map/int8", [Int8(-128): Int8(127)]),
        CodableCase("map/uint8", [UInt8(255): UInt8(1)]),
        CodableCase(
            "map/struct-key",
            [Coded.Point(): "b", Coded.Point(x: 1, y: 2): "a"],
            isExact: false,
        ),
        CodableCase("map/array-key", [[1, 2]: "a"], isExact: false),
        CodableCase("map/pointer-value", ["p": Coded.Point(x: 1, y: 2)], isExact: false),
        CodableCase("map/slice-value", ["a": [1, 2], "b": []], isExact: false),
        CodableCase("map/map-value", ["a": ["x": 1], "b": [:]], isExact: false),
        CodableCase("map/bytes-value", [1: Array("a".utf8)]),
        CodableCase("interface/nil", Coded.AnyField<Int>(), isExact: false),
        CodableCase("interface/int", Coded.AnyField(v: 7), isExact: false),
        CodableCase("interface/uint64", Coded.AnyField(v: UInt64(1) << 63), isExact: false),
        CodableCase("interface/string", Coded.AnyField(v: "str"), isExact: false),
        CodableCase("interface/strings", Coded.AnyField(v: ["a"]), isExact: false),
        CodableCase("interface/floats", Coded.AnyField(v: [1.0]), isExact: false),
        CodableCase("interface/struct", Coded.AnyField(v: Coded.Point(x: 1, y: 2)), isExact: false),
        CodableCase("interface/time", Coded.AnyField(v: oneSecond), isExact: false),
        CodableCase("interface/top-int", 7, isExact: false),
        CodableCase("named/map", ["k": 1], isExact: false),
        CodableCase("time/unix0", GoTime(seconds: GoTime.unixEpoch)),
        CodableCase("stream/ints", 1, 2, -3),
        CodableCase(
            "stream/structs",
            Coded.Point(x: 1, y: 2),
            Coded.Point(),
            Coded.Point(x: 3, y: 4)
        ),
    ]

    private static let oneSecond = GoTime(seconds: GoTime.unixEpoch + 1)
}

/// The messages of a stream.
func frames(of bytes: [UInt8]) -> [[UInt8]] {
    var rest = bytes[...]
    var frames: [[UInt8]] = []
    while let size = try? GobFrame.size(Array(rest).span) {
        frames.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
    }
    return frames
}
