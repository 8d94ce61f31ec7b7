import GoTypes
import Gob
import GobJSON
import Testing

/// JSON documents into gob values, for Go types.
@Suite struct ReaderTests {
    @Test(
        "a nil pointer in a list is sent where its own method takes one, as Go sends it",
        arguments: ["[]*big.Int", "[]*big.Float", "[]*big.Rat"]
    )
    func nilBigNumbers(_ type: String) throws {
        #expect(try GobJSONTests.read("[null]", as: type).value == .list([.opaque([])]))
        #expect(throws: GobJSONError.self) { try GobJSONTests.read("[null]", as: "[]*time.Time") }
    }

    @Test(
        "what fits its type becomes a value",
        arguments: [
            (#"{"N": 23, "S": "x"}"#, #"{"N":23,"S":"x","M":null,"P":null,"C":null}"#),
            (
                #"{"n": 1, "s": "other case"}"#,
                #"{"N":1,"S":"other case","M":null,"P":null,"C":null}"#
            ),
            (#"{"P": "YWJj"}"#, #"{"N":0,"S":"","M":null,"P":"YWJj","C":null}"#),
            (#"{"P": [97, 98, 99]}"#, #"{"N":0,"S":"","M":null,"P":"YWJj","C":null}"#),
            (#"{"P": {"@text": "abc"}}"#, #"{"N":0,"S":"","M":null,"P":"YWJj","C":null}"#),
            (#"{"M": {}}"#, #"{"N":0,"S":"","M":{},"P":null,"C":null}"#),
            (#"{"M": {"b": 2, "a": 1}}"#, #"{"N":0,"S":"","M":{"a":1,"b":2},"P":null,"C":null}"#),
            (
                #"{"C": {}}"#,
                #"{"N":0,"S":"","M":null,"P":null,"C":{"N":0,"S":"","M":null,"P":null,"C":null}}"#
            ),
            (
                #"{"N": 9223372036854775807}"#,
                #"{"N":9223372036854775807,"S":"","M":null,"P":null,"C":null}"#
            ),
            (
                #"{"N": -9223372036854775808}"#,
                #"{"N":-9223372036854775808,"S":"","M":null,"P":null,"C":null}"#
            ),
            (
                #"{"S": "é <b> \u2028"}"#,
                #"{"N":0,"S":"é \u003cb\u003e \u2028","M":null,"P":null,"C":null}"#
            ),
        ]
    )
    func accepts(_ document: String, _ expected: String) throws {
        let datum = try read(document)
        #expect(GobJSONWriter.text(of: datum) == expected)
        var encoder = GobStreamEncoder()
        var decoder = GobStreamDecoder()
        var position = 0
        let decoded = try decoder.next(in: encoder.encode(datum), at: &position)
        #expect(decoded.map(GobJSONWriter.text) == expected)
    }

    @Test(
        "what does not fit is refused, with the path, the reason and the way out",
        arguments: [
            (#"{"N": "1"}"#, ".N: a string where an integer (int) is needed"),
            (#"{"N": 1.5}"#, ".N: 1.5 where an integer (int) is needed"),
            (
                #"{"N": 9223372036854775808}"#,
                ".N: 9223372036854775808 is out of range for int"
            ),
            (
                #"{"C": {"M": {"one": true}}}"#,
                #".C.M["one"]: true where an integer (int) is needed"#
            ),
            (#"{"X": 1}"#, #"complexData has no field "X""#),
            (#"{"C": {"Name": 1}}"#, #".C: complexData has no field "Name""#),
            (#"{"N": 1, "n": 2}"#, #"the field "N" is given twice"#),
            (#"{"P": "abc!"}"#, #".P: not base64; for text write {"@text": "…"}"#),
            (#"{"P": [1, 256]}"#, ".P: 256 is out of range for uint8"),
            (#"{"N": 1.0}"#, ".N: 1.0 where an integer (int) is needed"),
            (#"{"N": 1e3}"#, ".N: 1e3 where an integer (int) is needed"),
            (#"{"P": ["x"]}"#, ".P: a string where an unsigned integer (uint8) is needed"),
            (#"{"M": {"a": 1, "a": 2}}"#, #".M["a"]: the key is given twice"#),
            (#"{"M": [1]}"#, ".M: a list where an object (map[string]int) is needed"),
            (#"[1]"#, "a list where an object (main.complexData) is needed"),
            (#"{"N": "#, "1:7: not JSON: the document ends where a value is needed"),
        ]
    )
    func refuses(_ document: String, _ description: String) {
        let error = #expect(throws: GobJSONError.self) { try read(document) }
        #expect(error?.description == description)
    }

    private func read(_ document: String) throws -> GobDatum {
        try GobJSONTests.read(
            document,
            as: "complexData",
            """
            type complexData struct {
                N int
                S string
                M map[string]int
                P []byte
                C *complexData
            }
            """
        )
    }
}

/// A document read for a Go type.
func read(_ document: String, as type: String, _ declarations: String = "") throws -> GobDatum {
    var types = GoTypeSet()
    if !declarations.isEmpty { try types.declare(declarations) }
    let json = try JSONValue(parsing: Array(document.utf8))
    return try GobJSONReader(types: types).datum(json, as: types.type(type))
}
