import Foundation
import Glibc
import LineEditing
import Synchronization
import Testing

/// Writing to pipes whose readers are slow, stop or go away.
@Suite(.timeLimit(.minutes(5))) struct PlainWriterTests {
    @Test("texts are written in their order, each with a line end")
    func order() async throws {
        let pipe = Pipe()
        let writer = try PlainWriter(fileDescriptor: pipe.fileHandleForWriting.fileDescriptor)
        for number in 1...1_000 { await writer.write("text \(number)") }
        await writer.flush()
        try pipe.fileHandleForWriting.close()
        let text = try pipe.fileHandleForReading.readToEnd().map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(text == (1...1_000).map { "text \($0)\n" }.joined())
    }

    @Test("who writes too much for a reader that stops waits, and goes on with it")
    func backPressure() async throws {
        let pipe = Pipe()
        let writer = try PlainWriter(
            fileDescriptor: pipe.fileHandleForWriting.fileDescriptor,
            limit: 1_000
        )
        let block = String(repeating: "x", count: 100_000)
        let done = Collected<Bool>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<5 { await writer.write(block) }
                done.add(true)
            }
            var received = 0
            while received < 400_000 {
                #expect(done.values.isEmpty)
                received += pipe.fileHandleForReading.availableData.count
            }
            while received < 500_005 { received += pipe.fileHandleForReading.availableData.count }
            try await group.waitForAll()
        }
        #expect(done.values == [true])
    }

    @Test("a text that is only offered is dropped where too much waits")
    func offered() async throws {
        let pipe = Pipe()
        let writer = try PlainWriter(
            fileDescriptor: pipe.fileHandleForWriting.fileDescriptor,
            limit: 1_000
        )
        var accepted = 0
        while writer.offer(String(repeating: "x", count: 10_000)), accepted < 1_000 {
            accepted += 1
        }
        // The pipe holds 64 KiB; the thread takes what it can.
        #expect((1..<100).contains(accepted))
        await drain(pipe, until: writer)
    }

    @Test("a task that is cancelled does not wait any longer")
    func cancelled() async throws {
        let pipe = Pipe()
        let writer = try PlainWriter(fileDescriptor: pipe.fileHandleForWriting.fileDescriptor)
        let task = Task {
            await writer.write(String(repeating: "x", count: 10 << 20))
            await writer.flush()
        }
        task.cancel()
        await task.value
        #expect(task.isCancelled)
        await drain(pipe, until: writer)
    }

    @Test("an output that cannot be written says so once, and holds nobody up")
    func failure() async throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let failures = Collected<Int32>()
        let writer = try PlainWriter(fileDescriptor: full.fileDescriptor, limit: 10) { code in
            // Who waits goes on after this.
            usleep(300_000)
            failures.add(code)
        }
        for _ in 0..<100 { await writer.write("a text that is longer than the limit") }
        await writer.flush()
        #expect(failures.values == [ENOSPC])
    }

    /// Reads until everything is written: the pipe is the test's only that long.
    private func drain(_ pipe: Pipe, until writer: PlainWriter) async {
        let reading = pipe.fileHandleForReading
        reading.readabilityHandler = { _ = $0.availableData }
        await writer.flush()
        reading.readabilityHandler = nil
    }
}

/// What other threads and tasks reported.
private final class Collected<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])

    var values: [Value] { state.withLock { $0 } }

    func add(_ value: Value) {
        state.withLock { $0.append(value) }
    }
}
