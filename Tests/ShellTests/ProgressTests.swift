import Shell
import Synchronization
import Testing

/// What is told of a long transfer.
@Suite struct ProgressTests {
    @Test("a transfer is told of after a second, then not again at once")
    func rows() {
        let rows = Rows()
        var progress = Progress("sending to bob", rows.add, start: .now - .seconds(1_000))
        progress.note(3 << 30, of: 4 << 30)
        progress.note(4 << 30, of: 4 << 30)
        #expect(rows.all == ["sending to bob: 3072.0 of 4096.0 MiB, 3.1 MiB/s"])
    }

    @Test("a short one is not, and none where nobody is to be told")
    func silence() {
        let rows = Rows()
        var short = Progress("sending to bob", rows.add)
        short.note(1 << 20, of: 4 << 20)
        #expect(rows.all == [])
        var untold = Progress("sending to bob", nil, start: .now - .seconds(1_000))
        untold.note(1 << 20, of: 4 << 20)
    }

    private final class Rows: Sendable {
        private let rows = Mutex<[String]>([])
        var all: [String] { rows.withLock { $0 } }

        @Sendable func add(_ row: String) {
            rows.withLock { $0.append(row) }
        }
    }
}
