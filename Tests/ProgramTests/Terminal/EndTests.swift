import Foundation
import Glibc
import Testing

/// The end of the program at its prompt while something is under way.
@Suite(.timeLimit(.minutes(5)), .serialized) struct EndTests {
    /// Ways to end it, and what the shell says it exited with.
    static let ways: [(name: String, signal: Int32?, status: Int)] = [
        ("quit", nil, 0), ("SIGTERM", SIGTERM, 143), ("SIGHUP", SIGHUP, 129),
    ]

    @Test("nobody waits for a peer that does not answer", arguments: ways)
    func silentPeer(_ way: (name: String, signal: Int32?, status: Int)) async throws {
        let silent = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0", "-silent"])
        let host = try await silent.line(beginning: "127.0.0.1:")
        let terminal = try await Terminal.start(columns: 80, rows: 12)
        // The time that it would wait is more than this test has.
        _ = try await terminal.startGobtalk("--listen 127.0.0.1:0 --timeout 10m; echo status $?")
        try await terminal.type("chat \(host)")
        try await terminal.press("Enter")
        try await terminal.wait { $0.hasSuffix("\n\(host)>") }
        for line in ["one", "two"] {
            try await terminal.type(line)
            try await terminal.press("Enter")
            try await terminal.wait { $0.hasSuffix("\(host)> \(line)\n\(host)>") }
        }
        if let signal = way.signal {
            kill(try await terminal.programID, signal)
        } else {
            try await terminal.type("/quit")
            try await terminal.press("Enter")
        }
        let screen = try await terminal.wait { $0.contains("\nstatus ") && $0.hasSuffix("\n$") }
        #expect(screen.contains("2 lines were not sent"))
        #expect(screen.contains("status \(way.status)\n"))
        #expect(!screen.contains("failed"))
        _ = await silent.end()
    }
}
