import Gob

/// Finds where the first value of a gob stream ends, of which the messages come in pieces.
///
/// That is at the end of the first message that is no definition, but for a value with interfaces: a
/// definition inside one ends a message in the middle of the value (encode.go, `encodeInterface`). Only
/// where a stream may have such, its messages are read.
struct GobExtent: Sendable {
    /// How long a message is that is read; a longer one counts as the end of the value.
    private static let limit = 4 << 20
    /// The type id of interfaces (type.go, `tInterface`).
    private static let interface: UInt8 = 8

    /// The definitions so far.
    private var definitions: [[UInt8]] = []
    private var definitionsSize = 0
    private var mayHaveInterfaces = false
    /// The stream inside the value, where its first message was not its end.
    private var decoder: GobStreamDecoder?
    /// The present message, as far as it is kept.
    private var message: [UInt8] = []
    private var isDefinition = false
    private var isKept = false

    /// Begins a message, with the bytes that tell its length and type.
    mutating func begin(_ head: [UInt8]) {
        let id = GobFrame.typeID(head.span) ?? 0
        isDefinition = id < 0
        isKept = isDefinition || decoder != nil || mayHaveInterfaces || id == Self.interface
        message = []
        take(head[...])
    }

    /// Takes more bytes of the message.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        guard isKept else { return }
        message += bytes
        if message.count + definitionsSize > Self.limit { (isKept, message) = (false, []) }
    }

    /// Ends the message.
    ///
    /// - Returns: Whether the value ends with it; also where nobody can tell.
    mutating func end() -> Bool {
        guard isKept else { return !isDefinition }
        if isDefinition, decoder == nil {
            definitions.append(message)
            definitionsSize += message.count
            mayHaveInterfaces = mayHaveInterfaces || message.contains(Self.interface << 1)
            return false
        }
        do throws(GobError) {
            if decoder == nil { decoder = try begun() }
            return try decoder?.receive(message) != nil
        } catch {
            return true
        }
    }

    /// The stream behind the definitions before the value.
    private func begun() throws(GobError) -> GobStreamDecoder {
        var decoder = GobStreamDecoder()
        for definition in definitions { _ = try decoder.receive(definition) }
        return decoder
    }
}
