extension Scenario {
    /// How messages are shown, kept and saved.
    static let display = [
        Scenario(
            "what is shown is coloured where the terminal can",
            environment: ["TERM=screen-256color"],
            .receive("hello"),
            .shows("STRING: hello"),
            .colored(true)
        ),
        Scenario(
            "NO_COLOR switches the colours off",
            environment: ["TERM=screen-256color", "NO_COLOR=1"],
            .receive("hello"),
            .shows("STRING: hello"),
            .run("nonsense"),
            .shows("unknown command"),
            .colored(false)
        ),
        Scenario(
            "--color never does, too, and so does `set color never`",
            environment: ["TERM=screen-256color"],
            arguments: "--listen 127.0.0.1:0 --color never",
            .receive("hello"),
            .shows("STRING: hello"),
            .colored(false),
            .run("set color always"),
            .receive("hello"),
            .shows("#2"),
            .colored(true)
        ),
        Scenario(
            "`set timestamps off` leaves the time out",
            .run("set timestamps off"),
            .clear,
            .receive("hello"),
            .endsWith("#1 127.0.0.1:ppppp STRING: hello\ngobtalk> │"),
            .lacks(":0")
        ),
        Scenario(
            "`set quiet on` shows no messages, and keeps them",
            .run("set quiet on"),
            .clear,
            .receive("hello"),
            .run("messages"),
            .endsWith(
                """
                gobtalk> messages
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> │
                """
            )
        ),
        Scenario(
            "`set format json` shows a struct as JSON",
            size: (80, 40),
            .run("set format json"),
            .clear,
            .receiveArticle,
            .shows("  |         \"S\": \"Recursive structs? Piece of cake!\",")
        ),
        Scenario(
            "`set reply` answers a STRING otherwise",
            .run("set reply Merci."),
            .run("send string HOST hello"),
            .shows("Merci. (")
        ),
        Scenario(
            "`save` writes a text as it came",
            .receive("hello"),
            .run("save 1 out.txt"),
            .file("out.txt", "hello"),
            .shows("out.txt")
        ),
        Scenario(
            "`show` gives the rest of what was cut",
            size: (80, 24),
            environment: ["PAGER=cat"],
            .receive(String(repeating: "0123456789", count: 250)),
            .shows("\"show 1\" shows the rest"),
            .run("show last"),
            .endsWith(
                """
                  | 0123456789012345678901234567890123456789012345678901234567890123456789012345
                  | 678901234567890123456789
                gobtalk> │
                """
            )
        ),
        Scenario(
            "`set trace on` shows the bytes sent and received",
            .run("set trace on"),
            .run("send string HOST hello"),
            .shows("hello.    text \"hello\""),
            .shows("Thank yo  reply \"Thank you.\"")
        ),
        Scenario(
            "the trace of both directions comes above the line being typed, which stays as it is",
            .run("set trace on"),
            .clear,
            .type("half typed"),
            .press("Left", "Left", "Left", "Left", "Left"),
            .receive("hi\u{1B}[2J"),
            .sees(
                #"""
                < 127.0.0.1:ppppp     7  53 54 52 49 4e 47 0a     STRING.   command STRING
                < 127.0.0.1:ppppp     7  68 69 1b 5b 32 4a 0a     hi.[2J.   text "hi\x1b[2J"
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hi\x1b[2J
                > 127.0.0.1:ppppp    11  54 68 61 6e 6b 20 79 6f  Thank yo  reply "Thank you."
                                         75 2e 0a                 u..
                gobtalk> half │typed
                """#
            ),
            .type("and "),
            .endsWith("gobtalk> half and │typed")
        ),
        Scenario(
            "what comes back to raw bytes is shown between the pieces, and Ctrl-C ends a pause",
            .run("set quiet on"),
            .clear,
            .type(#"send bytes HOST "STRING\nhi\n" pause 1h "x""#),
            .press("Enter"),
            .shows("\nThank you."),
            .press("C-c"),
            .endsWith("Thank you.\n^C\ninterrupted\ngobtalk> │")
        ),
        Scenario(
            "an unknown setting names the nearest, and a wrong value what is taken",
            .run("set timeuot 1s"),
            .shows("there is no setting \"timeuot\"; did you mean \"timeout\"?"),
            .run("set format xml"),
            .shows("format takes go or json, not \"xml\"")
        ),
    ]
}
