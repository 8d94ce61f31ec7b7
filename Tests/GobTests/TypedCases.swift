import Foundation
import Gob
import GobJSON

extension TypedCase {
    /// Every golden vector that a Swift type stands for.
    static let all = scalars + structs + recursive + slices + arrays + maps + interfaces + opaque

    /// The scalars, as many as there are, with the values that Go shows.
    private static let scalars: [TypedCase] =
        of("bool", Bool.init(json:)) + of("int", Int.init(json:)) + of("int8", Int8.init(json:))
        + of("int16", Int16.init(json:)) + of("int32", Int32.init(json:))
        + of("uint", UInt.init(json:)) + of("uint8", UInt8.init(json:))
        + of("uint64", UInt64.init(json:)) + of("uintptr", UInt.init(json:))
        + of("string", \.text) + of("string") { GobString($0.text) }
        + of("[]uint8", [UInt8].init(json:)) + of("float32", Float.init(json:))
        + Vector.all.filter { $0.types == ["float64"] }.map { vector in
            // A NaN is not equal to itself, and JSON does not say which one it is.
            let value = vector.json.compactMap { Double(json: $0) }
            let isExact = !vector.name.hasPrefix("float64/nan")
            return TypedCase(vector.name, value, isExact: isExact) {
                $0 == $1 || $0.isNaN && $1.isNaN
            }
        } + [
            TypedCase("complex128/1+2i", GobComplex(real: 1.0, imaginary: 2)),
            TypedCase("complex128/zero", GobComplex<Double>()),
            TypedCase(
                sameBytes: "complex128/nonfinite",
                GobComplex(
                    real: -Double.infinity,
                    imaginary: Double(bitPattern: 0x7FF8_0000_0000_0001)
                )
            ),
            TypedCase("complex64", GobComplex<Float>(real: 0.5, imaginary: -0.25)),
            TypedCase("pointer/int", Int?.some(42)),
            TypedCase("pointer/int", Int??.some(42)),
            TypedCase("pointer/int", GobPointer(42)),
            TypedCase("named/int", 5),
            TypedCase("named/bytes", [UInt8]("b\u{6}".utf8.prefix(1))),
            TypedCase("stream/ints", 1, 2, -3),
        ]

    private static let structs: [TypedCase] = [
        TypedCase("struct/zero", Point()),
        TypedCase("struct/both", Point(x: 22, y: 33)),
        TypedCase("struct/both", GobPointer(Point(x: 22, y: 33))),
        TypedCase("struct/gaps", Gaps(b: 1, e: 2, h: 3)),
        TypedCase("struct/unexported", SomeKind(a: 1, c: "c")),
        TypedCase("struct/anonymous", Anonymous(a: 1, b: "x")),
        TypedCase("struct/scalars-zero", Scalars()),
        TypedCase(
            "struct/scalars",
            Scalars(
                b: true,
                i: -1,
                i8: -8,
                i16: -16,
                i32: -32,
                i64: -64,
                u: 1,
                u8: 8,
                u16: 16,
                u32: 32,
                u64: 64,
                ptr: 99,
                f32: 1.5,
                f64: 2.5,
                c64: GobComplex(real: 1, imaginary: 2),
                c128: GobComplex(real: 3, imaginary: -4),
                s: "s",
                raw: [0, 255]
            )
        ),
        TypedCase("struct/embedded", Embedder(base: Base(id: 7), name: "n")),
        TypedCase("struct/embedded-pointer", EmbedderPtr(base: Base(id: 7), name: "n")),
        TypedCase("struct/embedded-pointer-nil", EmbedderPtr(name: "n")),
        TypedCase("struct/embedded-alias", Derived(alias: Base(id: 5))),
        TypedCase(
            sameBytes: "struct/byte-array-field",
            Holding<InlineArray<4, UInt8>>([1, 2, 254, 255])
        ),
        TypedCase(sameBytes: "struct/byte-array-zero", Holding<InlineArray<4, UInt8>>()),
        TypedCase(
            "pointer/fields",
            Pointers(
                i: 1,
                ii: 2,
                s: "s",
                p: Point(x: 3, y: 4),
                pp: Point(x: 5, y: 6),
                b: [0x62],
                m: ["k": 1]
            )
        ),
        TypedCase(
            "pointer/to-zero",
            Pointers(i: 0, s: "", p: Point()),
            received: [Pointers(p: Point())]
        ),
        TypedCase(
            "stream/structs",
            Point(x: 1, y: 2),
            Point(),
            Point(x: 3, y: 4)
        ),
        TypedCase("ids/three-bytes", Embedder(base: Base(id: 1), name: "n"), isExact: false),
        TypedCase(
            "stream/100",
            (0..<100).map { Person(id: $0, name: "p\($0)", score: Double($0) / 4, tags: ["t"]) },
            equals: ==
        ),
    ]

