import Foundation
import Testing

/// What strangers may do to the listener, for a short while; README has the long runs.
@Suite(.timeLimit(.minutes(10))) struct FaultTests {
    /// How many descriptors the program may open that are not its own; Tests/Sanitizers/run says so.
    private static let spareDescriptors =
        ProcessInfo.processInfo.environment["SANITIZER_DESCRIPTORS"] ?? "0"

    /// Runs the program of `Tests/Faults`; what it complains of says which promise was broken.
    private func faults(_ arguments: [String]) async throws -> String {
        let outcome = try await Tool.run(
            try await GoFaults.path,
            ["-gobtalk", Tool.gobtalk, "-spare", Self.spareDescriptors] + arguments
        )
        #expect(outcome.errors == "")
        #expect(outcome.status == 0)
        return outcome.output
    }

    @Test("bad peers of every kind cost no good client's reply, and leave nothing behind")
    func badPeers() async throws {
        let arguments = ["--", "--command-timeout", "5s"]
        let report = try await faults(["-mode", "peers", "-t", "5s", "-each", "2"] + arguments)
        #expect(report.contains(#""mode":"peers""#))
    }

    @Test("10,000 messages from 64 connections are printed once each, whole, and in their order")
    func count() async throws {
        let report = try await faults(["-mode", "count", "-n", "10000", "-c", "64"])
        #expect(report.contains(#""messages":9984,"#))
    }

    @Test("1,000 garbled streams over connections")
    func garble() async throws {
        let report = try await faults(["-mode", "garble", "-n", "1000", "-c", "16"])
        #expect(report.contains(#""streams":1000"#))
    }

    @Test("5,000 garbled streams in memory")
    func garbleInMemory() async throws {
        let outcome = try await Tool.run(Tool.commandfuzz, ["--streams", "5000", "--seed", "7"])
        #expect(outcome.errors == "")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix(#"{"streams":5000,"seed":7,"#))
    }
}
