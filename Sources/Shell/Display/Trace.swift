import Net

/// Shows the bytes that go over connections, a row for each write and each read.
enum Trace {
    /// How many bytes of one write or read are shown.
    static let byteLimit = 1_000

    /// The bytes as a Go literal, behind the way they went and the peer.
    static func row(_ traffic: Traffic, _ style: Style) -> String {
        let arrow =
            switch traffic.direction {
            case .sent: "→"
            case .received: "←"
            }
        let bytes = traffic.bytes
        let isCut = bytes.count > byteLimit
        let literal = Harmless.quoted(isCut ? bytes.textPrefix(byteLimit) : bytes)
        let rest = isCut ? "… \(bytes.count) bytes" : ""
        return style.paint("\(arrow) \(traffic.peer)", as: .dim) + " "
            + style.paint(literal, as: .string) + rest
    }
}
