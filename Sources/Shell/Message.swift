package import Gob
package import Net

/// Something that a peer sent, as it was received.
package struct Message: Sendable {
    /// The data of a command.
    package enum Content: Sendable {
        /// The text of a STRING, without its line end; any bytes.
        case text([UInt8])
        /// The stream of a GOB: type definitions and a value.
        case gob([UInt8])
        /// Bytes whose number was known; none of a command that brings nothing.
        case bytes([UInt8])

        /// What was sent.
        var bytes: [UInt8] {
            switch self {
            case .text(let bytes), .gob(let bytes), .bytes(let bytes): bytes
            }
        }

        /// How many bytes were sent.
        var size: Int { bytes.count }
    }

    /// Where a message came from.
    package struct Origin: Sendable {
        /// The address of its sender.
        let peer: Address
        /// The number of the connection.
        let connection: Int
        /// Where it went, where it was not for this side.
        let passage: Passage?

        /// An origin of these parts.
        package init(peer: Address, connection: Int, passage: Passage? = nil) {
            self.peer = peer
            self.connection = connection
            self.passage = passage
        }
    }

    /// How a message came by that one program sent to another.
    package struct Passage: Sendable, Equatable {
        /// What of a conversation a message is.
        package enum Role: String, Sendable, Equatable {
            /// A whole command.
            case command
            /// The reply to one.
            case reply
            /// Bytes that are neither, or not whole.
            case bytes
        }

        /// For whom it was.
        let recipient: Address
        let role: Role
    }

    /// Which message it is, counted from 1 since the program began.
    package let number: Int
    /// When it had arrived whole.
    package let time: WallTime
    /// Where it came from.
    let origin: Origin
    /// The command that brought it.
    package let command: String
    /// What it brought.
    package let content: Content

    /// Who sent it.
    package var peer: Address { origin.peer }

    /// How many bytes were sent, and are kept.
    package var size: Int { content.size }

    /// Decodes the value of a GOB.
    ///
    /// - Parameter cache: The types of the session's streams.
    /// - Returns: The value; `nil` for anything else.
    package func datum(_ cache: GobTypeCache) -> GobDatum? { content.datum(cache) }
}

extension Message.Content {
    /// How many bytes of a GOB are definitions of types, which come before its value.
    var definitionSize: Int {
        guard case .gob(let stream) = self else { return 0 }
        return GobFrame.definitionSize(stream.span)
    }

    /// How many bytes were sent, and how many of them are definitions: `94 bytes, 71 of them
    /// definitions`.
    var sizes: String {
        let definitions = definitionSize
        return "\(size) bytes" + (definitions > 0 ? ", \(definitions) of them definitions" : "")
    }

    /// Decodes the value of a GOB; `nil` for anything else.
    func datum(_ cache: GobTypeCache) -> GobDatum? {
        guard case .gob(let stream) = self else { return nil }
        var decoder = GobStreamDecoder(cache: cache)
        var position = 0
        return try? decoder.next(in: stream, at: &position)
    }
}
