import Glibc
import LineEditing
import Testing

extension TerminalTests {
    @Suite("Signals without a terminal")
    struct SignalsTests {
        @Test("signals come as numbers", arguments: [SIGINT, SIGTERM, SIGHUP])
        func numbers(signal: Int32) async throws {
            let signals = try Signals.stopping()
            kill(getpid(), signal)
            var numbers = signals.makeAsyncIterator()
            #expect(await numbers.next() == signal)
        }

        @Test("a stream that is dropped makes room for another")
        func dropped() async throws {
            for _ in 1...40 {
                try await waitUntil { (try? Signals.stopping()) != nil }
            }
        }

        @Test("a write to a closed pipe is an error of that write")
        func pipe() {
            Signals.ignoreSIGPIPE()
            var ends: [Int32] = [-1, -1]
            Glibc.pipe(&ends)
            close(ends[0])
            #expect(write(ends[1], "x", 1) == -1)
            #expect(errno == EPIPE)
            close(ends[1])
        }
    }
}
