import Net
import Shell
import Testing

/// Types that are declared at the prompt, and what they are good for.
@Suite(.timeLimit(.minutes(5))) struct TypeCommandTests {
    @Test("type declares a type, and types prints it as gofmt would")
    func declare() async throws {
        try await Peer.with { peer in
            let line = "type Point struct { X, Y int; next *Point }"
            #expect(try await peer.output(of: line) == "declared Point")
            let text = "type Point struct {\n\tX    int\n\tY    int\n\tnext *Point\n}"
            #expect(try await peer.output(of: "types Point") == text)
            try await peer.run("type Point = []string // anew")
            #expect(try await peer.output(of: "types Point") == "type Point = []string")
        }
    }

    @Test("on a screen the indentation is spaces, whose width is known")
    func indentation() async throws {
        try await Peer.with(columns: 80) { peer in
            try await peer.run("type P struct { X struct { Y int } }")
            let rows = try await peer.output(of: "types P").split(separator: "\n")
            #expect(rows == ["type P struct {", "    X struct {", "        Y int", "    }", "}"])
        }
    }

    @Test("a type that cannot be sent yet is declared, and says why")
    func unfinished() async throws {
        try await Peer.with { peer in
            let declared = try await peer.output(of: "type Line [2]Point")
            #expect(
                declared
                    == #"declared Line, but the type "Point" is not declared; did you mean "int"?"#
            )
            #expect(try await peer.output(of: "type Point [2]float64") == "declared Point")
            #expect(try await peer.output(of: "type L Line") == "declared L")
            #expect(
                try await peer.output(of: "type C chan int")
                    == "declared C, but gob cannot send chan int"
            )
        }
    }

    @Test("types lists what is declared, a row each, long ones cut")
    func list() async throws {
        try await Peer.with { peer in
            try await peer.run("type B map[string]*B")
            try await peer.run(
                "type A struct { Value []float64 `json:\"v\"`; More [3]struct { X any } }"
            )
            #expect(
                try await peer.output(of: "types") == """
                    type A struct { Value []float64 `json:"v"`; More [3]struct { X any } }
                    type B map[string]*B
                    type complexData struct { N int; S string; M map[string]int; P []byte; C *com…
                    """
            )
        }
    }

    @Test("load keeps a file's types, and names those that are of no use")
    func load() async throws {
        let source = """
            package geometry

            import "time"

            const size = 2

            type Point struct{ X, Y int }

            type Pair[T any] struct{ A, B T }

            type Path struct {
            \tPoints [size]Point
            \tMade   time.Time
            }

            func (p Path) Length() int { return len(p.Points) }
            """
        try await Peer.with { peer in
            try await withFile(source) { file in
                let loaded = try await peer.output(of: "load \(file)")
                #expect(
                    loaded == """
                        loaded 3 types of \(file): Point, Pair, Path
                        \(file):9:10: "Pair" has type parameters, which gobtalk does not know; \
                        Pair cannot be used
                        """
                )
            }
            #expect(try await peer.output(of: "types Path").contains("Points [2]Point"))
        }
    }

    @Test(
        "a file that is no Go source says where, and nothing of it is declared",
        arguments: [
            ("type A int\ntype B struct { X }x\n", ":2:20: the end of the declaration is needed"),
            ("package p\n", ": it declares no types"),
            ("", ": it declares no types"),
            ("{\"N\": 1}", ":1:1: a declaration such as \"type T int\" is needed here, not \"{\""),
            ("type A \"\u{1B}[2J", ":1:8: this string is not ended"),
        ]
    )
    func badSource(_ source: String, _ reason: String) async throws {
        try await Peer.with { peer in
            try await withFile(source) { file in
                let failure = try #require(await peer.failure(of: "load \(file)"))
                #expect(failure.status == .failed)
                #expect(failure.description.hasPrefix(file + reason), "\(failure)")
            }
            #expect(await peer.failure(of: "types A") != nil)
        }
    }

    @Test("what is no text, or no file, is no Go source")
    func noSource() async throws {
        try await Peer.with { peer in
            #expect(
                await peer.failure(of: "load /tmp")
                    == Failure(.noInput, #"cannot read "/tmp": Is a directory"#)
            )
            let garbage = await peer.failure(of: "load /proc/self/exe")
            // The program's own file is larger than what is read, or no UTF-8.
            #expect(garbage.map { [.failed, .noInput].contains($0.status) } == true)
        }
    }

    @Test(
        "what is wrong with a type names it, and what was perhaps meant",
        arguments: [
            ("type 1x int", "cannot declare the type: 1:6: a type's name is needed here, not 1x"),
            (
                "type int string",
                #"cannot declare the type: 1:6: "int" cannot be declared as a type's name"#
            ),
            (
                "type P struct {",
                "cannot declare the type: 1:16: a field's name is needed here, not the end"
            ),
            (
                "types compexData",
                #"no declaration to print: the type "compexData" is not declared; did you mean "complexData"?"#
            ),
            (
                "types Unheard",
                #"no declaration to print: the type "Unheard" is not declared; "types" lists those that are"#
            ),
            ("types time.Time", "no declaration to print: time.Time is not declared here"),
            (
                "encode /no/x y as []compexData",
                #"as []compexData: the type "compexData" is not declared; did you mean "complexData"?"#
            ),
            ("encode /no/x y as chan int", "as chan int: gob cannot send chan int"),
            (
                "send struct h /no/x as []int x",
                #"as []int x: the end of the type is needed here, not "x""#
            ),
        ]
    )
    func unknown(_ line: String, _ description: String) async throws {
        try await Peer.with { peer in
            #expect(await peer.failure(of: line) == Failure(.failed, description))
        }
    }

    @Test(
        "a clause is left out whole, or given whole",
        arguments: [
            ("type P", "TYPE is missing: type NAME TYPE"),
            ("encode a b as", "TYPE is missing: encode IN.json OUT.gob [as TYPE]"),
            ("encode a b P", #""P" is too much: encode IN.json OUT.gob [as TYPE]"#),
            ("send struct h", "FILE.json is missing: send struct HOST FILE.json [as TYPE]"),
        ]
    )
    func usage(_ line: String, _ description: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: line)
            #expect(failure?.status == .usage)
            // An example may follow.
            #expect(failure?.description.hasPrefix(description) == true)
        }
    }

    @Test("send struct sends a value of any type, and what arrives is readable")
    func sendStruct() async throws {
        try await Peer.with { peer in
            try await peer.run(
                "type Event struct { At time.Time; Size *big.Int; ID uuid.UUID; What any }"
            )
            let document = """
                [{"At": "2009-11-10T23:00:00Z", "ID": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                  "What": {"@type": "time.Time", "@value": "2024-02-29T00:00:00+01:00"}},
                 {"Size": 255}]
                """
            try await withFile(document) { file in
                try await peer.run("send struct \(peer.host) \(file) as []Event")
            }
            let rows = try await peer.transcript.wait(for: 3)
            #expect(rows.last?.hasPrefix("sent []Event, ") == true)
            let literal = rows[1].split(separator: "\n").dropFirst().joined(separator: "\n")
            #expect(
                literal == #"""
                      | []Event{
                      |     Event{
                      |         At: time.Time("2009-11-10T23:00:00Z"),
                      |         Size: nil,
                      |         ID: uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                      |         What: time.Time("2024-02-29T00:00:00+01:00"),
                      |     },
                      |     Event{
                      |         At: time.Time{},
                      |         Size: opaque("\x02\xff"),
                      |         ID: uuid.UUID{},
                      |         What: nil,
                      |     },
                      | }
                    """#
            )
        }
    }
}
