/// What bytes that go one way over a connection are cut into.
extension CommandCutter {
    /// Bytes of one command: the whole of it, or what a write or read had of it.
    struct Piece: Sendable, Equatable {
        let bytes: [UInt8]
        /// The command; `nil` while its name has not come whole, and where none can be told any more.
        let command: String?
        /// Which command of the connection it is, from 1.
        let number: Int
    }

    /// Bytes of one part of a command: the whole of it, or what a write or read had of it.
    struct Part: Sendable, Equatable {
        /// What a part is.
        enum Kind: Sendable, Equatable {
            /// The name line.
            case name
            /// The line that follows the name.
            case line
            /// The bytes that follow the name.
            case bytes
            /// A message of a gob stream.
            case message
            /// What comes where no command can be told any more.
            case unknown
        }

        let kind: Kind
        /// Its bytes, and the command that they are of.
        let piece: Piece
        /// Whether it begins with these bytes.
        let isBegun: Bool
        /// Whether it ends with these bytes.
        let isEnded: Bool
        /// Whether the command ends with them.
        let endsCommand: Bool
    }
}
