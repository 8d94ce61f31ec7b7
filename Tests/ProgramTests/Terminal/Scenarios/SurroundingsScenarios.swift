import Glibc

extension Scenario {
    /// Terminals of other kinds and sizes, other locales, redirections, signals.
    static let surroundings = [
        Scenario(
            "a dumb terminal shows messages and the line",
            environment: ["TERM=dumb"],
            .type("help qu"),
            .receive("hello"),
            .endsWith("hh:mm:ss #1 127.0.0.1:ppppp STRING: hello\ngobtalk> help qu│"),
            .type("it"),
            .press("Enter"),
            .shows("end the program")
        ),
        Scenario(
            "an unknown type of terminal is complained of once, and the line is edited plainly",
            environment: ["TERM=nonsense"],
            arguments: nil,
            .type("gobtalk --no-listen\r"),
            .shows("unknown terminal type \"nonsense\": the line is edited plainly"),
            .type("help quit\r"),
            .shows("end the program")
        ),
        Scenario(
            "characters of UTF-8 are typed and kept where the locale is C",
            environment: ["LC_ALL=C"],
            .type("é漢😀"),
            .press("Left"),
            .sees("gobtalk> é漢│😀"),
            .receive("é漢😀"),
            .sees("hh:mm:ss #1 127.0.0.1:ppppp STRING: é漢😀\ngobtalk> é漢│😀")
        ),
        Scenario(
            "and where the environment says nothing of it",
            environment: ["LC_ALL=", "LANG="],
            .type("é漢"),
            .press("Left"),
            .sees("gobtalk> é│漢")
        ),
        Scenario(
            "with the output in a file there is no prompt, and the file has the results",
            arguments: nil,
            .type("gobtalk --no-listen > out.txt\r"),
            .type("show 1\r"),
            .shows("there is no message 1: none was received"),
            .type("messages\r"),
            .file("out.txt", "not listening\n\"help\" says more\nno messages\n"),
            .press("C-d"),
            .endsWith("$ │")
        ),
        Scenario(
            "twenty resizes in a row leave the line and the cursor right",
            size: (70, 16),
            // So that the row is not too long for any of the widths.
            .run("set timestamps off"),
            .type("send string host a line that wraps in every width below seventy columns"),
            .press("M-b"),
            .resize(30, 16),
            .resize(65, 10),
            .resize(41, 20),
            .resize(80, 24),
            .resize(33, 12),
            .resize(50, 9),
            .resize(78, 16),
            .resize(34, 10),
            .resize(66, 24),
            .resize(40, 12),
            .resize(77, 16),
            .resize(31, 10),
            .resize(60, 24),
            .resize(45, 12),
            .resize(79, 16),
            .resize(32, 10),
            .resize(61, 24),
            .resize(44, 12),
            .resize(76, 16),
            .resize(50, 12),
            .receive("hi"),
            .endsWith(
                """
                #1 127.0.0.1:ppppp STRING: hi
                gobtalk> send string host a line that wraps in eve
                ry width below seventy │columns
                """
            )
        ),
        Scenario(
            "messages that come between many resizes are all there, above the line",
            size: (70, 24),
            .type("send string host a line that wraps in every width below seventy columns"),
            .press("M-b"),
            .resize(46, 24),
            .receive("one"),
            .resize(65, 24),
            .receive("two"),
            .resize(52, 24),
            .resize(79, 24),
            .receive("three"),
            .resize(45, 24),
            .receive("four"),
            .resize(76, 24),
            .receive("five"),
            .resize(45, 24),
            .resize(50, 24),
            .receive("six"),
            .endsWith(
                """
                hh:mm:ss #1 127.0.0.1:ppppp STRING: one
                hh:mm:ss #2 127.0.0.1:ppppp STRING: two
                hh:mm:ss #3 127.0.0.1:ppppp STRING: three
                hh:mm:ss #4 127.0.0.1:ppppp STRING: four
                hh:mm:ss #5 127.0.0.1:ppppp STRING: five
                hh:mm:ss #6 127.0.0.1:ppppp STRING: six
                gobtalk> send string host a line that wraps in eve
                ry width below seventy │columns
                """
            )
        ),
        Scenario(
            "Ctrl-Z gives the terminal back, and fg the line",
            .type("half a line"),
            .press("Left"),
            .sees("gobtalk> half a lin│e"),
            .press("C-z"),
            .endsWith("$ │"),
            .type("echo here\r"),
            .endsWith("here\n$ │"),
            .type("fg\r"),
            .endsWith("gobtalk> half a lin│e")
        ),
        Scenario(
            "SIGTERM ends the program below the line",
            .type("half"),
            .sees("gobtalk> half│"),
            .signal(SIGTERM),
            .endsWith("gobtalk> half\n$ │"),
            .type("echo $?\r"),
            .shows("\n143\n")
        ),
    ]
}
