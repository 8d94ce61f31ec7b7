import Foundation
import Synchronization

/// Two hosts with a wire between them: network namespaces, for what loopback cannot show.
///
/// They need root and Debian's iproute2.
/// `near` is 10.91.0.1 and 2001:db8:91::1, `far` is 10.91.0.2 and 2001:db8:91::2. All of 10.92 and
/// 2001:db8:92:: is a black hole behind `far`, and the name server that `near` asks is in it.
struct TwoHosts: Sendable {
    let near: String
    let far: String

    /// Runs something with two such hosts; they are removed whatever becomes of it, and of this
    /// process.
    ///
    /// The lines of `/etc/hosts` at `near` are `names`; IPv6 addresses are tried first there, unless
    /// `prefersIPv4`.
    static func with<Result>(
        names: [String] = [],
        prefersIPv4: Bool = false,
        _ body: (TwoHosts) async throws -> Result,
    ) async throws -> Result {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let name = "gobtalk-\(ProcessInfo.processInfo.processIdentifier)-\(number)"
        let hosts = TwoHosts(near: "\(name)-near", far: "\(name)-far")
        let keeper = try Tool(
            "sh",
            ["-c", script, hosts.near, hosts.far] + names.files(prefersIPv4)
        )
        guard (try? await keeper.line(beginning: "ready")) != nil else {
            let errors = await keeper.end().errors
            throw Missing(description: "no network namespaces (root, Debian's iproute2): \(errors)")
        }
        do {
            let result = try await body(hosts)
            _ = await keeper.end()
            return result
        } catch {
            _ = await keeper.end()
            throw error
        }
    }

    private static let count = Mutex(0)

    /// Makes the hosts, and removes them when its standard input ends: this process may have crashed.
    private static let script = """
        remove() {
            ip netns del "$0"; ip netns del "$1"; rm -rf "/etc/netns/$0"
            rmdir --ignore-fail-on-non-empty /etc/netns
        }
        trap 'remove 2> /dev/null "$@"' EXIT
        set -e
        ip netns add "$0"; ip netns add "$1"
        ip -n "$0" link add wire type veth peer name wire netns "$1"
        address=1
        for host in "$0" "$1"; do
            ip -n "$host" address add 10.91.0.$address/24 dev wire
            ip -n "$host" address add 2001:db8:91::$address/64 dev wire nodad
            ip -n "$host" link set wire up
            ip -n "$host" link set lo up
            address=2
        done
        ip -n "$0" route add 10.92.0.0/16 via 10.91.0.2
        ip -n "$0" -6 route add 2001:db8:92::/48 via 2001:db8:91::2
        ip -n "$1" route add blackhole 10.92.0.0/16
        ip -n "$1" -6 route add blackhole 2001:db8:92::/48
        mkdir -p "/etc/netns/$0"
        printf '%s\\n' "$2" > "/etc/netns/$0/hosts"
        printf '%s\\n' "$3" > "/etc/netns/$0/gai.conf"
        printf 'nameserver 10.92.0.53\\n' > "/etc/netns/$0/resolv.conf"
        echo ready
        cat > /dev/null
        """

    /// Starts the built program at one of the hosts.
    func gobtalk(at host: String, _ arguments: [String]) throws -> Tool {
        try Tool("ip", ["netns", "exec", host, Tool.gobtalk] + arguments)
    }

    /// Runs the built program at `near`, to its end.
    func gobtalk(_ arguments: String...) async throws -> Tool.Outcome {
        try await gobtalk(at: near, ["--no-listen"] + arguments).end()
    }

    /// Runs something while the built program listens at an address of `far`.
    func listening<Result>(
        at address: String,
        _ body: (Tool) async throws -> Result,
    ) async throws -> Result {
        let server = try gobtalk(at: far, ["--serve", "--listen", address])
        _ = try await server.errorLine(beginning: "gobtalk: listening on ")
        do {
            let result = try await body(server)
            _ = await server.end(signal: 15)
            return result
        } catch {
            _ = await server.end(signal: 15)
            throw error
        }
    }

    /// Pulls the wire out at `far`: nothing gets through any more, and nobody is told.
    func pullWire() async throws {
        let outcome = try await Tool.run("ip", ["-n", far, "link", "set", "wire", "down"])
        guard outcome.status == 0 else { throw Missing(description: outcome.errors) }
    }
}

extension [String] {
    /// The texts of `/etc/hosts` and of `/etc/gai.conf`.
    fileprivate func files(_ prefersIPv4: Bool) -> [String] {
        [joined(separator: "\n"), prefersIPv4 ? "precedence ::ffff:0:0/96 100" : ""]
    }
}
