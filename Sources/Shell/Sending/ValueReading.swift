import Gob

/// A value that is read message by message, by whoever does not know whether it goes on with the stream
/// before or begins another.
///
/// A value may have several messages: a definition inside an interface ends one (encode.go,
/// `encodeInterface`).
struct ValueReading: Sendable {
    /// A value that is whole.
    struct Found {
        let datum: GobDatum
        /// The stream behind it.
        let decoder: GobStreamDecoder
        /// Whether that is the stream before.
        let goesOn: Bool
        /// Whether its own messages are enough to read it.
        let isAlone: Bool
    }

    /// How many bytes the messages have that came, definitions included.
    private(set) var size = 0
    /// Whether types are defined inside the value.
    private(set) var isCut = false
    /// As one that goes on; `nil` where it cannot.
    private var going: GobStreamDecoder?
    /// As the first one of a stream; `nil` where it cannot be.
    private var fresh: GobStreamDecoder?

    /// One of which nothing came.
    ///
    /// - Parameters:
    ///   - stream: The stream before, if there is one.
    ///   - fresh: A stream of which nothing came.
    init(after stream: GobStreamDecoder?, or fresh: GobStreamDecoder) {
        (going, self.fresh) = (stream, fresh)
    }

    /// Takes a whole message, its length included.
    ///
    /// - Returns: The value, once it is whole.
    /// - Throws: `GobError` where it is none, in neither stream.
    mutating func take(_ message: [UInt8]) throws(GobError) -> Found? {
        size += message.count
        var fault: GobError?
        let going = Self.receive(message, in: &going, &fault)
        let fresh = Self.receive(message, in: &fresh, &fault)
        if let going, let decoder = self.going {
            return Found(datum: going, decoder: decoder, goesOn: true, isAlone: fresh != nil)
        }
        if let fresh, let decoder = self.fresh {
            return Found(datum: fresh, decoder: decoder, goesOn: false, isAlone: true)
        }
        if let fault, self.going == nil, self.fresh == nil { throw fault }
        if !GobFrame.isDefinition(message.span) { isCut = true }
        return nil
    }

    /// Has a stream take a message; `nil` is left of one that cannot.
    private static func receive(
        _ message: [UInt8],
        in decoder: inout GobStreamDecoder?,
        _ fault: inout GobError?,
    ) -> GobDatum? {
        do throws(GobError) {
            return try decoder?.receive(message)
        } catch {
            (decoder, fault) = (nil, error)
            return nil
        }
    }
}
