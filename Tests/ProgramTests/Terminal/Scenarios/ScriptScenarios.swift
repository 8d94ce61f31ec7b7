extension Scenario {
    /// Scripts, and commands that wait, at the prompt.
    static let scripts =
        waits.map(interrupted) + [
            Scenario(
                "Ctrl-C ends sends that do not wait for their replies, and the next one works",
                .serve("A"),
                .type("connect @A\n"),
                .shows("connected to"),
                .type("repeat 1000000000 send string . many\n"),
                .shows("Thank you."),
                .press("C-c"),
                .shows("interrupted"),
                .type("send string . last\n"),
                .arrives("A", "last")
            ),
            Scenario(
                "a word that is wrong in a script has a caret below it",
                files: ["s.gt": "echo begun\n  echo \\\n  hello\nset timeout 5x\n"],
                .type("source s.gt\n"),
                .sees(
                    """
                    gobtalk> source s.gt
                    begun
                    hello
                    s.gt:4: timeout takes a duration above 0, as 300ms, 1.5s or 2m, not "5x"
                        set timeout 5x
                                    ^
                    gobtalk> │
                    """
                )
            ),
        ]

    private static let waits = [
        "wait within 1h", "expect x within 1h", "sleep 1h", "repeat 9 every 1h set timeout 1s",
    ]

    private static func interrupted(_ command: String) -> Scenario {
        Scenario(
            "Ctrl-C ends \(command), and the prompt is there again",
            files: ["s.gt": "echo begun\n\(command)\necho never\n"],
            .type("source s.gt\n"),
            .shows("begun"),
            .press("C-c"),
            .sees(
                """
                gobtalk> source s.gt
                begun
                ^C
                s.gt:2: interrupted
                gobtalk> │
                """
            ),
            .run("echo again"),
            .shows("again")
        )
    }
}
