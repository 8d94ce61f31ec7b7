import LineEditing
import Shell
import Testing

/// What Tab does.
@Suite(.timeLimit(.minutes(5))) struct CompletionTests {
    /// A session in which a few things are known.
    static var context: CompletionContext {
        var context = CompletionContext()
        context.hosts = ["bob", "bert", "10.0.0.7:61001", "."]
        context.aliases = ["bob", "bert"]
        context.types = ["Point", "Polygon", "complexData"]
        context.messages = [12, 11, 1]
        context.handlers = ["GOB", "STRING"]
        return context
    }

    @Test(
        "a word that is the only one goes in whole, of several what they share",
        arguments: [
            ("|", ""), ("sen|", "d "), ("send|", " "), ("send s|", "tr"), ("send r|", "aw "),
            ("send b|", "ytes "), ("send str|", ""),
            ("send stri|", "ng "), ("send string |", ""), ("send string bo|", "b "),
            ("send string b|", ""), ("send string be|", "rt "), ("resolve be|", "rt "),
            ("resolve tcp4 be|", "rt "),
            ("resolve bert be|", ""),
            ("send string 1|", "0.0.0.7:61001 "),
            ("send string loc|", "alhost "), ("demo lo|", "calhost "), ("send string bob lo|", ""),
            ("show l|", "ast "), ("show 1|", ""), ("show 12|", " "), ("show 9|", ""),
            ("set tim|", "e"), ("set timeo|", "ut "), ("set format j|", "son"),
            ("set keep-alive o|", "ff"), ("set timeout |", ""), ("set reply o|", ""),
            ("help mess|", "ages "), ("help send stru|", "ct "), ("help k|", "eys "),
            ("types comp|", "lexData "),
            ("send raw . 'A' gob:c|", "omplexData@"), ("send raw . gob:[]*Poi|", "nt@"),
            ("send raw . gob:map[Poi|", "nt"), ("send raw . gob:map[string]c|", "omplexData@"),
            ("types Po|", ""), ("encode a b a|", "s "),
            ("encode a b as Poi|", "nt"), ("encode a b as []Pol|", "ygon"),
            ("encode a b as map[string]*c|", "omplexData"), ("encode a b as |", ""),
            ("expl|", "ain "), ("explain |", "send "), ("explain c|", ""),
            ("explain send stru|", "ct "),
            ("explain send string be|", "rt "), ("explain send struct bob a t|", "o "),
            ("explain send struct bob a as Poi|", "nt"),
            ("explain send struct bob a to []Pol|", "ygon"),
            ("explain send struct bob a as Point to c|", "omplexData"),
            ("repeat 3 explain send st|", "r"),
            ("repeat 3 ev|", "ery "), ("repeat 3 send stri|", "ng "),
            ("repeat 3 every 1s demo loc|", "alhost "), ("repeat 3 repeat 2 wai|", "t "),
            ("wait 2 fr|", "om "), ("wait within 1s fr|", "om "), ("wait within 1s w|", ""),
            ("expect x from loc|", "alhost "),
            ("types c|  # comment", "omplexData"), ("# sen|", ""), ("bogus s|", ""),
            ("send bogus s|", ""), ("sen| string", "d"), ("se|d string", "n"), ("s|nd", "e"),
            ("\"sen|", "d\" "), ("'sen|", "d' "), ("\"sen|\"", "d"), ("s\"e\"n|", "d "),
            ("demo \"bo|", "b\" "), ("  sen|", "d "), ("send\tstru|", "ct "),
            ("send raw be|", "rt "), ("send raw bert |", ""), ("send raw bert w|", ""),
            ("send raw bert \"A\" w|", "ithin "), ("send raw bert \"A\" p|", ""),
            ("send bytes bert \"A\" p|", "ause "), ("send bytes bert \"A\" pause w|", ""),
            ("send bytes bert \"A\" pause 1s w|", ""),
            ("send bytes bert \"A\" pause 1s \"B\" s|", "plit "),
            ("send bytes bert \"A\" split 1 ev|", "ery "),
            ("off S|", "TRING "), ("on X l|", "ine "), ("on X line ec|", "ho "),
            ("on X line close ec|", "ho "), ("on X bytes 3 de|", "lay "),
            ("on X line close clo|", ""), ("on X line delay 1s re|", "ply "), ("on X line 3|", ""),
        ]
    )
    func insertion(_ marked: String, _ expected: String) {
        #expect(complete(marked).insertion == expected)
    }

    @Test(
        "what a word can be is listed where nothing more can go in",
        arguments: [
            ("send |", ["string", "struct", "raw", "bytes"], ""),
            ("send str|", ["string", "struct"], ""),
            ("send string b|", ["bob", "bert"], ""), ("set format |", ["go", "json"], ""),
            ("show |", ["last", "12", "11", "1"], ""), ("types Po|", ["Point", "Polygon"], ""),
            ("send raw . gob:Po|", ["Point", "Polygon"], ""),
            ("encode a b as |", ["Point", "Polygon", "complexData"], ""),
            ("resolve tcp|", ["tcp", "tcp4", "tcp6"], ""),
            ("send string |", ["bob", "bert", "10.0.0.7:61001", ".", "localhost"], ""),
        ]
    )
    func list(_ marked: String, _ expected: [String], _ insertion: String) {
        let found = complete(marked)
        #expect(found.insertion == insertion)
        #expect(found.candidates == (insertion.isEmpty ? expected : []))
    }

    @Test("every command is offered where a line begins")
    func commands() {
        let words = CommandTable.standard.commands.compactMap { command in
            command.name.split(separator: " ").first.map { String($0) }
        }
        #expect(complete("|").candidates == Set(words).sorted())
        for command in CommandTable.standard.commands {
            // "type" could become "types".
            let isClear = !words.contains { $0 != command.name && $0.hasPrefix(command.name) }
            let insertion = complete("\(command.name)|").insertion
            #expect(insertion == (isClear ? " " : ""), "\(command.name)")
        }
    }

    @Test(
        "where a word cannot be known, the synopsis says what comes next",
        arguments: [
            ("send string bob |", "send string HOST TEXT"), ("type Point2 |", nil),
            ("listen |", "listen [ADDRESS]"), ("messages |", "messages [N]"), ("quit |", nil),
            ("send string bob hello |", nil), ("listen 1|", nil),
        ]
    )
    func hint(_ marked: String, _ expected: String?) {
        var context = Self.context
        context.types = []
        let found = complete(marked, context)
        guard let expected else {
            #expect(found.candidates.filter { $0.contains("[") || $0.contains("HOST") } == [])
            return
        }
        #expect(found == Completion(candidates: [expected]))
    }

    @Test(
        "in a chat commands are completed after a slash, and text is not",
        arguments: [("/sen|", "d "), ("sen|", ""), ("/send stri|", "ng "), ("|", ""), ("/|", "")]
    )
    func chat(_ marked: String, _ expected: String) {
        var context = Self.context
        context.isChat = true
        let found = complete(marked, context)
        #expect(found.insertion == expected)
        #expect(found.candidates.isEmpty == (marked != "/|"))
    }

    @Test("a session offers the hosts that were reached, its types and its messages")
    func session() async throws {
        try await Peer.with { peer in
            try await peer.run("send string \(peer.host) hello")
            try await peer.run("type Point struct { X int }")
            _ = await peer.failure(of: "send string localhost:1 hello")
            let context = peer.session.completionContext
            #expect(context.hosts == [peer.host])
            #expect(context.types == ["Point", "complexData"])
            #expect(context.messages == [1])
        }
    }

    @Test("names from a peer are listed harmless, and go in as they are read back")
    func hostile() throws {
        var context = Self.context
        context.hosts = ["evil\u{1B}]0;x\u{07}", "evil\u{202E}"]
        let both = complete("demo |", context)
        #expect(both.candidates == [#"evil\x1b]0;x\x07"#, #"evil\u202e"#, "localhost"])
        context.hosts.removeLast()
        #expect(complete("demo e|", context).insertion == #"vil"\x1b]0;x\x07" "#)
    }

    @Test("what goes in is read back as the word that was meant", arguments: 0..<400)
    func readsBack(_ seed: UInt64) throws {
        var random = Seeded(seed)
        let pieces = ["a", "b", " ", "\t", "\"", "'", "\\", "#", "~", "é", "e\u{301}", "漢", "😀"]
        let rare = ["\u{1B}", "\n", "\u{202E}", "\u{7F}", "\u{9B}", "$", "/", "x\\x41", "\u{0}"]
        let alphabet = pieces + rare
        let word = (0...Int.random(in: 0..<8, using: &random)).map { _ in
            alphabet.randomElement(using: &random) ?? "a"
        }.joined()
        let scalars = Array(word.unicodeScalars)
        let count = Int.random(in: 0...scalars.count, using: &random)
        let start = scalars.prefix(count).reduce(into: "") { $0.unicodeScalars.append($1) }
        for typed in Self.spellings(of: start) {
            var context = CompletionContext()
            context.hosts = [word, "zzz"]
            let line = "demo \(typed)"
            let insertion = context.completion(of: line, cursor: line.utf8.count).insertion
            var words = Words(line: Array((line + insertion).utf8))
            #expect(try words.next() == "demo")
            #expect(try words.next() == word, "\(line)|\(insertion)|")
            #expect(try words.next() == nil)
        }
    }

    /// The beginnings of a word, as they can be typed.
    private static func spellings(of start: String) -> [String] {
        let escaped = start.unicodeScalars.map { "\\U" + hex($0.value) }.joined()
        let double = ["\"" + escaped, "\"" + escaped + "\""]
        let single = start.contains("'") || start.isEmpty ? [] : ["'" + start, "'\(start)'"]
        let special = " \t\"'#"
        let isPlain = !start.isEmpty && !start.contains { special.contains($0) }
        return (start.isEmpty ? [] : double) + single + (isPlain ? [start] : [])
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Completes at the `|` of a line.
    private func complete(_ marked: String, _ context: CompletionContext = context) -> Completion {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return context.completion(of: parts.joined(), cursor: parts[0].utf8.count)
    }
}

/// Random numbers that are the same for the same seed (splitmix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
