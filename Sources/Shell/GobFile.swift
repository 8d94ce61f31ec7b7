import Gob

/// The values of gob streams that are at hand as a whole; its errors name where they come from.
struct GobFile {
    /// What it is called where something is wrong.
    let name: String
    private let bytes: [UInt8]
    private let packing: [String]
    private var streams: FoundStreams
    private var position = 0
    /// Whether a stream broke.
    private(set) var isBroken = false

    /// Reads a file, in which streams may be packed, appended to one another, or without a beginning.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be read.
    init(_ path: String, _ cache: GobTypeCache) throws {
        let found = try FoundBytes(path)
        self.init(path, found.bytes, found.packing, cache)
    }

    /// The stream of a message received.
    ///
    /// - Throws: ``Failure`` where the message is none.
    init(_ message: Message, _ cache: GobTypeCache) throws {
        guard case .gob(let stream) = message.content else {
            let name = message.command.harmless
            throw Failure(.failed, "message \(message.number) is a \(name), and no gob")
        }
        self.init("message \(message.number)", stream, [], cache)
    }

    private init(_ name: String, _ bytes: [UInt8], _ packing: [String], _ cache: GobTypeCache) {
        self.name = name
        self.bytes = bytes
        self.packing = packing
        streams = FoundStreams(cache: cache)
    }

    /// The next value, or `nil` at the end of the streams.
    ///
    /// - Throws: ``Failure`` where a stream breaks, with the offset and the path.
    mutating func next() throws -> GobDatum? {
        try Task.checkCancellation()
        do throws(GobError) {
            return try streams.next(in: bytes, at: &position)
        } catch {
            isBroken = true
            throw Failure(.failed, "\(name.harmless): \(Limits.words(for: error))")
        }
    }

    /// What is to be said of the file, as far as it was read; mostly nothing.
    var remark: String? { streams.sightings.remark(on: name, packing: packing) }
}

extension StreamSightings {
    /// What is to be said of a file in which this was found, and how it was packed.
    func remark(on name: String, packing: [String]) -> String? {
        let words = packing + words
        return words.isEmpty ? nil : "\(name): \(words.joined(separator: "; "))".harmless
    }

    /// What was found, in words.
    private var words: [String] {
        var words: [String] = []
        if let skipped {
            var what: [String] = []
            if strayBytes > 0 { what.append(counted(strayBytes, "byte")) }
            if skippedMessages > 0 {
                what.append("\(counted(skippedMessages, "message")) of undefined types")
            }
            let place = "offset \(skipped.lowerBound) to \(skipped.upperBound)"
            let start = lacksBeginning ? "begins in the middle: " : ""
            words.append("\(start)\(what.joined(separator: " and ")) skipped (\(place))")
        }
        if streams > 1 { words.append("\(streams) streams appended") }
        if repeatedDefinitions > 0 {
            words.append("\(counted(repeatedDefinitions, "definition")) repeated")
        }
        return words
    }
}
