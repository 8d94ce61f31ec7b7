import Foundation
import Testing

/// Dials to hosts that refuse, do not answer, or vanish.
@Suite(.timeLimit(.minutes(5)), .serialized) struct DialNetworkTests {
    private static let both = ["10.91.0.2 both", "2001:db8:91::2 both"]
    private static let hole = ["10.91.0.2 half", "2001:db8:92::9 half"]

    @Test(
        "an address that nobody answers from costs the timeout",
        arguments: ["10.92.0.9:61000", "[2001:db8:92::9]:61000"]
    )
    func blackHole(_ host: String) async throws {
        try await TwoHosts.with { hosts in
            let outcome = try await hosts.gobtalk("--timeout", "1s", "send", "string", host, "x")
            #expect(outcome.status == 2)
            #expect(outcome.errors == "gobtalk: cannot dial \"\(host)\": timed out after 1 s\n")
        }
    }

    @Test("a name server that does not answer costs the timeout")
    func nameServer() async throws {
        try await TwoHosts.with { hosts in
            let outcome = try await hosts.gobtalk("--timeout", "1s", "resolve", "peer.example")
            #expect(outcome.status == 2)
            let reason = "cannot resolve \"peer.example\": timed out after 1 s"
            #expect(outcome.errors == "gobtalk: \(reason)\n")
        }
    }

    @Test(
        "where one family refuses the other one is used at once, whichever is first",
        arguments: [
            ("10.91.0.2:61000", "[2001:db8:91::2]:61000", false),
            ("[2001:db8:91::2]:61000", "10.91.0.2:61000", true),
        ]
    )
    func refused(_ live: String, _ refused: String, _ prefersIPv4: Bool) async throws {
        try await TwoHosts.with(names: Self.both, prefersIPv4: prefersIPv4) { hosts in
            try await hosts.listening(at: live) { _ in
                let plan = try await hosts.gobtalk("resolve", "both")
                #expect(plan.output == "\(refused)\n\(live)  fallback, after 300 ms\n")
                // An hour is more than the test has.
                let outcome = try await hosts.gobtalk("--fallback-delay", "1h", "connect", "both")
                #expect(outcome.output.hasPrefix("connected to \(live) ("), "\(outcome)")
            }
        }
    }

    @Test("where one family does not answer the other one is used after the delay")
    func race() async throws {
        try await TwoHosts.with(names: Self.hole) { hosts in
            try await hosts.listening(at: "10.91.0.2:61000") { _ in
                let plan = try await hosts.gobtalk("resolve", "half")
                #expect(plan.output.hasPrefix("[2001:db8:92::9]:61000\n10.91.0.2:61000  fallback"))
                let start = ContinuousClock.now
                let arguments = ["--timeout", "2m", "--fallback-delay", "400ms", "connect", "half"]
                let client = try hosts.gobtalk(at: hosts.near, arguments)
                let outcome = await client.end()
                #expect(outcome.output.hasPrefix("connected to 10.91.0.2:61000 ("), "\(outcome)")
                #expect(ContinuousClock.now - start >= .milliseconds(400))
                // Without the race it would have been a minute.
                #expect(ContinuousClock.now - start < .seconds(50))
            }
        }
    }

    @Test("without the race the other family has its turn after the share of the first")
    func oneAfterTheOther() async throws {
        try await TwoHosts.with(names: Self.hole) { hosts in
            try await hosts.listening(at: "10.91.0.2:61000") { _ in
                let start = ContinuousClock.now
                let outcome = try await hosts.gobtalk(
                    "--timeout",
                    "6s",
                    "--fallback-delay",
                    "off",
                    "connect",
                    "half"
                )
                #expect(outcome.output.hasPrefix("connected to 10.91.0.2:61000 ("), "\(outcome)")
                #expect(ContinuousClock.now - start >= .seconds(3))
            }
        }
    }

    @Test("what failed at each address is told")
    func bothFail() async throws {
        try await TwoHosts.with(names: Self.hole) { hosts in
            let outcome = try await hosts.gobtalk("--timeout", "3s", "connect", "half")
            #expect(outcome.status == 2)
            let error = #/gobtalk: cannot dial "half:61000": timed out after ([\d.]+) s at (.*)\n/#
            let found = try #require(outcome.errors.wholeMatch(of: error), "\(outcome.errors)")
            #expect(
                found.2 == "[2001:db8:92::9]:61000, connection refused at 10.91.0.2:61000"
            )
            // What the start took of the three seconds is not there.
            #expect((0...3) ~= Double(found.1) ?? -1)
        }
    }

    @Test("a peer that vanishes before its reply is given up at the deadline")
    func vanishedBeforeReply() async throws {
        try await TwoHosts.with { hosts in
            try await hosts.listening(at: "10.91.0.2:61000") { _ in
                let arguments = ["--no-listen", "--timeout", "2s", "--keep-alive", "off"]
                let client = try hosts.gobtalk(
                    at: hosts.near,
                    arguments + ["--connect", "10.91.0.2"]
                )
                _ = try await client.line(beginning: "connected to 10.91.0.2:61000")
                try await hosts.pullWire()
                let outcome = await client.end(input: "send string . x\n")
                #expect(outcome.status == 1)
                #expect(
                    outcome.errors
                        == "stdin:1: no reply from \"10.91.0.2:61000\" within 2 s\n"
                )
            }
        }
    }

    @Test("a peer that vanishes while nobody talks is noticed by keep-alive")
    func vanishedInSilence() async throws {
        try await TwoHosts.with { hosts in
            try await hosts.listening(at: "10.91.0.2:61000") { _ in
                let arguments = ["--no-listen", "--keep-alive", "1s", "--connect", "10.91.0.2"]
                let client = try hosts.gobtalk(at: hosts.near, arguments)
                _ = try await client.line(beginning: "connected to 10.91.0.2:61000")
                try await hosts.pullWire()
                // The system asks nine times, a second apart.
                let notice = try await client.errorLine(beginning: "10.91.0.2 ")
                #expect(notice.hasPrefix("10.91.0.2 closed the connection"))
                #expect(await client.end().status == 0)
            }
        }
    }

    @Test(
        "every message is answered over a slow wire that loses some of them (needs netem)",
        .enabled("the kernel has netem") { try await hasNetem() }
    )
    func slowWire() async throws {
        try await TwoHosts.with { hosts in
            let netem = ["-n", hosts.far, "qdisc", "add", "dev", "wire", "root", "netem"]
            let slowed = try await Tool.run("tc", netem + ["delay", "20ms", "loss", "5%"])
            #expect(slowed.status == 0, "\(slowed.errors)")
            try await hosts.listening(at: "10.91.0.2:61000") { _ in
                let arguments = ["--no-listen", "--timeout", "30s", "--connect", "10.91.0.2"]
                let client = try hosts.gobtalk(at: hosts.near, arguments)
                let lines = (0..<50).map { "send string . \($0)\n" }
                let outcome = await client.end(input: lines.joined())
                #expect(outcome.status == 0)
                #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("Thank") } == 50)
            }
        }
    }

    private static func hasNetem() async throws -> Bool {
        let script = "tc -n \"$0\" qdisc add dev lo root netem delay 1ms"
        return try await TwoHosts.with { hosts in
            try await Tool.run("sh", ["-c", script, hosts.near]).status == 0
        }
    }
}
