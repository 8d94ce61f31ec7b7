extension Scenario {
    /// Messages that arrive while a line is edited.
    static let messages = [
        Scenario(
            "a message comes above an empty line",
            .receive("hello"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> │")
        ),
        Scenario(
            "a message comes above a line half typed, with the cursor in its middle",
            .type("send string host half"),
            .press("M-b"),
            .receive("hello"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> send string host │half
                """
            ),
            .type("x"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> send string host x│half
                """
            )
        ),
        Scenario(
            "a message comes above a line of three rows, with the cursor in the second",
            size: (50, 12),
            .type(String(repeating: "0123456789", count: 11)),
            .press("C-a"),
            .press(Array(repeating: "Right", count: 50)),
            .receive("hello"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> 01234567890123456789012345678901234567890
                123456789│01234567890123456789012345678901234567890
                1234567890123456789
                """
            )
        ),
        Scenario(
            "a message comes above a line that ends at the right margin",
            size: (50, 8),
            .type(String(repeating: "x", count: 41)),
            .receive("hello"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                │
                """
            ),
            .type("y"),
            .receive("again"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                hh:mm:ss #2 127.0.0.1:ppppp STRING: again
                gobtalk> xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                y│
                """
            )
        ),
        Scenario(
            "messages scroll a full screen, and the line stays on its last row",
            size: (60, 4),
            .type("abc"),
            .press("Left"),
            .receive("1", "2", "3", "4", "5"),
            .sees(
                """
                hh:mm:ss #3 127.0.0.1:ppppp STRING: 3
                hh:mm:ss #4 127.0.0.1:ppppp STRING: 4
                hh:mm:ss #5 127.0.0.1:ppppp STRING: 5
                gobtalk> ab│c
                """
            )
        ),
        Scenario(
            "a message comes above wide characters, with the cursor among them",
            size: (50, 8),
            .type("漢字かな交じり文は幅が二つの文字でできていて"),
            .press("C-a"),
            .press(Array(repeating: "Right", count: 21)),
            .receive("漢字"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: 漢字
                gobtalk> 漢字かな交じり文は幅が二つの文字でできて
                い│て
                """
            )
        ),
        Scenario(
            "a message during Ctrl-R leaves the search as it was",
            .type("help quit"),
            .press("Enter"),
            .shows("end the program"),
            .clear,
            .press("C-r"),
            .type("qu"),
            .receive("hello"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> help │quit
                bck:qu
                """
            ),
            .type("i"),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: hello
                gobtalk> help │quit
                bck:qui
                """
            ),
            .press("Enter"),
            .shows("end the program")
        ),
        Scenario(
            "a message during a walk through the history leaves the walk where it was",
            .type("messages"),
            .press("Enter"),
            .type("help quit"),
            .press("Enter"),
            .shows("end the program"),
            .clear,
            .press("Up"),
            .receive("hello"),
            .press("Up"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> messages│"),
            .press("Down"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> help quit│")
        ),
        Scenario(
            "a message while an operator of vi waits for its motion",
            files: [".editrc": "bind -v\n"],
            .type("one two three"),
            .press("Escape"),
            .type("0d"),
            .receive("hello"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> │one two three"),
            .type("w"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> │two three")
        ),
        Scenario(
            "a message after a smaller width, and after a larger one",
            size: (60, 10),
            .type("send string host a line of more than fifty columns, surely"),
            .resize(50, 10),
            .receive("narrow"),
            .endsWith(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: narrow
                gobtalk> send string host a line of more than fift
                y columns, surely│
                """
            ),
            .resize(70, 10),
            .receive("wide"),
            .endsWith(
                """
                hh:mm:ss #2 127.0.0.1:ppppp STRING: wide
                gobtalk> send string host a line of more than fifty columns, surely│
                """
            )
        ),
        Scenario(
            "a long text goes on in rows with a gutter",
            size: (60, 10),
            .receive(String(repeating: "0123456789", count: 6)),
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: 012345678901234567890123
                  | 456789012345678901234567890123456789
                gobtalk> │
                """
            )
        ),
        Scenario(
            "the article's string and struct, above a line half typed",
            size: (80, 30),
            .type("half"),
            .receiveArticle,
            .sees(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: Additional data.
                hh:mm:ss #2 127.0.0.1:ppppp GOB: complexData, 186 bytes
                  | complexData{
                  |     N: 23,
                  |     S: "string data",
                  |     M: map[string]int{"one": 1, "three": 3, "two": 2},
                  |     P: []byte("abc"),
                  |     C: complexData{
                  |         N: 256,
                  |         S: "Recursive structs? Piece of cake!",
                  |         M: map[string]int{"01": 1, "10": 2, "11": 3},
                  |         P: nil,
                  |         C: nil,
                  |     },
                  | }
                gobtalk> half│
                """
            )
        ),
        Scenario(
            "a line taller than the screen loses nothing to a message",
            size: (50, 4),
            .type("send string HOST " + String(repeating: "0123456789", count: 25)),
            .receive("hello"),
            .press("Enter"),
            .shows("Thank you."),
            .run("save last out.txt"),
            .file("out.txt", String(repeating: "0123456789", count: 25))
        ),
    ]
}
