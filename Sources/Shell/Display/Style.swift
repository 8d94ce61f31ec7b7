/// How the parts of what is shown differ from one another: by colour, or not at all.
///
/// Whatever comes from a peer has been made harmless before, so that nothing but this puts an escape
/// sequence into a text.
struct Style: Sendable {
    /// What a part of a text is.
    enum Role: Sendable {
        /// Who sent a message.
        case sender
        /// The command that brought it.
        case command
        /// What could not be done.
        case error
        /// The name of a field, or the key of a map.
        case name
        /// A string in a literal.
        case string
        /// What matters less: times, gutters, hints.
        case dim

        /// The parameters of its escape sequence (ECMA-48, SGR).
        fileprivate var parameters: String {
            switch self {
            case .sender: "36"
            case .command: "1"
            case .error: "31"
            case .name: "36"
            case .string: "32"
            case .dim: "2"
            }
        }
    }

    /// Whether there is any colour.
    let isColored: Bool

    /// Without any colour.
    static let plain = Style(isColored: false)

    /// What ends a role.
    static let reset = "\u{1B}[0m"

    /// A text in the colour of its role.
    func paint(_ text: String, as role: Role) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(role.parameters)m\(text)\(Self.reset)" : text
    }
}
