import Glibc
import LineEditing
import Testing

@Suite("Plain input", .timeLimit(.minutes(5)))
struct PlainReaderTests {
    struct Vector: CustomTestStringConvertible {
        var testDescription: String
        var input: [UInt8]
        var lines: [[UInt8]]
    }

    private static let vectors = [
        Vector(testDescription: "nothing", input: [], lines: []),
        Vector(testDescription: "an empty line", input: Array("\n".utf8), lines: [[]]),
        Vector(
            testDescription: "lines",
            input: Array("one\n\ntwo\n".utf8),
            lines: [Array("one".utf8), [], Array("two".utf8)],
        ),
        Vector(
            testDescription: "a last line without an end",
            input: Array("one\ntwo".utf8),
            lines: [Array("one".utf8), Array("two".utf8)],
        ),
        Vector(
            testDescription: "carriage returns stay",
            input: Array("one\r\n".utf8),
            lines: [Array("one\r".utf8)],
        ),
        Vector(
            testDescription: "NULs and bytes that are no UTF-8 stay",
            input: [0, 0xFF, 0xC3, 0x0A, 0x80, 0],
            lines: [[0, 0xFF, 0xC3], [0x80, 0]],
        ),
        Vector(
            testDescription: "a line longer than a block",
            input: [UInt8](repeating: 0x61, count: 200_000) + [0x0A, 0x62],
            lines: [[UInt8](repeating: 0x61, count: 200_000), [0x62]],
        ),
    ]

    @Test("every byte comes, line by line", arguments: vectors)
    func lines(vector: Vector) async throws {
        let pipe = Pipe()
        pipe.writeAndClose(vector.input)
        #expect(try await pipe.reader().allLines() == vector.lines)
    }

    @Test("a line is given before the next one comes")
    func incremental() async throws {
        let pipe = Pipe()
        let reader = try pipe.reader()
        for number in 1...3 {
            pipe.write(Array("line \(number)\nbe".utf8))
            let prefix = number == 1 ? "" : "be"
            #expect(try await reader.readLine() == .line(Array("\(prefix)line \(number)".utf8)))
        }
        pipe.writeAndClose(Array("gun".utf8))
        #expect(try await reader.readLine() == .line(Array("begun".utf8)))
        #expect(try await reader.readLine() == .end)
        #expect(try await reader.readLine() == .end)
    }

    @Test("a line of exactly the limit is a line; one byte more is an error, and is skipped")
    func tooLong() async throws {
        let pipe = Pipe()
        pipe.writeAndClose(Array("12345\n123456\n12345678\n1234\n123456".utf8))
        let reader = try pipe.reader()
        #expect(try await reader.readLine(limit: 5) == .line(Array("12345".utf8)))
        await #expect(throws: LineEditorError.lineTooLong(limit: 5)) {
            try await reader.readLine(limit: 5)
        }
        await #expect(throws: LineEditorError.lineTooLong(limit: 5)) {
            try await reader.readLine(limit: 5)
        }
        #expect(try await reader.readLine(limit: 5) == .line(Array("1234".utf8)))
        await #expect(throws: LineEditorError.lineTooLong(limit: 5)) {
            try await reader.readLine(limit: 5)
        }
        #expect(try await reader.readLine(limit: 5) == .end)
    }

    @Test("a line that is too long is an error before it ends")
    func endless() async throws {
        let pipe = Pipe()
        let reader = try pipe.reader()
        pipe.write([UInt8](repeating: 0x61, count: 1001))
        await #expect(throws: LineEditorError.lineTooLong(limit: 1000)) {
            try await reader.readLine(limit: 1000)
        }
        pipe.writeAndClose(Array("aaa\nnext\n".utf8))
        #expect(try await reader.readLine(limit: 1000) == .line(Array("next".utf8)))
    }

    @Test("a directory is an error that says so")
    func directory() async throws {
        let descriptor = open("/", O_RDONLY)
        defer { close(descriptor) }
        let reader = try PlainReader(fileDescriptor: descriptor)
        await #expect(throws: LineEditorError.cannotRead(reason: "Is a directory")) {
            try await reader.readLine()
        }
    }

    @Test("a cancelled task stops waiting, and nothing is lost")
    func cancellation() async throws {
        let pipe = Pipe()
        let reader = try pipe.reader()
        pipe.write(Array("half".utf8))
        let waiting = Task { try await reader.readLine() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        pipe.writeAndClose(Array(" and half\n".utf8))
        #expect(try await reader.readLine() == .line(Array("half and half".utf8)))
    }

    @Test("a reader that is dropped lets its thread go")
    func dropped() throws {
        let pipe = Pipe()
        for _ in 0..<100 { _ = try pipe.reader() }
    }

    @Test("100,000 short lines are read at once")
    func many() async throws {
        let descriptor = temporaryFile()
        defer { close(descriptor) }
        let bytes = Array(String(repeating: "a line\n", count: 100_000).utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        lseek(descriptor, 0, SEEK_SET)
        let lines = try await PlainReader(fileDescriptor: descriptor).allLines()
        #expect(lines.count == 100_000)
    }
}

extension PlainReader {
    fileprivate func allLines() async throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while case .line(let line) = try await readLine() { lines.append(line) }
        return lines
    }
}

/// A pipe whose writing end can be closed before the object goes.
private final class Pipe {
    /// F_SETPIPE_SZ of Linux, which Swift's Glibc module lacks.
    private let setPipeSize: Int32 = 1031
    private let readEnd: Int32
    private var writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        (readEnd, writeEnd) = (ends[0], ends[1])
        // Room for the longest vector, so that nothing waits for a reader.
        _ = fcntl(writeEnd, setPipeSize, 1 << 20)
    }

    deinit {
        close(readEnd)
        if writeEnd >= 0 { close(writeEnd) }
    }

    func reader() throws -> PlainReader {
        try PlainReader(fileDescriptor: readEnd)
    }

    func write(_ bytes: [UInt8]) {
        #expect(Glibc.write(writeEnd, bytes, bytes.count) == bytes.count)
    }

    func writeAndClose(_ bytes: [UInt8]) {
        write(bytes)
        close(writeEnd)
        writeEnd = -1
    }
}
