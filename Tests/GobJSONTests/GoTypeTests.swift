import GoTypes
import Gob
import GobJSON
import Testing

/// JSON for Go types, in both directions, as `encoding/json` has it.
@Suite struct GoTypeTests {
    static let declarations = """
        type Base struct { ID int8 }
        type Sized struct {
            Base
            *Tail
            Named  float32 `json:"named,omitempty"`
            Hidden string `json:"-"`
            Text   int `json:",string"`
            P      **int
            H      [2]byte
            K      map[bool]uint16
            V      any
            mu     int
        }
        type Tail struct { Rest []string }
        type Level int8
        type Extra struct {
            T time.Time; PT *time.Time; B big.Int; PB *big.Int; F *big.Float; U url.URL; IP net.IP
            D time.Duration; ID uuid.UUID; C complex64; L Level; E map[time.Time]int
        }
        """

    @Test(
        "JSON becomes what Go would have, and comes back",
        arguments: [
            (
                "Sized",
                #"{"ID":1,"named":0.1,"Text":"5","P":7,"H":[1,2],"K":[[true,3]],"V":{"@type":"main.Base","@value":{"ID":3}},"Rest":["a"]}"#,
                #"{"ID":1,"Rest":["a"],"named":0.1,"Text":"5","P":7,"H":[1,2],"K":[[true,3]],"V":{"@type":"main.Base","@value":{"ID":3}}}"#
            ),
            (
                "Sized", #"{"Base":{"id":-128},"V":[1,"x",null,{"a":true}]}"#,
                #"{"ID":-128,"Text":"0","P":null,"H":[0,0],"K":null,"V":{"@type":"[]interface {}","@value":[{"@type":"float64","@value":1},{"@type":"string","@value":"x"},null,{"@type":"map[string]interface {}","@value":{"a":{"@type":"bool","@value":true}}}]}}"#
            ),
            (
                "Extra",
                #"{"T":"2009-11-10T23:00:00+01:00","B":-5,"PB":123456789012345678901234567890,"F":"1.5","U":"https://u@h/p%20q?x#f","IP":"10.0.0.1","D":5,"ID":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","C":[1,"-Inf"],"L":3,"E":{"2009-11-10T23:00:00Z":1}}"#,
                #"{"T":"2009-11-10T23:00:00+01:00","PT":null,"B":-5,"PB":123456789012345678901234567890,"F":"1.5","U":{"Scheme":"https","Opaque":"","User":{},"Host":"h","Path":"/p q","Fragment":"f","RawQuery":"x","RawPath":"","RawFragment":"","ForceQuery":false,"OmitHost":false},"IP":"10.0.0.1","D":5,"ID":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","C":[1,"-Inf"],"L":3,"E":{"2009-11-10T23:00:00Z":1}}"#
            ),
            (
                "Extra", "{}",
                #"{"T":"0001-01-01T00:00:00Z","PT":null,"B":0,"PB":null,"F":null,"U":{"Scheme":"","Opaque":"","User":null,"Host":"","Path":"","Fragment":"","RawQuery":"","RawPath":"","RawFragment":"","ForceQuery":false,"OmitHost":false},"IP":"","D":0,"ID":"00000000-0000-0000-0000-000000000000","C":[0,0],"L":0,"E":null}"#
            ),
            ("[]float32", "[0.1, 16777217, 1e-7, \"NaN\"]", #"[0.1,16777216,1e-7,"NaN"]"#),
            ("*[]Level", "[-128, null]", "[-128,0]"), ("map[int]any", "{}", "{}"),
            ("map[string]*Base", #"{"a": {}}"#, #"{"a":{"ID":0}}"#),
        ]
    )
    func accepts(_ type: String, _ document: String, _ expected: String) throws {
        let sent = try read(document, as: type, Self.declarations)
        var encoder = GobStreamEncoder()
        var decoder = GobStreamDecoder()
        var position = 0
        let received = try #require(try decoder.next(in: encoder.encode(sent), at: &position))
        var types = GoTypeSet()
        try types.declare(Self.declarations)
        let text = try GobJSONWriter.text(of: received, as: types.type(type), in: types)
        #expect(text == expected)
    }

    @Test(
        "what does not fit is refused with the path and the Go type",
        arguments: [
            ("Sized", #"{"ID": 128}"#, ".ID: 128 is out of range for int8"),
            ("Sized", #"{"Bass": 1}"#, #"Sized has no field "Bass""#),
            ("Sized", #"{"nmaed": 1}"#, #"Sized has no field "nmaed"; did you mean "named"?"#),
            ("Sized", #"{"Hidden": "x"}"#, #"Sized has no field "Hidden""#),
            ("Sized", #"{"ID": 1, "Base": {}}"#, #"the field "Base" is given twice"#),
            ("Sized", #"{"H": [1]}"#, ".H: 1 elements where the array has 2"),
            ("Sized", #"{"named": 1e39}"#, ".named: 1e39 is out of range for float32"),
            (
                "Sized", #"{"K": {}}"#,
                ".K: an object where a list of pairs [key, value] (map[bool]uint16) is needed"
            ),
            (
                "Sized", #"{"V": {"@type": "Bse", "@value": 1}}"#,
                #".V: the type "Bse" is not declared; did you mean "Base"?"#
            ),
            (
                "Extra", #"{"T": "yesterday"}"#,
                #".T: "yesterday" where a time such as "2006-01-02T15:04:05Z" (time.Time) is needed"#
            ),
            ("Extra", #"{"PB": 1.5}"#, ".PB: 1.5 where an integer (big.Int) is needed"),
            ("map[int8]int", #"{"300": 1}"#, #"["300"]: 300 is out of range for int8"#),
            ("map[int8]int", #"{"1": 1, "01": 1}"#, #"["01"]: the key is given twice"#),
            ("[]*Base", "[null]", "[0]: null, and gob cannot send a nil *main.Base here"),
            ("any", "null", "null, and gob cannot send a nil interface {} here"),
            ("struct { a int }", "{}", "gob cannot send struct { a ? }: it has no exported fields"),
        ]
    )
    func refuses(_ type: String, _ document: String, _ description: String) {
        let error = #expect(throws: GobJSONError.self) {
            try read(document, as: type, Self.declarations)
        }
        #expect(error?.description == description)
    }

    @Test("without Go types, what is known of Go's library is shown by its name and bytes")
    func withoutTypes() throws {
        let sent = try read(
            #"{"T":"2009-11-10T23:00:00Z","B":7}"#,
            as: "struct { T time.Time; B big.Int; ID uuid.UUID }"
        )
        #expect(GobJSONWriter.text(of: sent) == #"{"T":"2009-11-10T23:00:00Z","B":7,"ID":null}"#)
        let broken = GobDatum(
            schema: sent.schema,
            type: sent.type,
            value: .structure([.opaque([9, 9]), .opaque([2]), .zero])
        )
        #expect(GobJSONWriter.text(of: broken) == #"{"T":"CQk=","B":0,"ID":null}"#)
    }
}
