extension Scenario {
    /// Chats, the peer in use, and names.
    static let chats = [
        Scenario(
            "a chat has its prompt, sends lines, and says how long that took",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .type("hello, bob\r"),
            .endsWith(
                """
                bob> hello, bob
                  sent (0 ms)
                bob> │
                """
            ),
            .arrives("A", "STRING: hello, bob")
        ),
        Scenario(
            "messages come above the line of a chat",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .type("half"),
            .receive("from elsewhere"),
            .endsWith("hh:mm:ss #1 127.0.0.1:ppppp STRING: from elsewhere\nbob> half│")
        ),
        Scenario(
            "a slash begins a command in a chat, and two are a text",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .type("/messages\r"),
            .endsWith("no messages\nbob> │"),
            .type("//x\r"),
            .arrives("A", "STRING: /x"),
            .type("/leave\r"),
            .endsWith("gobtalk> │")
        ),
        Scenario(
            "Ctrl-D leaves a chat, and then the program",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .press("C-d"),
            .endsWith("gobtalk> │"),
            .press("C-d"),
            .endsWith("$ │")
        ),
        Scenario(
            "a line that is typed while the peer is gone is kept, and sent when it has returned",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .stop("A"),
            .shows("bob closed the connection; the next send makes it again"),
            .type("are you there?\r"),
            .shows("\"are you there?\" failed: cannot dial"),
            .serve("A"),
            .type("/retry\r"),
            .shows("bob is there again"),
            .arrives("A", "STRING: are you there?")
        ),
        Scenario(
            "the peer in use is in the prompt, and \".\" stands for it",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("connect bob\r"),
            .endsWith("gobtalk bob> │"),
            .type("send string . over one connection\r"),
            .arrives("A", "STRING: over one connection"),
            .type("disconnect\r"),
            .endsWith("gobtalk> │")
        ),
        Scenario(
            "reply sends to the peer last heard from, and says where it went",
            .type("alias me HOST\r"),
            .receive("ping"),
            .type("reply pong\r"),
            .shows("to me:"),
            .shows("STRING: pong")
        ),
        Scenario(
            "a pasted block is sent line by line",
            .serve("A"),
            .type("alias bob @A\r"),
            .type("chat bob\r"),
            .endsWith("bob> │"),
            .paste("one\n  two\nthree"),
            .press("Enter"),
            .arrives("A", "STRING: one"),
            .arrives("A", "STRING:   two"),
            .arrives("A", "STRING: three")
        ),
    ]
}
