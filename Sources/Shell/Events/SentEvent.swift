import Gob

extension Sent {
    /// Where its data begins, behind the name line.
    private var dataStart: Int { (bytes.firstIndex(of: lineEnd) ?? -1) + 1 }

    /// Its name.
    var command: String { String(decoding: bytes.prefix(max(dataStart - 1, 0)), as: UTF8.self) }

    /// Its data: the text of a STRING, or the stream of a GOB.
    var content: Message.Content {
        let data = Array(bytes[dataStart...])
        return command == "STRING" ? .text(data.dropLast()) : .gob(data)
    }
}

extension Session {
    /// Tells of a command that was sent.
    func tell(_ sent: Sent) async {
        let datum = sent.content.datum(cache)
        await output.event(.sent(sent, datum, number: countSent()))
    }
}
