import Gob

extension TypedCase {
    /// What is in interfaces: the sender gives the name under which a receiver has registered it.
    static let interfaces: [TypedCase] =
        [
            TypedCase("interface/nil", AnyField()),
            holds("bool", true), holds("int", 7), holds("int8", -7 as Int8),
            holds("int64", 1 << 40 as Int64), holds("uint", 7 as UInt),
            holds("uint64", 1 << 63 as UInt64), holds("float32", 1.5 as Float),
            holds("float64", 2.5), holds("complex128", GobComplex(real: 1.0, imaginary: 2)),
            holds("string", "str"), holds("ints", as: "[]int", [1, 2]),
            holds("strings", as: "[]string", ["a"]), holds("floats", as: "[]float64", [1.0]),
            holds("struct", as: "main.point", Point(x: 1, y: 2)),
            holds("struct-zero", as: "main.point", Point()),
            holds("named-int", as: "main.myInt", 3),
            holds("registered-name", as: "short", Person(id: 1, name: "n")),
            holds("slice-any", as: "[]interface {}", sliceOfAny),
            holds("time", as: "time.Time", GoTime(seconds: GoTime.unixEpoch + 1)),
            holds("recursive", as: "*main.list", List(v: 1, next: GobPointer(List(v: 2)))),
            holds("nested", as: "main.nested", nested),
            TypedCase(sameBytes: "interface/top-int", any("int", 7)),
            TypedCase(sameBytes: "interface/top-struct", any("main.point", Point(x: 1, y: 2))),
            TypedCase(
                sameBytes: "interface/method",
                Shaped(name: "sq", s: any("main.square", Square(side: 2)))
            ),
            TypedCase(sameBytes: "interface/method-nil", Shaped(name: "none")),
            TypedCase(
                sameBytes: "interface/slice",
                [
                    any("main.square", Square(side: 1)), any("main.circle", Circle(r: 2)),
                    any("main.square", Square(side: 3)),
                ]
            ),
        ]

    /// Types whose Go methods write them.
    static let opaque: [TypedCase] = [
        TypedCase("encoder/gob", Gobbed(n: 42)),
        TypedCase("encoder/gob-field", Holder(g: Gobbed(n: 42))),
        // Go asks whether the memory is zero; a Swift type does not show it, and is sent.
        TypedCase("encoder/gob-field-zero", Holder(), isExact: false),
        TypedCase("encoder/gob-map", ["k": Gobbed(n: 1)]),
        TypedCase("encoder/binary", BinMarsh(n: 513)),
        TypedCase("encoder/binary-slice", [BinMarsh(n: 1), BinMarsh()]),
        TypedCase("time/unix0", GoTime(seconds: GoTime.unixEpoch)),
        TypedCase("time/zero", GoTime()),
        TypedCase(
            "time/nanos-offset",
            GoTime(seconds: 63_622_220_696, nanoseconds: 789_012_345, offset: 330)
        ),
    ]

    private static let sliceOfAny: [GobAny?] = [
        any("int", 1), any("string", "a"), nil, any("[]interface {}", [any("bool", true)]),
    ]

    private static let nested = Nested(
        value: any("main.nested", Nested(value: any("main.point", Point(x: 1, y: 2))))
    )

    /// `interface/NAME`, which has such a value.
    private static func holds(
        _ name: String,
        as registered: String? = nil,
        _ value: some GobTyped,
    ) -> TypedCase {
        TypedCase(sameBytes: "interface/\(name)", AnyField(v: any(registered ?? name, value)))
    }
}

/// A value in an interface, which the tests know can be sent.
func any(_ name: String, _ value: some GobTyped) -> GobAny? {
    do {
        return try GobAny(name: name, value)
    } catch {
        fatalError("\(name): \(error)")
    }
}