    private static let recursive: [TypedCase] = [
        TypedCase("recursive/article", .example, as: ComplexData.self, isExact: false),
        TypedCase("ids/two-bytes", .example, as: ComplexData.self, isExact: false),
        TypedCase("recursive/article-zero", ComplexData()),
        TypedCase("recursive/article-deep", ComplexData.chain(length: 4)),
        TypedCase(
            "recursive/article-empty-not-nil",
            ComplexData(m: [:], c: GobPointer(ComplexData()))
        ),
        TypedCase(
            "recursive/list",
            List(v: 1, next: GobPointer(List(v: 2, next: GobPointer(List(v: 3)))))
        ),
        TypedCase(
            "recursive/tree",
            Tree(v: "root", kids: [Tree(v: "a"), Tree(v: "b", kids: [Tree(v: "c")])])
        ),
        TypedCase(
            "recursive/tree-map",
            TreeMap(kids: ["a": GobPointer(TreeMap(kids: ["b": GobPointer(TreeMap())]))])
        ),
        TypedCase(
            "recursive/mutual",
            EvenNode(odd: GobPointer(OddNode(v: 1, even: GobPointer(EvenNode(v: 2)))))
        ),
    ]

    private static let slices: [TypedCase] = [
        TypedCase("slice/nil", [Int]()),
        TypedCase("slice/bools", [true, false, true]),
        TypedCase("slice/floats", [0, 1, -1, 0.1, 1e300]),
        TypedCase("slice/float32s", [0, 0.5, 0.1] as [Float]),
        TypedCase(
            "slice/complex",
            [GobComplex(real: 0.0, imaginary: 1), GobComplex(real: 2, imaginary: 0)]
        ),
        TypedCase("slice/uint8", [1, 2] as [UInt8]),
        TypedCase("slice/int8", [1, -2] as [Int8]),
        TypedCase("slice/structs", [Point(x: 1, y: 2), Point(), Point(y: 3)]),
        TypedCase("slice/slices", [[1], [], [], [2, 3]]),
        TypedCase("slice/slices3", [[["a"], []], []]),
        TypedCase("slice/bytes", ["a", "", "bc"].map { Array($0.utf8) }),
        TypedCase("slice/maps", [["a": 1], [:], [:]]),
        TypedCase(sameBytes: "slice/arrays", [[1, 2], [3, 4]] as [InlineArray<2, Int>]),
        TypedCase("slice/len-200", [Int](repeating: 0, count: 200)),
        TypedCase("named/slice", [Point(x: 1, y: 2)], isExact: false),
    ]

    private static let arrays: [TypedCase] = [
        TypedCase(sameBytes: "array/ints", [1, 0, -1] as InlineArray<3, Int>),
        TypedCase(sameBytes: "array/zero", [0, 0, 0] as InlineArray<3, Int32>),
        TypedCase(sameBytes: "array/bytes", [0, 1, 127, 128, 255] as InlineArray<5, UInt8>),
        TypedCase(
            sameBytes: "array/arrays",
            [[1, 2, 3], [4, 5, 6]] as InlineArray<2, InlineArray<3, Int>>
        ),
        TypedCase(sameBytes: "array/strings", ["a", ""] as InlineArray<2, String>),
        TypedCase(
            sameBytes: "array/structs",
            [Point(x: 1, y: 2), Point()] as InlineArray<2, Point>
        ),
        TypedCase(sameBytes: "named/array", [1, 2] as InlineArray<2, Int>, isExact: false),
    ]

