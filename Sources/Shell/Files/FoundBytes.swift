/// The bytes of a file that should be gob streams, out of whatever they were packed in: gzip, base64,
/// hexadecimal digits, the dump of another program.
struct FoundBytes {
    /// The bytes.
    private(set) var bytes: [UInt8]
    /// How they were packed, in words, the outermost first.
    private(set) var packing: [String] = []

    /// How often a file may be packed.
    private static let depthLimit = 4

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be read, and 1 where it cannot be
    ///   unpacked.
    init(_ path: String) throws {
        bytes = try InputFile.read(path)
        for _ in 0..<Self.depthLimit {
            if Gzip.isGzip(bytes) {
                try unzip(path)
            } else if let text = TextBytes(bytes) {
                bytes = text.bytes
                packing.append("read as \(text.form)")
            } else {
                return
            }
        }
    }

    private mutating func unzip(_ path: String) throws {
        do throws(Inflater.Fault) {
            bytes = try Gzip.unzip(bytes, limit: InputFile.sizeLimit)
            packing.append("gunzipped")
        } catch {
            let reason =
                switch error {
                case .truncated: "the gzip file ends too early"
                case .malformed: "the gzip file is damaged"
                case .tooLong: "more than \(InputFile.sizeLimit) bytes in the gzip file"
                }
            throw Failure(.failed, "\(path): \(reason)".harmless)
        }
    }
}
