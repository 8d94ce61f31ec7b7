import Gob

/// What a send would send, explained: each of its bytes in a row, from the first on the wire.
struct Explanation {
    let style: Style
    /// For the values of gobs.
    let limits: GobLimits
    /// What follows the name of a command; `nil` for one that is not known.
    let form: (String) -> Handler.Form?

    /// How much of a text is shown beside its bytes.
    private static let byteLimit = 80

    /// The rows of bytes, as one reads them who knows the commands.
    ///
    /// - Throws: `CancellationError`.
    func rows(_ bytes: [UInt8]) throws -> [String] {
        var cutter = CommandCutter()
        var rows: [String] = []
        // Where the present part begins, and the stream that it is a message of.
        var (start, stream) = (0, 0)
        for part in cutter.parts(of: bytes, form: form) {
            let range = start..<start + part.piece.bytes.count
            start = range.upperBound
            let command = part.piece.command.map { "\"\($0.harmless)\"" }
            switch part.kind {
            case .name:
                stream = range.upperBound
                rows += self.rows(bytes, range, name(part.piece.command, part.isEnded))
            case .line: rows += line(bytes, range, part.isEnded)
            case .bytes: rows += self.rows(bytes, range, "data of \(command ?? "a command")")
            case .message where part.endsCommand || range.upperBound == bytes.count:
                rows += try gob(bytes, stream..<range.upperBound).rows
            case .message: break
            case .unknown:
                let stream = try gob(bytes, range)
                rows +=
                    stream.isWhole
                    ? stream.rows : self.rows(bytes, range, "bytes of which nothing is known")
            }
        }
        return rows
    }

    private func name(_ command: String?, _ isWhole: Bool) -> String {
        let whole = command.map { "command \($0.harmless)" }
        let words = isWhole ? whole : "the beginning of a command"
        return style.paint(words ?? "a command whose name is no text", as: .command)
    }

    private func line(_ bytes: [UInt8], _ range: Range<Int>, _ isWhole: Bool) -> [String] {
        let text = isWhole ? range.dropLast() : range
        let value = GobValue(string: Array(bytes[text]))
        let literal = InlineLiteral(schema: GobSchema(), byteLimit: Self.byteLimit)
            .scalar(value, TypeIndex(.string))
        let words = "text " + style.paint(literal, as: .string)
        return (text.isEmpty ? [] : rows(bytes, text, words))
            + (isWhole ? rows(bytes, text.upperBound..<range.upperBound, "end of the line") : [])
    }

    /// The rows of a gob stream, up to where it breaks if it does.
    private func gob(
        _ bytes: [UInt8],
        _ range: Range<Int>,
    ) throws -> (rows: [String], isWhole: Bool) {
        let bytes = Array(bytes[..<range.upperBound])
        var position = range.lowerBound
        var inspector = GobInspector(limits: limits)
        var rows: [String] = []
        while let part = inspector.next(in: bytes, at: &position) {
            try Task.checkCancellation()
            rows += InspectionText(style: style).rows(part, of: bytes)
            if part.error != nil { return (rows, false) }
        }
        return (rows, true)
    }

    private func rows(_ bytes: [UInt8], _ range: Range<Int>, _ meaning: String) -> [String] {
        InspectionText(style: style).rows(bytes, range, meaning)
    }
}
