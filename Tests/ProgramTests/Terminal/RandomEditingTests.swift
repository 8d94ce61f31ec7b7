import Testing

/// Random keys while messages arrive, against a model of the line.
@Suite(.timeLimit(.minutes(5))) struct RandomEditingTests {
    private static let columns = 44

    @Test("200 random editing sessions, while messages arrive, leave the line as the model has it")
    func sessions() async throws {
        try await Turns.terminals.take {
            let terminal = try await Terminal.start(columns: Self.columns, rows: 16)
            let host = try await terminal.startGobtalk()
            let sender = Task {
                var count = 0
                while !Task.isCancelled {
                    count += 1
                    try await RawPeer.converse(
                        with: host,
                        Array("STRING\nm\(count)\n".utf8),
                        replies: 1
                    )
                }
            }
            defer { sender.cancel() }
            var random = SplitMix(seed: 4)
            var model = LineModel()
            for session in 1...200 {
                try await edit(terminal, &model, session, &random)
            }
        }
    }

    /// One session: an empty line, keys in three bursts, the line looked at after each.
    private func edit(
        _ terminal: Terminal,
        _ model: inout LineModel,
        _ session: Int,
        _ random: inout SplitMix,
    ) async throws {
        var keys: [String] = []
        for _ in 1...3 {
            let burst = (0..<Int.random(in: 1...12, using: &random)).map { _ in key(&random) }
            try await terminal.type(burst.map(\.bytes).joined())
            keys += burst.map(\.bytes)
            for key in burst { model.press(key) }
            try await compare(terminal, model, "session \(session), \(keys)")
        }
        try await terminal.type("\u{15}")
        model.press(.cutAll)
        try await compare(terminal, model, "session \(session), emptied")
    }

    private func compare(_ terminal: Terminal, _ model: LineModel, _ what: String) async throws {
        let wanted = model.picture(prompt: "gobtalk> ", columns: Self.columns)
        do {
            let picture = try await poll("\n\(wanted)\nafter \(what)") {
                let picture = try await terminal.look().picture
                return (picture.hasSuffix("\n" + wanted) ? picture : nil, picture)
            }
            let above = picture.dropLast(wanted.count + 1).split(separator: "\n")
            let messages = above.drop { !$0.hasPrefix("hh:mm:ss #") }
            for row in messages {
                #expect(row.wholeMatch(of: /hh:mm:ss #\d+ 127\.0\.0\.1:ppppp STRING: m\d+/) != nil)
            }
        }
    }

    private func key(_ random: inout SplitMix) -> LineModel.Key {
        switch Int.random(in: 0..<30, using: &random) {
        case 0: .left
        case 1: .right
        case 2: .home
        case 3: .end
        case 4, 5: .backspace
        case 6: .delete
        case 7: .wordLeft
        case 8: .wordRight
        case 9: .deleteWord
        case 10: .cutToEnd
        case 11: .paste
        case 12, 13, 14, 15: .character(" ")
        case 16, 17, 18: .character(["é", "漢", "字", "か", "ß"].randomElement(using: &random) ?? "é")
        default: .character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random)))
        }
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
