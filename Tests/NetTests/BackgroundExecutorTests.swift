import Foundation
import Glibc
import Net
import Testing

/// Tasks on a thread that gives way to all others.
@Suite(.timeLimit(.minutes(5))) struct BackgroundExecutorTests {
    /// How much the thread of the caller gives way, and which it is.
    private struct Place: Equatable {
        let niceness: Int32
        /// Its folder in `/proc`.
        let thread: String?

        init() {
            niceness = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
            let link = "/proc/thread-self"
            thread = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
        }
    }

    @Test("its tasks run on one thread, which gives way, also after they have waited")
    func place() async throws {
        let executor = try #require(BackgroundExecutor())
        let before = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
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
        #expect(places[0].niceness > before)
        #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) == before)
    }

    @Test("when it is gone, so is its thread")
    func end() async throws {
        var executor = BackgroundExecutor()
        let place = await withTaskExecutorPreference(executor) { await Self.place() }
        let path = "/proc/" + (try #require(place.thread))
        #expect(FileManager.default.fileExists(atPath: path))
        executor = nil
        try await waitUntil { !FileManager.default.fileExists(atPath: path) }
    }

    @concurrent
    private static func place() async -> Place { Place() }
}
