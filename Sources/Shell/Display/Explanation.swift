import Gob

/// What a command would send, explained: each of its bytes in a row, from the first on the wire.
struct Explanation {
    let style: Style

    /// How much of a text is shown beside its bytes.
    private static let byteLimit = 80

    /// The rows of a STRING.
    func string(_ text: [UInt8]) -> [String] {
        let bytes = Conversation.string(text)
        let start = bytes.count - text.count - 1
        let literal = InlineLiteral(schema: GobSchema(), byteLimit: Self.byteLimit)
            .scalar(GobValue(string: text), TypeIndex(.string))
        var lines = rows(bytes, 0..<start, name("STRING"))
        if !text.isEmpty {
            lines += rows(
                bytes,
                start..<bytes.count - 1,
                "text " + style.paint(literal, as: .string)
            )
        }
        return lines + rows(bytes, bytes.count - 1..<bytes.count, "end of the line")
    }

    /// The rows of a GOB.
    func gob(_ bytes: [UInt8], limits: GobLimits) -> [String] {
        var position = Conversation.gobNameSize
        var lines = rows(bytes, 0..<position, name("GOB"))
        var inspector = GobInspector(limits: limits)
        while let part = inspector.next(in: bytes, at: &position) {
            lines += InspectionText(style: style).rows(part, of: bytes)
        }
        return lines
    }

    private func name(_ command: String) -> String {
        style.paint("command \(command)", as: .command)
    }

    private func rows(_ bytes: [UInt8], _ range: Range<Int>, _ meaning: String) -> [String] {
        InspectionText(style: style).rows(bytes, range, meaning)
    }
}
