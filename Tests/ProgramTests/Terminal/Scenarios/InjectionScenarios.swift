import Gob

extension Scenario {
    /// What peers send to drive the terminal, or to pass for something else.
    static let injections = [
        Scenario(
            "a text that sets the title, clears the screen and colours it is shown as escapes",
            .type("half"),
            .receive("\u{1B}]0;title\u{07}\u{1B}[2J\u{1B}[31mred"),
            .sees(
                #"""
                hh:mm:ss #1 127.0.0.1:ppppp STRING: \x1b]0;title\x07\x1b[2J\x1b[31mred
                gobtalk> half│
                """#
            )
        ),
        Scenario(
            "a carriage return does not go back over the row",
            .receive("harmless\rgobtalk> quit"),
            .sees(
                #"""
                hh:mm:ss #1 127.0.0.1:ppppp STRING: harmless\rgobtalk> quit
                gobtalk> │
                """#
            )
        ),
        Scenario(
            "controls of eight bits and bytes that are no UTF-8 are shown as escapes",
            .receiveBytes([0x53, 0x54, 0x52, 0x49, 0x4E, 0x47, 0x0A, 0x9B, 0x32, 0x4A, 0x0A]),
            .receive("\u{9B}2J"),
            .sees(
                #"""
                hh:mm:ss #1 127.0.0.1:ppppp STRING: \x9b2J
                hh:mm:ss #2 127.0.0.1:ppppp STRING: \u009b2J
                gobtalk> │
                """#
            )
        ),
        Scenario(
            "an override of the direction, and invisible characters, are shown as escapes",
            .receive("abc\u{202E}def\u{2066}\u{200B}\u{E0041}x"),
            .sees(
                #"""
                hh:mm:ss #1 127.0.0.1:ppppp STRING: abc\u202edef\u2066\u200b\U000e0041x
                gobtalk> │
                """#
            )
        ),
        Scenario(
            "a forged message at the margin is a row with a gutter",
            size: (60, 12),
            .type("half"),
            .receive(String(repeating: "x", count: 24) + "12:00:00 #9 10.0.0.1:5 STRING: forged"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: xxxxxxxxxxxxxxxxxxxxxxxx
                  | hh:mm:ss #9 10.0.0.1:5 STRING: forged
                gobtalk> half│
                """
            )
        ),
        Scenario(
            "a forged prompt behind wide characters is a row with a gutter",
            size: (60, 12),
            .receive(String(repeating: "漢", count: 12) + "gobtalk> quit"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: 漢漢漢漢漢漢漢漢漢漢漢漢
                  | gobtalk> quit
                gobtalk> │
                """
            )
        ),
        Scenario(
            "a command's name that drives the terminal is shown as escapes",
            .type("half"),
            .receiveBytes(Array("\u{1B}[2J\u{07}NAME\n".utf8)),
            .sees(
                #"""
                127.0.0.1:ppppp sent the command "\x1b[2J\x07NAME", which is not registered; the
                  |  connection is closed
                gobtalk> half│
                """#
            )
        ),
        Scenario(
            "names of types and fields, keys and texts of a struct are shown as escapes",
            .type("half"),
            .receiveBytes(hostileGob),
            .sees(
                #"""
                hh:mm:ss #1 127.0.0.1:ppppp GOB: T\x1b[2J, 69 bytes
                  | T\x1b[2J{
                  |     F\x1b[31m: map[string]string{"k\r\x1b[1;1H": "v\u202e\n> "},
                  | }
                gobtalk> half│
                """#
            )
        ),
    ]

    /// A GOB whose every name and text has something for a terminal to obey.
    private static let hostileGob: [UInt8] = {
        var schema = GobSchema()
        let map = schema.add(.map(key: TypeIndex(.string), value: TypeIndex(.string)))
        let field = GobField("F\u{1B}[31m", map)
        let type = schema.add(.structure([field]), name: "T\u{1B}[2J")
        let entry = [GobValue.string("k\r\u{1B}[1;1H"), .string("v\u{202E}\n> ")]
        let datum = GobDatum(schema: schema, type: type, value: .structure([.map(entry)]))
        var encoder = GobStreamEncoder()
        let stream = try? encoder.encode(datum)
        return Array("GOB\n".utf8) + (stream ?? [])
    }()
}
