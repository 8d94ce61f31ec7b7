import Synchronization
import Testing

@testable import Shell

/// Whether so much comes that other work waits.
@Suite(.timeLimit(.minutes(5))) struct RushTests {
    /// Notes that something came, again and again, while something is done.
    private func during(_ rush: Rush, count: Int, _ body: () async -> Void) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    for _ in 0..<count { rush.note() }
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            await body()
            group.cancelAll()
        }
    }

    @Test("a little that comes is no rush")
    func little() async {
        let rush = Rush()
        let start = ContinuousClock.now
        await during(rush, count: 1) {
            for _ in 0..<20 {
                await rush.waitForEnd { false }
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test("a rush is waited for, until it ends, or is urgent, or has lasted too long")
    func much() async {
        let rush = Rush()
        await during(rush, count: 10_000) {
            // One look does not tell.
            try? await Task.sleep(for: .milliseconds(20))
            let looks = Mutex(0)
            await rush.waitForEnd {
                looks.withLock { $0 += 1 }; return looks.withLock { $0 } == 3
            }
            #expect(looks.withLock { $0 } == 3)
            let start = ContinuousClock.now
            await rush.waitForEnd { false }
            #expect(ContinuousClock.now - start > .seconds(1))
            // It has lasted too long, and is not waited for again.
            let again = ContinuousClock.now
            await rush.waitForEnd { false }
            #expect(ContinuousClock.now - again < .seconds(1))
        }
        try? await Task.sleep(for: .milliseconds(20))
        await rush.waitForEnd {
            Issue.record("there is no rush")
            return true
        }
    }
}
