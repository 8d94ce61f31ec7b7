import Foundation
import Glibc
import Net
import Testing

/// Tasks on a thread of their own.
@Suite(.timeLimit(.minutes(5))) struct BackgroundExecutorTests {
    /// The folder of the caller's thread in `/proc`.
    private static var folder: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
    }

    @Test("its tasks run on one thread, also after they have waited")
    func place() async throws {
        let executor = try #require(BackgroundExecutor())
        let folders = await withTaskExecutorPreference(executor) {
            await withTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try? await Task.sleep(for: .milliseconds(1))
                        return Self.folder
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(folders.count == 20)
        #expect(folders[0] != nil)
        #expect(Set(folders).count == 1)
    }

    @Test("when it is gone, so is its thread")
    func end() async throws {
        var executor = BackgroundExecutor()
        let place = await withTaskExecutorPreference(executor) { await Self.place() }
        let path = "/proc/" + (try #require(place))
        #expect(FileManager.default.fileExists(atPath: path))
        executor = nil
        try await waitUntil { !FileManager.default.fileExists(atPath: path) }
    }

    @concurrent
    private static func place() async -> String? { folder }
}
