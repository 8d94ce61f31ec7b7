import Foundation
import Shell
import Testing

/// The commands typed, and the file that keeps them.
@Suite(.timeLimit(.minutes(5))) struct HistoryTests {
    @Test("commands come back in the next session, one a row of the file")
    func keeps() async throws {
        try await withFolder { folder async throws in
            let path = "\(folder)/state/gobtalk/history"
            let first = History(file: HistoryFile(path: path))
            #expect(first.load() == nil)
            for line in ["send string h don't", "quit"] { #expect(first.add(line) == nil) }
            #expect(try folder.text("state/gobtalk/history") == "send string h don't\nquit\n")
            let second = History(file: HistoryFile(path: path))
            #expect(second.load() == nil)
            #expect(second.lines == ["send string h don't", "quit"])
            #expect(try mode("\(folder)/state") == 0o700)
            #expect(try mode("\(folder)/state/gobtalk") == 0o700)
            #expect(try mode(path) == 0o600)
        }
    }

    @Test(
        "a command is kept as it is, or not at all",
        arguments: [
            ("a", "a\n"), (" secret", ""), ("", ""), ("  ", ""), ("\t", ""), ("a ", "a \n"),
            ("type T struct {\nX int\n}", "type T struct {\n X int\n }\n"),
            ("a\n\n b\n", "a\n \n  b\n"), ("\n\na", "a\n"), ("漢 é", "漢 é\n"), ("a\u{0}b", ""),
            ("a\\", "a\\\n"), ("\tb", "\tb\n"), ("a\u{1B}[m", "a\u{1B}[m\n"),
            (String(repeating: "x", count: 65_537), ""),
        ]
    )
    func form(_ line: String, _ expected: String) async throws {
        try await withFolder { folder async throws in
            let file = HistoryFile(path: "\(folder)/history")
            let history = History(file: file)
            #expect(history.add("before") == nil)
            #expect(history.add(line) == nil)
            #expect(try folder.text("history") == "before\n" + expected)
            let kept = line.trimmingCharacters(in: ["\n"])
            let entries = ["before"] + (expected.isEmpty ? [] : [kept])
            #expect(try file.load(latest: 9) == entries)
            #expect(history.lines == entries)
        }
    }

    @Test("a command that was the last already is kept once")
    func repeated() async throws {
        try await withFolder { folder async throws in
            let history = History(file: HistoryFile(path: "\(folder)/history"))
            for line in ["a", "a", "b", "a"] { #expect(history.add(line) == nil) }
            #expect(history.lines == ["a", "b", "a"])
            #expect(try folder.text("history") == "a\nb\na\n")
        }
    }

    @Test("a file that is half written, binary or no UTF-8 gives what commands it has")
    func damaged() async throws {
        try await withFolder { folder async throws in
            try folder.write("history", Array("good\nba\u{0}d\n\n\n".utf8) + [0xFF, 0x0A, 0x68])
            let file = HistoryFile(path: "\(folder)/history")
            #expect(try file.load(latest: 9) == ["good", "\u{FFFD}", "h"])
            try file.append("next")
            #expect(try file.load(latest: 9) == ["good", "\u{FFFD}", "h", "next"])
        }
    }

    @Test("of a huge file only the end is read, and the oldest are dropped")
    func huge() async throws {
        try await withFolder { folder async throws in
            let row = "send string localhost number\n"
            let count = 100_000_000 / row.utf8.count
            let block = Array(String(repeating: row, count: count / 100).utf8)
            try folder.write("history", [])
            let handle = try FileHandle(forWritingTo: folder.url.appending(component: "history"))
            for _ in 0..<100 { try handle.write(contentsOf: Data(block)) }
            try handle.write(contentsOf: Data("last\n".utf8))
            try handle.close()
            let lines = try HistoryFile(path: "\(folder)/history").load(latest: 1_000)
            #expect(lines.count == 1_000)
            #expect(lines.last == "last")
            let rows = try folder.text("history").split(separator: "\n")
            #expect(rows.count == 10_000)
            #expect(rows.last == "last")
            #expect(try mode("\(folder)/history") == 0o600)
            #expect(try folder.names() == ["history"])
        }
    }

    @Test("a huge file without a line end gives nothing, and does not stop anything")
    func oneRow() async throws {
        try await withFolder { folder async throws in
            try folder.write("history", [UInt8](repeating: 0, count: 10_000_000))
            let file = HistoryFile(path: "\(folder)/history")
            #expect(try file.load(latest: 10) == [])
            try file.append("a")
            #expect(try file.load(latest: 10) == ["a"])
        }
    }

    @Test(
        "what cannot be used is complained of once, and the session goes on",
        arguments: ["folder", "pipe", "loop", "place"]
    )
    func unusable(_ kind: String) async throws {
        try await withFolder { folder async throws in
            let path = "\(folder)/\(kind)"
            switch kind {
            case "folder": mkdir(path, 0o700)
            case "pipe": mkfifo(path, 0o600)
            case "loop": symlink(path, path)
            default: try folder.write("place", "")
            }
            let used = kind == "place" ? path + "/history" : path
            let history = History(file: HistoryFile(path: used))
            let complaints = [history.load(), history.add("a"), history.add("b")].compactMap { $0 }
            let start = "cannot use the history file \"\(used)\": "
            #expect(complaints.count == 1)
            #expect(complaints.first?.hasPrefix(start) == true)
            #expect(complaints.first?.contains("\n") == false)
            #expect(history.lines == ["a", "b"])
        }
    }

    @Test("a link to a file is followed, also when the file is shortened")
    func link() async throws {
        try await withFolder { folder async throws in
            let lines = (1...20).map { "line \($0)" }
            try folder.write("real", lines.map { $0 + "\n" }.joined())
            symlink("real", "\(folder)/history")
            let file = HistoryFile(path: "\(folder)/history", limit: 10)
            #expect(try file.load(latest: 5) == Array(lines.suffix(5)))
            #expect(try folder.text("real") == lines.suffix(10).map { $0 + "\n" }.joined())
            #expect(try folder.names() == ["history", "real"])
            symlink("/dev/null", "\(folder)/none")
            let none = History(file: HistoryFile(path: "\(folder)/none"))
            #expect(none.load() == nil)
            #expect(none.add("a") == nil)
        }
    }

    @Test("peers that add while others shorten lose nothing")
    func shared() async throws {
        try await withFolder { folder async throws in
            let old = (0..<3_000).map { "old \($0)\n" }.joined()
            try folder.write("history", old)
            let (writers, count) = (6, 150)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        // Every one opens the file for itself, as a process does.
                        let file = HistoryFile(path: "\(folder)/history", limit: 2_000)
                        for number in 0..<count {
                            try file.append("writer \(writer)\nnumber \(number)")
                            if number % 10 == 0 { try file.trim() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let file = HistoryFile(path: "\(folder)/history", limit: 2_000)
            try file.trim()
            let lines = try file.load(latest: 10_000)
            #expect(lines.count == 2_000)
            for writer in 0..<writers {
                let own = lines.filter { $0.hasPrefix("writer \(writer)\n") }
                #expect(own == (0..<count).map { "writer \(writer)\nnumber \($0)" })
            }
            #expect(try folder.names() == ["history"])
        }
    }

    @Test("a lock that is never given back does not stop anybody")
    func locked() async throws {
        try await withFolder { folder async throws in
            try folder.write("history", "a\n")
            let holder = open("\(folder)/history", O_RDONLY)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let file = HistoryFile(path: "\(folder)/history", limit: 1)
            try file.append("b")
            try file.trim()
            #expect(try folder.text("history") == "a\nb\n")
        }
    }

    @Test("history lists the latest with their numbers")
    func command() async throws {
        try await Peer.with { peer in
            #expect(try await peer.output(of: "history") == "no commands were typed")
            for number in 1...30 { _ = peer.session.history.add("command \(number)") }
            _ = peer.session.history.add("a\u{1B}[m\nb")
            let rows = try await peer.output(of: "history").split(separator: "\n")
            #expect(rows.count == 20)
            #expect(rows.first == "12  command 12")
            #expect(rows.last == #"31  a\x1b[m\nb"#)
            #expect(try await peer.output(of: "history 1") == #"31  a\x1b[m\nb"#)
            let all = try await peer.output(of: "history 1000").split(separator: "\n")
            #expect(all.first == " 1  command 1")
            #expect(
                await peer.failure(of: "history x")
                    == Failure(.usage, "\"x\" is no number of commands, from 1 on")
            )
        }
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
