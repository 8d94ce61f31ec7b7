import Shell
import Synchronization
import Testing

/// Long results, which a pager shows where there is one.
@Suite(.timeLimit(.minutes(5))) struct PagerTests {
    @Test(
        "what is taller than the screen goes to the pager, the rest does not",
        arguments: [1, 6, 7]
    )
    func height(_ rows: Int) async throws {
        let shown = Mutex<[String]>([])
        let pager = Output.Pager(rows: { 7 }) { text in
            shown.withLock { $0.append(text) }
            return true
        }
        try await Peer.with(quiet: true, columns: 20, pager: pager) { peer in
            // The head has two rows more or less, by the length of the port: so with the rest.
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: rows * 16)
            try await send(text, to: peer)
            let printed = try await peer.output(of: "show 1")
            let paged = shown.withLock { $0 }.joined()
            let whole = printed.isEmpty ? paged.dropLast() : Substring(printed)
            #expect(whole.count { $0 == "x" } == rows * 16)
            let height = whole.split(separator: "\n").count
            #expect(printed.isEmpty == (height >= 7))
            #expect(paged.isEmpty == (height < 7))
        }
    }

    @Test("where the pager is not to be had, the text is printed with a word")
    func missing() async throws {
        let pager = Output.Pager(rows: { 3 }) { _ in false }
        try await Peer.with(quiet: true, columns: 40, pager: pager) { peer in
            try await send([UInt8](repeating: UInt8(ascii: "x"), count: 400), to: peer)
            let printed = try await peer.output(of: "show 1")
            let rows = printed.split(separator: "\n")
            #expect(rows.count > 10)
            #expect(rows.suffix(2).first?.hasPrefix("! there is no such pager: ") == true)
        }
    }

    @Test(
        "PAGER names it; none where it is empty, or cat, or the terminal can only print",
        arguments: [
            ([:], "less"), (["PAGER": "more -d"], "more -d"), (["PAGER": ""], nil),
            (["PAGER": " cat "], nil), (["TERM": "dumb"], nil),
            (["TERM": "dumb", "PAGER": "less"], nil),
        ] as [([String: String], String?)]
    )
    func choice(_ variables: [String: String], _ program: String?) {
        let variables = ["TERM": "xterm"].merging(variables) { $1 }
        let environment = Environment { variables[$0] }
        #expect(environment.pager == program.map { "LESS=\"${LESS-FR}\"; export LESS; \($0)" })
    }
}
