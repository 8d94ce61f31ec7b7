import Shell
import Synchronization
import Testing

/// Events for a reader who is far behind.
@Suite struct EventWriterTests {
    private final class Lines: Sendable {
        let taken = Mutex<[String]>([])
        let hasRoom = Mutex(true)
    }

    @Test("events that find no room are counted, and the next one that does says how many")
    func omitted() async {
        let lines = Lines()
        let events = EventWriter(
            put: { line in lines.taken.withLock { $0.append(line) } },
            offer: { line in
                guard lines.hasRoom.withLock({ $0 }) else { return false }
                lines.taken.withLock { $0.append(line) }
                return true
            }
        )
        let output = Output(result: { _ in }, diagnostic: { _ in }, events: events)
        output.diagnostic("first")
        lines.hasRoom.withLock { $0 = false }
        for _ in 0..<3 { output.diagnostic("lost") }
        lines.hasRoom.withLock { $0 = true }
        output.diagnostic("second")
        await output.result("third")
        let members = lines.taken.withLock { $0 }.map { $0.split(separator: ",").last ?? "" }
        #expect(
            members == [
                #""message":"first"}"#,
                #""message":"3 events are left out: standard output is not read"}"#,
                #""message":"second"}"#, #""text":"third"}"#,
            ]
        )
    }
}