    private static let maps: [TypedCase] = [
        TypedCase("map/empty", [String: Int]()),
        TypedCase("map/empty", [String: Int]?.some([:])),
        TypedCase("map/zero-value", ["": 0]),
        TypedCase("map/bool", [false: "f", true: "t"], isExact: false),
        TypedCase("map/int", [-1: "a", 0: "b", 1 << 40: "c"], isExact: false),
        TypedCase("map/int8", [-128: 127] as [Int8: Int8]),
        TypedCase("map/uint8", [255: 1] as [UInt8: UInt8]),
        TypedCase("map/complex128", [GobComplex(real: 1.0, imaginary: 2): 3]),
        TypedCase("map/struct-key", [Point(): "b", Point(x: 1, y: 2): "a"], isExact: false),
        TypedCase("map/array-key", [Pair(elements: [1, 2]): "a"]),
        TypedCase("map/pointer-value", ["p": Point?.some(Point(x: 1, y: 2))]),
        TypedCase("map/pointer-value", ["p": GobPointer(Point(x: 1, y: 2))]),
        TypedCase("map/struct-value", ["a": Point(x: 1, y: 2), "b": Point()], isExact: false),
        TypedCase("map/slice-value", ["a": [1, 2], "b": []], isExact: false),
        TypedCase("map/map-value", ["a": ["x": 1], "b": [:]], isExact: false),
        TypedCase("map/bytes-value", [1: [0x61] as [UInt8]]),
        TypedCase("named/map", ["k": 1], isExact: false),
        TypedCase(sameBytes: "containers/zero", Containers()),
        TypedCase(
            sameBytes: "containers/full",
            Containers(
                s: [1],
                ss: [["a"], []],
                a: [1, 2, 3],
                aa: [[1, 2], [3, 4]],
                b: [1, 2, 3, 4],
                m: ["k": [1, 2]],
                mm: ["k": [1: true]],
                ms: ["k": Point(x: 1, y: 2)],
                sm: [["k": 1]],
                sp: [Point(x: 1, y: 2)],
                mp: ["k": Point(x: 1, y: 2)]
            )
        ),
        TypedCase(sameBytes: "containers/empty-not-nil", Containers(m: [:])),
    ]

    init<Value: GobTyped & Sendable & Equatable>(
        _ name: String,
        _ value: Value,
        as type: Value.Type,
        isExact: Bool,
    ) {
        self.init(name, value, isExact: isExact)
    }

    /// The vectors of a Go type, with values from their JSON.
    private static func of<Value: GobTyped & Sendable & Equatable>(
        _ goType: String,
        _ value: (JSONValue) -> Value?,
    ) -> [TypedCase] {
        Vector.all.filter { $0.types == [goType] }.map { vector in
            TypedCase(vector.name, vector.json.compactMap(value), equals: ==)
        }
    }
}

extension Bool {
    fileprivate init?(json: JSONValue) {
        guard case .bool(let value) = json else { return nil }
        self = value
    }
}

extension FixedWidthInteger {
    fileprivate init?(json: JSONValue) {
        guard case .number(let text) = json else { return nil }
        self.init(text)
    }
}

extension BinaryFloatingPoint where Self: LosslessStringConvertible {
    fileprivate init?(json: JSONValue) {
        switch json {
        case .number(let text), .string(let text): self.init(text)
        case .null, .bool, .array, .object: return nil
        }
    }
}

extension [UInt8] {
    fileprivate init?(json: JSONValue) {
        guard let data = Data(base64Encoded: json.text) else { return nil }
        self = Array(data)
    }
}
