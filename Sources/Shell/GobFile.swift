import Gob

/// The values of a gob stream that is at hand as a whole; its errors name where it comes from.
struct GobFile {
    private let name: String
    private let bytes: [UInt8]
    private var decoder: GobStreamDecoder
    private var position = 0
    /// Whether the stream broke.
    private(set) var isBroken = false

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be read.
    init(_ path: String, _ cache: GobTypeCache) throws {
        self.init(path, try InputFile.read(path), cache)
    }

    /// The stream of a message received.
    ///
    /// - Throws: ``Failure`` where the message is none.
    init(_ message: Message, _ cache: GobTypeCache) throws {
        guard case .gob(let stream) = message.content else {
            let name = message.command.harmless
            throw Failure(.failed, "message \(message.number) is a \(name), and has no types")
        }
        self.init("message \(message.number)", stream, cache)
    }

    private init(_ name: String, _ bytes: [UInt8], _ cache: GobTypeCache) {
        self.name = name
        self.bytes = bytes
        decoder = GobStreamDecoder(cache: cache)
    }

    /// The next value, or `nil` at the end of the stream.
    ///
    /// - Throws: ``Failure`` where the stream breaks, with the offset and the path.
    mutating func next() throws -> GobDatum? {
        try Task.checkCancellation()
        do throws(GobError) {
            return try decoder.next(in: bytes, at: &position)
        } catch {
            isBroken = true
            throw Failure(.failed, "\(name): \(error)".harmless)
        }
    }
}
