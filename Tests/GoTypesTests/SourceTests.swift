import GoTypes
import Gob
import Testing

/// Received types as Go source.
@Suite struct SourceTests {
    @Test("each named type is declared once, and is a pointer inside itself")
    func recursive() throws {
        var types = GoTypeSet()
        try types.declare(
            """
            type Bar struct { X string }
            type Foo struct {
                A int; B int8; C string; D []byte; E float32; F float64; G Bar; H *Bar; I *Foo
                M map[string][]Foo; T time.Time; N struct { Z [3]bool }
            }
            """
        )
        let (schema, foo) = try types.schema(of: types.type("[]Foo"))
        let source = GoSource(of: [foo], in: schema)
        #expect(source.types == ["[]Foo"])
        #expect(
            source.declarations == """
                type Foo struct {
                \tA int64
                \tB int64
                \tC string
                \tD []byte
                \tE float64
                \tF float64
                \tG Bar
                \tH Bar
                \tI *Foo
                \tM map[string][]Foo
                \tT time.Time
                \tN struct {
                \t\tZ [3]bool
                \t}
                }

                type Bar struct {
                \tX string
                }
                """
        )
        var received = GoTypeSet()
        #expect(try received.declare(source.declarations) == ["Foo", "Bar"])
        #expect(received.declaration(of: "Foo").map { source.declarations.contains($0) } == true)
    }

    @Test("names that Go would not take are changed, and those that are taken get a number")
    func hostileNames() throws {
        var schema = GobSchema()
        let inner = schema.add(
            .structure([
                GobField("x y\n}", TypeIndex(.int)), GobField("x_y__", TypeIndex(.int)),
                GobField("é", TypeIndex(.string)), GobField("", TypeIndex(.uint)),
            ]),
            name: "func"
        )
        let same = schema.add(.structure([GobField("A", inner)]), name: "Time")
        let other = schema.add(.structure([GobField("A", same)]), name: "Time")
        let opaque = schema.add(.opaque(.gob), name: "a b")
        let key = schema.add(.map(key: TypeIndex(.bytes), value: opaque), name: "x[")
        let root = schema.add(
            .structure([GobField("B", other), GobField("K", key)]),
            name: "struct { B }"
        )
        let source = GoSource(of: [root], in: schema)
        var types = GoTypeSet()
        let names = try types.declare(source.declarations)
        #expect(names == ["Time", "Time2", "func_", "Opaque"])
        #expect(source.types == ["struct{ B Time; K map[any]Opaque }"])
        #expect(throws: Never.self) { try types.schema(of: types.type(source.types[0])) }
        #expect(
            types.declaration(of: "func_") == """
                type func_ struct {
                \tXx_y__  int64
                \tXx_y__2 int64
                \tXé      string
                \tX       uint64
                }
                """
        )
    }

    @Test("types without names that are deep, wide or inside themselves get some")
    func unnamed() throws {
        var schema = GobSchema()
        var deep = TypeIndex(.int)
        for _ in 0..<5_000 { deep = schema.add(.slice(element: deep)) }
        var wide = TypeIndex(.int)
        for _ in 0..<60 {
            wide = schema.add(.structure([GobField("A", wide), GobField("B", wide)]))
        }
        let own = schema.reserve()
        schema.define(own, as: .slice(element: own))
        let root = schema.add(
            .structure([GobField("D", deep), GobField("W", wide), GobField("O", own)])
        )
        let source = GoSource(of: [root], in: schema)
        #expect(source.declarations.utf8.count < 100_000)
        var types = GoTypeSet()
        try types.declare(source.declarations)
        #expect(throws: GoTypeError(.tooDeep(limit: 500))) { try types.type(source.types[0]) }
        try types.declare("Own", as: GoSource(of: [own], in: schema).types[0])
        #expect(GoSource(of: [own], in: schema) == GoSource(of: [own], in: schema))
    }

    @Test("several types share their declarations")
    func several() throws {
        var types = GoTypeSet()
        try types.declare("type A struct { B []B; N int }; type B struct { X int }")
        let (schema, a) = try types.schema(of: types.type("A"))
        let list = try #require(schema.fields(of: a).first?.type)
        let source = GoSource(of: [list, a, TypeIndex(.string)], in: schema)
        #expect(source.types == ["[]B", "A", "string"])
        #expect(
            source.declarations
                == "type B struct {\n\tX int64\n}\n\ntype A struct {\n\tB []B\n\tN int64\n}"
        )
    }

    @Test("lists and maps of fields keep the widths and pointers with which they were spelt")
    func spellings() throws {
        var types = GoTypeSet()
        try types.declare(
            """
            type Celsius float32
            type List []int16
            type T struct {
                A map[string]float32; B [][2]int8; C map[int32][]*T; D []uint8; E [4]uint8
                F []Celsius; G List; H []any; I map[string]complex64; J struct { K []rune }; L float32
            }
            """
        )
        let (schema, type) = try types.schema(of: types.type("T"))
        let source = GoSource(of: [type], in: schema)
        #expect(
            source.declarations == """
                type T struct {
                \tA map[string]float32
                \tB [][2]int8
                \tC map[int32][]*T
                \tD []byte
                \tE [4]uint8
                \tF []float64
                \tG List
                \tH []any
                \tI map[string]complex64
                \tJ struct {
                \t\tK []int32
                \t}
                \tL float64
                }

                type List []int64
                """
        )
        #expect(
            source.unknowns.prefix(2) == [
                "widths, but of some lists and maps: an int64 may be any int, a float64 a float32",
                "pointers, but where a type is inside itself, and in some lists and maps",
            ]
        )
        let alone = GoSource(of: [try #require(schema.fields(of: type).first?.type)], in: schema)
        #expect(alone.types == ["map[string]float32"])
        #expect(!alone.unknowns.contains { $0.hasPrefix("widths") })
    }

    @Test(
        "a spelling that is not what was sent counts for nothing",
        arguments: [
            "map[string]float32", "[]string", "[]int8 // x", "[][]int8", "[3]int8", "[]int8{}",
            "[]", "[]*string", "[]func()", "[]float32\n",
        ]
    )
    func wrongSpellings(_ name: String) throws {
        var schema = GobSchema()
        let list = schema.add(.slice(element: TypeIndex(.int)), name: name)
        let source = GoSource(of: [schema.add(.structure([GobField("A", list)]))], in: schema)
        let expected = name.hasPrefix("[]int8 //") ? "[]int8" : "[]int64"
        #expect(source.types == ["struct{ A \(expected) }"])
    }
}
