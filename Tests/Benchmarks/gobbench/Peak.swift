import ArgumentParser
import Foundation
import Gob

/// `gobbench peak`: how much memory decoding 64 MB of bytes takes at most.
struct Peak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the peak memory of decoding 64 MB of bytes, as a multiple of their size.",
        discussion: "The stream itself, which is in memory as a whole, is counted too."
    )

    @Option(help: "Write the stream to this file instead, to be decoded by another run.")
    var write: String?

    @Argument(help: "The file with the stream.")
    var stream: String?

    func run() throws {
        if let write {
            var encoder = GobStreamEncoder()
            let bytes = try encoder.encode(Sample.bytes())
            try Data(bytes).write(to: URL(filePath: write))
            return
        }
        guard let stream else { throw ValidationError("a file is needed") }
        let before = try memory("VmRSS")
        let bytes = try contents(of: stream)
        var decoder = GobStreamDecoder()
        var position = 0
        guard let value = try decoder.next([UInt8].self, in: bytes, at: &position) else {
            throw BenchmarkError.noValue
        }
        let peak = try memory("VmHWM")
        let ratio = Double(peak - before) / Double(value.count)
        print("\(value.count) bytes, peak \(peak - before) bytes,", String(format: "%.2f", ratio))
    }

    /// A file's bytes, read into one array of just their size.
    private func contents(of path: String) throws -> [UInt8] {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 0)
        return [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            while count < buffer.count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let got = read(file.fileDescriptor, rest.baseAddress, rest.count)
                guard got > 0 else { return }
                count += got
            }
        }
    }

    /// A figure of `/proc/self/status`, in bytes.
    private func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        guard words.count == 3, let size = Int(words[1]) else { throw BenchmarkError.noValue }
        return size << 10
    }
}
