extension Scenario {
    /// Keys and what they do to the line.
    static let editing = [
        Scenario("what is typed is shown", .type("help"), .sees("gobtalk> help│")),
        Scenario(
            "arrow keys go left and right, and what is typed goes in there",
            .type("abcd"),
            .press("Left", "Left"),
            .type("X"),
            .sees("gobtalk> abX│cd"),
            .press("Right"),
            .type("Y"),
            .sees("gobtalk> abXcY│d")
        ),
        Scenario(
            "Ctrl-A and Ctrl-E go to the ends",
            .type("abc"),
            .press("C-a"),
            .sees("gobtalk> │abc"),
            .press("C-e"),
            .sees("gobtalk> abc│")
        ),
        Scenario(
            "the keys Home, End and Delete do what they say",
            .type("abc"),
            .press("Home"),
            .sees("gobtalk> │abc"),
            .press("DC"),
            .sees("gobtalk> │bc"),
            .press("End"),
            .sees("gobtalk> bc│")
        ),
        Scenario(
            "the backspace removes what is before the cursor",
            .type("abcd"),
            .press("Left", "BSpace"),
            .sees("gobtalk> ab│d")
        ),
        Scenario(
            "Ctrl-W removes a word",
            .type("send string host"),
            .press("C-w"),
            .sees("gobtalk> send string │")
        ),
        Scenario(
            "Alt-B and Alt-F go by words",
            .type("one two three"),
            .press("M-b", "M-b"),
            .sees("gobtalk> one │two three"),
            .press("M-f"),
            .type("X"),
            .sees("gobtalk> one twoX│ three")
        ),
        Scenario(
            "Ctrl-Left and Ctrl-Right go by words",
            .type("one two"),
            .press("C-Left"),
            .sees("gobtalk> one │two"),
            .press("C-Left"),
            .sees("gobtalk> │one two"),
            .press("C-Right"),
            .type("X"),
            .sees("gobtalk> oneX│ two")
        ),
        Scenario(
            "Ctrl-K takes the rest of the line away, and Ctrl-Y brings it back",
            .type("one two"),
            .press("M-b", "C-k"),
            .sees("gobtalk> one │"),
            .press("C-a"),
            .press("C-y"),
            .sees("gobtalk> two│one")
        ),
        Scenario(
            "Ctrl-U empties the line",
            .type("one two"),
            .press("C-u"),
            .sees("gobtalk> │")
        ),
        Scenario(
            "a line of exactly the width goes on in the next row",
            size: (20, 8),
            .type("12345678901"),
            .sees("gobtalk> 12345678901\n│"),
            .type("x"),
            .sees("gobtalk> 12345678901\nx│"),
            .press("BSpace", "BSpace"),
            .sees("gobtalk> 1234567890│")
        ),
        Scenario(
            "a wide character that does not fit goes to the next row",
            size: (20, 8),
            .type("1234567890漢x"),
            .sees("gobtalk> 1234567890\n漢x│"),
            .press("Left", "Left"),
            .type("é"),
            .sees("gobtalk> 1234567890é\n│漢x")
        ),
        Scenario(
            "the arrow keys go through the history, and back to the line begun",
            .type("messages"),
            .press("Enter"),
            .type("help quit"),
            .press("Enter"),
            .shows("end the program"),
            .clear,
            .type("begun"),
            .press("Up"),
            .sees("gobtalk> help quit│"),
            .press("Up"),
            .sees("gobtalk> messages│"),
            .press("Down", "Down"),
            .sees("gobtalk> begun│")
        ),
        Scenario(
            "Ctrl-R looks for a line of the history, and Enter runs it",
            .type("help quit"),
            .press("Enter"),
            .shows("end the program"),
            .type("help show"),
            .press("Enter"),
            .shows("show a message"),
            .clear,
            .press("C-r"),
            .type("qui"),
            .sees("gobtalk> help │quit\nbck:qui"),
            .press("Enter"),
            .shows("end the program")
        ),
        Scenario(
            "Ctrl-L clears the screen but for the line",
            .type("help quit"),
            .press("Enter"),
            .shows("end the program"),
            .type("abc"),
            .press("Left"),
            .press("C-l"),
            .sees("gobtalk> ab│c")
        ),
        Scenario(
            "Ctrl-C drops the line",
            .type("abc"),
            .press("Left"),
            .sees("gobtalk> ab│c"),
            .press("C-c"),
            .sees("gobtalk> abc^C\ngobtalk> │")
        ),
        Scenario(
            "Ctrl-D ends an empty line only",
            .type("abc"),
            .press("C-d"),
            .type("d"),
            .sees("gobtalk> abcd│"),
            .press("C-u"),
            .press("C-d"),
            .endsWith("$ │")
        ),
        Scenario(
            "a paste of several lines is one edit, and nothing runs before Enter",
            .paste("messages\nshow 1"),
            .sees("gobtalk> messages\nshow 1│"),
            .press("Enter"),
            .sees(
                """
                gobtalk> messages
                show 1
                no messages
                there is no message 1: none was received
                gobtalk> │
                """
            )
        ),
        Scenario(
            "a paste with tabs completes nothing, and the tabs stay",
            .paste("a\tb"),
            .sees("gobtalk> a      b│")
        ),
        Scenario(
            "`gobtalk:bind -v` in .editrc is vi's keys",
            files: [".editrc": "gobtalk:bind -v\n"],
            .type("one two three"),
            .press("Escape"),
            .type("bbdw"),
            .sees("gobtalk> one │three"),
            .type("0ix"),
            .sees("gobtalk> x│one three")
        ),
        Scenario(
            "a binding in .editrc is the user's",
            files: [".editrc": "bind ^O ed-move-to-beg\n"],
            .type("abc"),
            .press("C-o"),
            .sees("gobtalk> │abc")
        ),
    ]
}
