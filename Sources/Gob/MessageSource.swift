/// The messages of a stream, or of a part of it that is at hand.
struct MessageSource: Sendable {
    private let bytes: [UInt8]
    /// Where the next message begins.
    private(set) var position: Int
    /// Where in the stream `bytes[0]` stands.
    private let base: Int
    private let limits: GobLimits

    init(_ bytes: [UInt8], at position: Int, streamOffset base: Int, _ limits: GobLimits) {
        self.bytes = bytes
        self.position = position
        self.base = base
        self.limits = limits
    }

    var isAtEnd: Bool { position == bytes.count }
    /// Where in the stream the next message begins.
    var streamOffset: Int { base + position }

    /// The next message, after its length.
    ///
    /// - Throws: A fault where its end cannot be known; nothing can be read after it.
    mutating func next() throws(GobError.Fault) -> ByteReader {
        do throws(GobError) {
            let end = try end()
            var reader = ByteReader(bytes, from: position, to: end, streamOffset: base)
            position = end
            _ = try? reader.uint()
            return reader
        } catch {
            position = bytes.count
            throw error.fault
        }
    }

    /// What there is, after its length, of a message whose end is missing.
    func beginning(at streamOffset: Int) -> ByteReader? {
        let start = streamOffset - base
        var reader = ByteReader(bytes, from: start, to: bytes.count, streamOffset: base)
        guard (try? reader.uint()) != nil else { return nil }
        return reader
    }

    /// Where the next message ends.
    private func end() throws(GobError) -> Int {
        let rest = bytes.span.extracting(position...)
        guard let size = try GobFrame.size(rest, limits: limits), size <= rest.count else {
            throw GobError(.truncated)
        }
        return position + size
    }
}
