extension Scenario {
    /// What Tab does, what unfinished commands say, and what is found again.
    static let completion: [Scenario] = [
        Scenario(
            "Tab completes words as far as they are clear, then lists what they can be",
            files: ["article.json": "{}", "article.gob": ""],
            .type("sen\t\t\t"),
            .shows("string  struct\ngobtalk> send str"),
            .type("u\tloc\tart\t\tj\tas comp\t"),
            .shows(
                "article.gob   article.json\n"
                    + "gobtalk> send struct localhost article.json as complexData"
            ),
        ),
        Scenario(
            "Tab in the middle of a line and in quotes; what cannot be known is described",
            files: ["two words.json": "{}"],
            .type("decode tw\t"),
            .shows("gobtalk> decode two\" words.json\""),
            .press("C-u"),
            .type("decode 'tw\t"),
            .shows("gobtalk> decode 'two words.json'"),
            .press("C-u"),
            .type("string localhost x"),
            .press("C-a"),
            .type("sen\t "),
            .endsWith("gobtalk> send │string localhost x"),
            .press("C-u"),
            .press("C-k"),
            .type("send string localhost \t"),
            .shows("send string HOST TEXT\ngobtalk> send string localhost"),
        ),
        Scenario(
            "a message comes between two Tabs",
            .type("send s\t"),
            .shows("gobtalk> send str"),
            .receive("hello"),
            .shows("STRING: hello\ngobtalk> send str"),
            .type("\t"),
            .shows("string  struct\ngobtalk> send str"),
            .type("in\t"),
            .endsWith("gobtalk> send string │"),
        ),
        Scenario(
            "commands are found again in the next run, but for those that begin with a space",
            .type("help keys\n secret\nmessages\nmessages\nquit\n"),
            .shows("$ "),
            .file(".local/state/gobtalk/history", "help keys\nmessages\nquit\n"),
            .start("--listen 127.0.0.1:0"),
            .press("Up", "Up"),
            .endsWith("gobtalk> messages│"),
            .press("Up"),
            .endsWith("gobtalk> help keys│"),
            .press("C-u"),
            .press("C-r"),
            .type("mess"),
            .press("Enter"),
            .shows("no messages"),
            .type("history 2\n"),
            .shows("4  messages\n5  history 2"),
        ),
        Scenario(
            "--no-history keeps nothing, and a history that cannot be kept is complained of once",
            environment: ["XDG_STATE_HOME=/dev/null/no"],
            .type("messages\ntypes Point\n"),
            .shows(
                "cannot use the history file \"/dev/null/no/gobtalk/history\": Not a directory;"
            ),
            .shows("no declaration to print"),
            .press("Up", "Up"),
            .endsWith("gobtalk> messages│"),
        ),
    ]
}
