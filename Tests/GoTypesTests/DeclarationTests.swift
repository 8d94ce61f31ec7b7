import GoTypes
import Gob
import Testing

/// Declarations in Go source.
@Suite struct DeclarationTests {
    @Test("declarations come on one line or several, alone or in groups, or in a whole file")
    func forms() throws {
        var types = GoTypeSet()
        #expect(try types.declare("type Point struct { X, Y int }") == ["Point"])
        #expect(try types.declare("type (\n\tA int\n\tB = A; C []B\n)") == ["A", "B", "C"])
        let file = """
            // Package main says hello.
            package main

            import (
            \t"fmt" // not needed
            \t"time"
            )

            const (
            \tsize = 0x10
            \tfirst = iota
            \tsecond
            )

            var table = map[string]func(int) string{"a": func(n int) string { return "}" }}

            /* A block
            comment. */
            type Log struct {
            \tEntries  [size]Entry
            \tMade, At time.Time `json:"at,omitempty"`
            \t*Point
            \tmu       sync.Mutex
            \tDone     chan<- struct{}
            \tF        func(a int, b ...string) (int, error)
            }

            type Entry struct{ Text string }

            func (l *Log) Add(e Entry) {
            \tif len(l.Entries) > 2 { type inner int; fmt.Println('{', "{", `{`) }
            }

            func main() {}
            """
        #expect(try types.declare(file) == ["Log", "Entry"])
        #expect(types.names == ["A", "B", "C", "Entry", "Log", "Point"])
        let (schema, log) = try types.schema(of: types.type("Log"))
        #expect(schema.fields(of: log).map(\.name) == ["Entries", "Made", "At", "Point"])
    }

