/// Bytes to be sent as they are: in pieces, each written at once, with pauses between them.
struct RawPieces: Equatable, Sendable {
    /// Bytes of one write, and how long it waits behind the one before.
    struct Piece: Equatable, Sendable {
        let bytes: [UInt8]
        /// How long; `nil` where nothing was said of it.
        var pause: Duration?
    }

    /// The pieces, in their order.
    private(set) var pieces: [Piece] = []

    /// All of these words, one behind the other, as one piece.
    ///
    /// - Parameters:
    ///   - words: The words, as they were written.
    ///   - source: Where their bytes may be.
    /// - Throws: ``Failure`` with the column of what is no bytes.
    init(joining words: [Words.Written], from source: RawSource) throws {
        var reader = PieceReader(source)
        let bytes = try words.flatMap { try reader.bytes($0) }
        pieces = [Piece(bytes: bytes)]
    }

    /// These words, each as a piece, but for `pause D`.
    ///
    /// - Throws: ``Failure`` with the column of what is neither.
    init(_ words: [Words.Written], from source: RawSource) throws {
        var reader = PieceReader(source)
        var rest = words[...]
        var pause: Duration?
        while let word = rest.popFirst() {
            if word.isKeyword(in: ["pause"]) {
                guard !pieces.isEmpty else {
                    throw Failure(.usage, "a pause stands between pieces").at(column: word.column)
                }
                pause = try Self.duration(rest.popFirst(), after: word) + (pause ?? .zero)
            } else if pause == nil, reader.goesOn(with: word), let last = pieces.popLast() {
                let bytes = last.bytes + (try reader.bytes(word))
                pieces.append(Piece(bytes: bytes, pause: last.pause))
            } else {
                if pause != nil { reader = PieceReader(source) }
                pieces.append(Piece(bytes: try reader.bytes(word), pause: pause))
                pause = nil
            }
        }
        guard let last = words.last, pause != nil else { return }
        throw Failure(.usage, "a piece is missing after the pause").at(column: last.column)
    }

    /// The same bytes in pieces of so many.
    func split(_ size: Int) -> RawPieces {
        var split = self
        split.pieces = pieces.flatMap { piece in
            stride(from: 0, to: piece.bytes.count, by: size).map { start in
                let end = min(start + size, piece.bytes.count)
                let bytes = Array(piece.bytes[start..<end])
                return Piece(bytes: bytes, pause: start == 0 ? piece.pause : nil)
            }
        }
        return split
    }

    /// The same pieces with a pause wherever nothing was said of one.
    func every(_ pause: Duration) -> RawPieces {
        var paused = self
        for index in pieces.indices.dropFirst() where pieces[index].pause == nil {
            paused.pieces[index].pause = pause
        }
        return paused
    }

    private static func duration(
        _ word: Words.Written?,
        after keyword: Words.Written,
    ) throws -> Duration {
        guard let word else {
            let reason = "D is missing after pause, as in: pause 500ms"
            throw Failure(.usage, reason).at(column: keyword.column)
        }
        let text = String(decoding: word.bytes, as: UTF8.self)
        guard let duration = Duration(text: text) else {
            let reason = "\"\(text.shown)\" is no duration, as 300ms, 1.5s or 2m"
            throw Failure(.usage, reason).at(column: word.column)
        }
        return duration
    }
}

/// Reads words that stand for bytes.
private struct PieceReader {
    private let source: RawSource
    /// Whether the word before was hexadecimal digits, which may go on in the next.
    private var isHexadecimal = false

    init(_ source: RawSource) {
        self.source = source
    }

    /// Whether a word is more of the hexadecimal digits before it.
    func goesOn(with word: Words.Written) -> Bool {
        isHexadecimal && !word.isQuoted && word.bytes.count.isMultiple(of: 2)
            && word.bytes.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// The bytes that a word stands for.
    mutating func bytes(_ word: Words.Written) throws -> [UInt8] {
        do {
            if goesOn(with: word) {
                return try RawBytes(hexadecimal: String(decoding: word.bytes, as: UTF8.self)[...])
                    .bytes
            }
            isHexadecimal = !word.isQuoted && word.bytes.starts(with: RawBytes.hexMark.utf8)
            return try RawBytes(written: word, from: source).bytes
        } catch let failure as Failure {
            throw failure.at(column: word.column)
        }
    }
}
