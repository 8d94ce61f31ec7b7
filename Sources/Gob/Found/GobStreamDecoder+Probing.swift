/// What a decoder can tell of messages before it reads them.
extension GobStreamDecoder {
    /// Whether a definition may say again what was said before, which Go refuses.
    var acceptsRepeats: Bool {
        get { types.acceptsRepeats }
        set { types.acceptsRepeats = newValue }
    }

    /// Whether a value was begun, and goes on in the next message.
    var isInsideValue: Bool { root != nil }

    /// Whether a type was defined.
    func defines(_ id: TypeID) -> Bool { types.defines(id) }

    /// Whether a type and all of its parts were defined.
    mutating func knows(_ id: TypeID) -> Bool { (try? types.completeType(id)) != nil }

    /// Why the next message cannot be read, if it cannot.
    func error(in bytes: [UInt8], at position: Int) -> GobError? {
        var (decoder, position) = (self, position)
        do throws(GobError) {
            _ = try decoder.message(in: bytes, at: &position, observed: Unobserved())
            return nil
        } catch {
            return error
        }
    }

    /// Reads the next message of a stream that is at hand as a whole.
    ///
    /// - Returns: The value that it completes, or `nil`.
    mutating func message(
        in bytes: [UInt8],
        at position: inout Int,
        observed observer: some WalkObserver,
    ) throws(GobError) -> GobDatum? {
        var source = MessageSource(bytes, at: position, streamOffset: 0, limits)
        defer { position = source.position }
        return try message(from: &source, observer)
    }
}
