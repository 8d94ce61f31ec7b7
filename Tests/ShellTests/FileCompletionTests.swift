import Foundation
import LineEditing
import Shell
import Testing

/// Files that Tab finds.
@Suite(.timeLimit(.minutes(5))) struct FileCompletionTests {
    @Test("files and folders go in as the parser reads them")
    func files() async throws {
        try await withFolder { folder async throws in
            try makeFolder(folder, "my dir")
            try folder.write("my dir/a b.json", "")
            try folder.write("evil\u{1B}[31m.json", "")
            try folder.write(".hidden", "")
            try folder.write("it's.json", "")
            #expect(complete("decode \(folder)/my|") == Completion(insertion: "\" dir/"))
            #expect(complete("decode \"\(folder)/my dir/|") == Completion(insertion: "a b.json\" "))
            #expect(complete("decode '\(folder)/my dir/|") == Completion(insertion: "a b.json' "))
            #expect(complete("decode '\(folder)/it|").insertion == #"'"'s.json" "#)
            #expect(complete("decode \(folder)/evil|").insertion == #""\x1b[31m.json" "#)
            #expect(complete("decode \(folder)/.h|") == Completion(insertion: "idden "))
            let all = complete("decode \(folder)/|")
            #expect(all.candidates == [#"evil\x1b[31m.json"#, "it's.json", "my dir/"])
            #expect(complete("decode \(folder)/no/such/|") == Completion())
        }
    }

    @Test("~/ stands for the home folder, for Tab and for the command")
    func home() async throws {
        try await withFolder { folder async throws in
            try folder.write("one.gob", [])
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link",
                withDestinationPath: "/tmp"
            )
            var context = CompletionContext()
            context.home = "\(folder)"
            #expect(complete("decode ~|", context).insertion == "/")
            #expect(complete("decode ~/o|", context).insertion == "ne.gob ")
            #expect(complete("decode ~/l|", context).insertion == "ink/")
            #expect(complete("schema ~/o|", context).insertion == "ne.gob ")
            #expect(complete("send raw . @~/o|", context).insertion == "ne.gob ")
            #expect(complete("send bytes . \"A\" @~|", context).insertion == "/")
            #expect(complete("send raw . \"A\" @\(folder)/o|", context).insertion == "ne.gob ")
            #expect(complete("send raw . o|", context).insertion == "")
            #expect(complete("send raw . gob:Any@~/o|", context).insertion == "ne.gob ")
            #expect(complete("send raw . any@~/o|", context).insertion == "")
        }
    }

    @Test("a name that is no UTF-8 is left out, for it cannot be typed")
    func invalid() async throws {
        try await withFolder { folder async throws in
            let file = fopenBytes(Array("\(folder)/ab".utf8) + [0xFF])
            #expect(file)
            try folder.write("abc", "")
            #expect(complete("decode \(folder)/a|") == Completion(insertion: "bc "))
        }
    }

    @Test("of a folder with 20,000 files some are listed, and the rest counted")
    func large() async throws {
        try await withFolder { folder async throws in
            for number in 100_000..<120_000 {
                let made = creat("\(folder)/file\(number)", 0o600)
                try #require(made >= 0)
                close(made)
            }
            #expect(complete("decode \(folder)/|").insertion == "file1")
            let list = complete("decode \(folder)/file1|")
            #expect(list.insertion == "")
            #expect(list.candidates.count == 100)
            #expect(list.candidates.first == "file100000")
            #expect(list.candidates.last == "file100099")
            #expect(list.omitted == 19_900)
            #expect(complete("decode \(folder)/file11555|").candidates.count == 10)
        }
    }

    @Test("a file that is not there names the nearest that is")
    func nearest() async throws {
        try await withFolder { folder async throws in
            try folder.write("article.json", "{}")
            try await Peer.with { peer in
                let failure = await peer.failure(of: "encode \(folder)/artcle.json x.gob")
                let reason = "cannot read \"\(folder)/artcle.json\": No such file or directory"
                let hint = "; did you mean \"\(folder)/article.json\"?"
                #expect(failure == Failure(.noInput, reason + hint))
            }
        }
    }

    private func makeFolder(_ folder: TemporaryFolder, _ name: String) throws {
        try FileManager.default.createDirectory(
            at: folder.url.appending(component: name),
            withIntermediateDirectories: false
        )
    }

    private func fopenBytes(_ path: [UInt8]) -> Bool {
        let made = (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
            $0.baseAddress.map { creat($0, 0o600) } ?? -1
        }
        guard made >= 0 else { return false }
        close(made)
        return true
    }

    private func complete(
        _ marked: String,
        _ context: CompletionContext = CompletionContext(),
    ) -> Completion {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return context.completion(of: parts.joined(), cursor: parts[0].utf8.count)
    }
}
