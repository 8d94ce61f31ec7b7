import Testing

/// The tests' own validator, which must not let a wrong line pass.
@Suite struct SchemaTests {
    private static let time = #""time":"2026-11-26T14:03:59.000042Z""#
    private static let head = #""event":"received",\#(time),"n":1,"connection":2"#
    private static let from = #""peer":"127.0.0.1:5","command":"STRING""#

    @Test(
        "an event as the manual describes it is valid",
        arguments: [
            #"{\#(head),\#(from),"text":"x"}"#, #"{\#(head),\#(from),"base64":"/w=="}"#,
            #"{\#(head),\#(from),"type":"T","value":{"a":[1,null]},"bytes":5}"#,
            #"{"event":"listening",\#(time),"addresses":["[::1]:61000","unix:/tmp/x"]}"#,
            #"{"event":"error",\#(time),"message":"no"}"#,
        ]
    )
    func right(_ line: String) throws {
        try JSONSchema("events.schema").validate(line)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", "{}", "[]", "null", "{\(head),\(from)}", #"{\#(head),\#(from),"text":1}"#,
            #"{\#(head),\#(from),"text":"x","base64":"eA=="}"#,
            #"{\#(head),\#(from),"base64":"/w="}"#, #"{\#(head),\#(from),"text":"x","more":1}"#,
            #"{\#(head),\#(from),"text":"x","text":"y"}"#, #"{\#(head),"text":"x"}"#,
            #"{"event":"received",\#(time),"n":0,"connection":2,\#(from),"text":"x"}"#,
            #"{"event":"received",\#(time),"n":1.5,"connection":2,\#(from),"text":"x"}"#,
            #"{"event":"other",\#(time)}"#, #"{"event":"error","time":"now","message":"no"}"#,
            #"{"event":"listening",\#(time),"addresses":["somewhere"]}"#,
            #"{"event":"error",\#(time),"message":"no"} x"#,
        ]
    )
    func wrong(_ line: String) throws {
        let schema = try JSONSchema("events.schema")
        #expect(throws: (any Error).self) { try schema.validate(line) }
    }

    @Test("a keyword that the validator does not know is no keyword to pass over")
    func unknownKeyword() throws {
        let schema = try JSONSchema(parsing: #"{"maxLength": 3}"#)
        #expect(throws: JSONSchema.Mismatch.self) { try schema.validate(#""abc""#) }
    }
}