    @Test(
        "a text that is no declaration is refused where it begins to be none",
        arguments: [
            ("type", #"1:5: a type's name is needed here, not the end"#),
            ("type T", "1:7: a type is needed here, not the end of the line"),
            ("type T struct {\n\tX int,\n}", #"2:7: the end of the field is needed here, not ",""#),
            (
                "type T struct { X }; type U map[string",
                #"1:39: "]" is needed here, not the end of the line"#
            ),
            ("type T map[]int", #"1:12: a type is needed here, not "]""#),
            ("type int string", #"1:6: "int" cannot be declared as a type's name"#),
            (
                "type T int type U int",
                #"1:12: the end of the declaration is needed here, not "type""#
            ),
            ("X int", #"1:1: a declaration such as "type T int" is needed here, not "X""#),
            (#"type T struct { X "a"#, "1:19: this string is not ended"),
            ("type T int /* é", "1:12: this comment is not ended"),
            ("type T [N]int", #"1:9: the length of an array must be a number, not "N""#),
            (
                "type T[K comparable] struct { X K }",
                #"1:7: "T" has type parameters, which gobtalk does not know"#
            ),
            (
                "type T struct { X List[int] }",
                #"1:19: "List" has type parameters, which gobtalk does not know"#
            ),
        ]
    )
    func refused(_ source: String, _ description: String) {
        var types = GoTypeSet()
        let error = #expect(throws: GoTypeError.self) { try types.declare(source) }
        #expect(error?.description == description)
        #expect(types.names.isEmpty)
    }

    @Test(
        "a type that cannot be used is refused when it is used",
        arguments: [
            ("type Rec ***Rec", "Rec", #""main.Rec" is a type that consists of itself"#),
            ("type T struct { T T }", "T", #""main.T" is a type that consists of itself"#),
            ("type T [2]T", "T", #""main.T" is a type that consists of itself"#),
            ("type A = B; type B = A", "A", #""A" is a type that consists of itself"#),
            ("type A B; type B A", "A", #""A" is a type that consists of itself"#),
            (
                "type T struct { P Pint }; type Point int", "T",
                #"the type "Pint" is not declared; did you mean "Point"?"#
            ),
            ("", "strng", #"the type "strng" is not declared; did you mean "string"?"#),
            ("type T struct { a int }", "[]T", "gob cannot send main.T: it has no exported fields"),
            ("", "chan int", "gob cannot send chan int"),
            ("", "[]func()", "gob cannot send func()"),
            ("", "map[[]int]string", "[]int cannot be the key of a map"),
            ("", "[5000000]int", "[5000000]int has more than 4194304 parts"),
            (
                "type L[T any] struct { X T }; type U struct { X L }", "U",
                #"1:7: "L" has type parameters, which gobtalk does not know"#
            ),
        ]
    )
    func unusable(_ source: String, _ type: String, _ description: String) throws {
        var types = GoTypeSet()
        try types.declare(source)
        let error = #expect(throws: GoTypeError.self) { try types.schema(of: types.type(type)) }
        #expect(error?.description == description)
    }

    @Test("what is declared again is replaced, and a text with a fault declares nothing")
    func replaced() throws {
        var types = GoTypeSet()
        try types.declare("type T struct { X int }")
        try types.declare("T", as: "map[string]T")
        #expect(types.declaration(of: "T") == "type T map[string]T")
        #expect(throws: GoTypeError.self) { try types.declare("type T int; type U struct {") }
        #expect(types.declaration(of: "T") == "type T map[string]T")
        #expect(types.declaration(of: "U") == nil)
        #expect(throws: GoTypeError(.badName("func"))) { try types.declare("func", as: "int") }
    }

    @Test("a declaration is printed as gofmt prints it")
    func printed() throws {
        var types = GoTypeSet()
        try types.declare(
            """
            type T struct { X, Long int `json:"x"`; P *[]byte; Inner struct { A int; Bee string }
            After map[string]interface{}; time.Time; E struct{}; F float64 `a:"b"`
            G []struct { Q int } `c:"d"`; H int `e:"f"` }
            """
        )
        #expect(
            types.declaration(of: "T") == """
                type T struct {
                \tX     int `json:"x"`
                \tLong  int `json:"x"`
                \tP     *[]byte
                \tInner struct {
                \t\tA   int
                \t\tBee string
                \t}
                \tAfter map[string]any
                \ttime.Time
                \tE struct{}
                \tF float64 `a:"b"`
                \tG []struct {
                \t\tQ int
                \t} `c:"d"`
                \tH int `e:"f"`
                }
                """
        )
    }

    @Test("methods by which a type writes itself make it opaque, also where it is embedded")
    func opaque() throws {
        var types = GoTypeSet()
        try types.declare(
            """
            type A struct { n int }
            func (a *A) GobEncode() ([]byte, error) { return nil, nil }
            func (A) MarshalBinary() ([]byte, error) { return nil, nil }
            type B struct { X int }
            func (b B) MarshalBinary() ([]byte, error) { return nil, nil }
            type C struct { time.Time; X int }
            type D struct { A A; PB *B; M map[string]B; Both struct { A; B } }
            """
        )
        for (text, encoding, name) in [
            ("A", OpaqueEncoding.gob, ""), ("*A", .gob, ""), ("B", .binary, "B"), ("C", .gob, "C"),
        ] {
            let (schema, type) = try types.schema(of: types.type(text))
            #expect(schema[type] == .opaque(encoding))
            #expect(schema.name(of: type) == name)
        }
        let (schema, type) = try types.schema(of: types.type("D"))
        #expect(schema.fields(of: type).map { schema.name(of: $0.type) }.prefix(2) == ["A", ""])
    }

    @Test(
        "a text that is nested too deep or too long is refused",
        arguments: [
            "type T " + String(repeating: "[]", count: 200_000) + "int",
            "type T " + String(repeating: "*", count: 200_000) + "int",
            "type T " + String(repeating: "struct { X ", count: 50_000),
            "type T " + String(repeating: "(", count: 500_000),
            "type T func" + String(repeating: "(", count: 500_000),
            String(repeating: " ", count: 1 << 20) + "type T int",
            String(repeating: "type T int;", count: 90_000) + "type",
        ]
    )
    func bounded(_ source: String) {
        var types = GoTypeSet()
        #expect(throws: GoTypeError.self) { try types.declare(source) }
    }

    @Test("types that refer to one another without end are refused")
    func chain() throws {
        var types = GoTypeSet()
        let chain = (0..<20_000).map { "type T\($0) []T\($0 + 1)" }.joined(separator: "\n")
        try types.declare(chain + "\ntype T20000 int")
        #expect(throws: GoTypeError(.tooDeep(limit: 500))) { try types.type("T0") }
        try types.declare(
            (0..<50).map { "type S\($0) struct { A, B S\($0 + 1) }" }.joined(separator: "\n")
        )
        try types.declare("type S50 int")
        #expect(throws: GoTypeError.self) { try types.type("S0") }
    }
    @Test("aliases that double at each step, and many declarations of no use, take no time")
    func doubling() throws {
        var types = GoTypeSet()
        try types.declare(
            (0..<60).map { "type A\($0) = struct { X, Y []A\($0 + 1) }" }.joined(separator: "\n")
                + "\ntype A60 = int"
        )
        let fault = GoTypeError.Fault.tooLarge("the spelling of a type", limit: 65_536)
        #expect(throws: GoTypeError(fault)) { try types.type("A0") }
        let generic = String(repeating: "type T[K any] int;", count: 50_000)
        #expect(throws: GoTypeError.self) { try types.declare(generic) }
    }
}
