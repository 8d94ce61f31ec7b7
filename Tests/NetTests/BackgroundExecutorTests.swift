import Foundation
import Glibc
import Net
import Testing

/// Tasks on a thread of their own.
@Suite(.timeLimit(.minutes(5))) struct BackgroundExecutorTests {
    /// By which rules the thread of the caller has its turn, and which it is.
    private struct Place: Equatable {
        let policy: Int32
        /// Its folder in `/proc`.
        let thread: String?

        init() {
            policy = sched_getscheduler(0)
            let link = "/proc/thread-self"
            thread = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
        }
    }

    @Test(
        "its tasks run on one thread, by its rules, also after they have waited",
        arguments: zip([BackgroundExecutor.Urgency.low, .normal], [5, SCHED_OTHER])
    )
    func place(_ urgency: BackgroundExecutor.Urgency, _ policy: Int32) async throws {
        let executor = try #require(BackgroundExecutor(urgency))
        let places = await withTaskExecutorPreference(executor) {
            await withTaskGroup(of: Place.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try? await Task.sleep(for: .milliseconds(1))
                        return Place()
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(places.count == 20)
        #expect(places.allSatisfy { $0 == places[0] })
        // 5 is the system's SCHED_IDLE.
        #expect(places[0].policy == policy)
        #expect(sched_getscheduler(0) == SCHED_OTHER)
    }

    @Test("when it is gone, so is its thread")
    func end() async throws {
        var executor = BackgroundExecutor(.normal)
        let place = await withTaskExecutorPreference(executor) { await Self.place() }
        let path = "/proc/" + (try #require(place.thread))
        #expect(FileManager.default.fileExists(atPath: path))
        executor = nil
        try await waitUntil { !FileManager.default.fileExists(atPath: path) }
    }

    @concurrent
    private static func place() async -> Place { Place() }
}
