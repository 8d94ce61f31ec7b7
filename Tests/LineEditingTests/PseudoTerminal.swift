import Foundation
import Glibc
import Synchronization
import Testing

/// A terminal for tests: what is typed goes in, what is painted comes out.
final class PseudoTerminal: Sendable {
    /// The end that a terminal's program has.
    let terminal: Int32
    /// The end that the keyboard and the screen are at.
    private let controller: Int32
    private let painted = Mutex<[UInt8]>([])

    init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN of Linux, whose macros Swift cannot read.
        var number: Int32 = 0
        try #require(ioctl(controller, 0x4004_5431, &number) == 0)
        try #require(ioctl(controller, 0x8004_5430, &number) == 0)
        terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(terminal >= 0)
        resize(columns: columns, rows: rows)
        Thread.detachNewThread { [controller, weak self] in
            var block = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = read(controller, &block, block.count)
                guard count > 0, let self else { break }
                painted.withLock { $0 += block[..<count] }
            }
            Glibc.close(controller)
        }
    }

    /// The reading thread then finds the terminal gone.
    deinit {
        Glibc.close(terminal)
    }

    func type(_ keys: String) {
        type(Array(keys.utf8))
    }

    func type(_ bytes: [UInt8]) {
        #expect(write(controller, bytes, bytes.count) == bytes.count)
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(controller, UInt(TIOCSWINSZ), &size) == 0)
    }

    /// The flags of the terminal's attributes.
    var attributes: [UInt32] {
        var found = termios()
        tcgetattr(terminal, &found)
        return [found.c_iflag, found.c_oflag, found.c_cflag, found.c_lflag]
    }

    /// Whether keys come as they are typed, and not as whole lines.
    var isRaw: Bool { attributes[3] & UInt32(ICANON) == 0 }

    /// Everything written so far.
    var output: String {
        String(decoding: painted.withLock { $0 }, as: UTF8.self)
    }

    /// Forgets what was written so far.
    func clearOutput() {
        painted.withLock { $0 = [] }
    }

    /// Waits until that is written.
    func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await waitUntil(sourceLocation: sourceLocation) { self.output.contains(text) }
    }
}

/// Looks at a condition until it holds, for at most 20 seconds.
func waitUntil(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while !condition() {
        try #require(ContinuousClock.now < end, "in vain", sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// A file without a name, gone when it is closed.
func temporaryFile() -> Int32 {
    var path = Array("/tmp/line-editing-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    unlink(path)
    return descriptor
}
