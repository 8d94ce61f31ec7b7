import Glibc
import Net
import Testing

/// One after the other: the processes of the exit tests inherit listening sockets, and keep the ports
/// that other tests expect to be free.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ListenerTests {
    private let network = Network()

    @Test("localhost is both families on one port")
    func bothFamilies() async throws {
        let listener = try await Listener.listen(on: "localhost:0", network: network)
        let port = listener.addresses[0].port
        #expect(port != 0)
        #expect(
            listener.addresses
                == Array(Address.loopback(port: port).prefix(listener.addresses.count))
        )
        let dialer = Dialer(on: network)
        let lines = try await withServer(listener, echoLines) {
            var lines: [[UInt8]?] = []
            for address in listener.addresses {
                let line = try await dialer.withConn(HostPort("\(address)")) { conn in
                    try await conn.write("x\n")
                    return try await conn.readLine(limit: 10)
                }
                lines.append(line)
            }
            return lines
        }
        #expect(lines == listener.addresses.map { _ in [120] })
    }

    @Test("every interface, in both families; an IPv4 peer shows as IPv4")
    func everyInterface() async throws {
        let listener = try await Listener.listen(on: ":0", network: network)
        #expect(["::", "0.0.0.0"].contains(listener.addresses[0].host))
        let peer = try await withServer(listener) { conn in
            _ = try await conn.readByte()
            try await conn.write("\(conn.remoteAddress.host)\n")
        } _: {
            let host = HostPort.tcp(host: "127.0.0.1", port: listener.addresses[0].port)
            return try await Dialer(on: network).withConn(host) { conn in
                try await conn.write("x")
                return try await conn.readLine(limit: 100)
            }
        }
        #expect(peer == Array("127.0.0.1".utf8))
    }

    @Test("one interface: nobody listens at the others")
    func oneInterface() async throws {
        let listener = try await Listener.listen(on: "127.77.0.5:0", network: network)
        let port = listener.addresses[0].port
        let error = await netError {
            _ = try await Dialer(on: network).dial("127.77.0.6:\(port)")
        }
        #expect(error == .cannotDial(host: "127.77.0.6:\(port)", cause: .refused))
        await listener.close()
    }

    @Test("a port in use is an error that says so")
    func inUse() async throws {
        let first = try await Listener.listen(on: "localhost:0", network: network)
        let address = first.addresses[0]
        let error = await netError {
            _ = try await Listener.listen(on: "localhost:\(address.port)", network: network)
        }
        #expect(error == .cannotListen(address: "\(address)", cause: .addressInUse))
        await first.close()
    }

    // The tests below ask for a port by number, at addresses of this machine that no other test
    // has, so that none takes it from them.

    @Test("a port is free again when its listener is closed")
    func freeAgain() async throws {
        let first = try await Listener.listen(on: "127.77.0.3:0", network: network)
        await first.close()
        let second = try await Listener.listen(on: "\(first.addresses[0])", network: network)
        #expect(second.addresses == first.addresses)
        await second.close()
    }

    @Test("where one of several addresses cannot be had, none is listened on")
    func allOrNone() async throws {
        let taken = try await Listener.listen(on: "127.77.0.2:0", network: network)
        let port = taken.addresses[0].port
        let wanted: [Address] = [
            .ipv4(127, 77, 0, 1, port: port), .ipv4(127, 77, 0, 2, port: port),
        ]
        let error = await netError {
            _ = try await Listener.listen(on: wanted, network: network)
        }
        #expect(error == .cannotListen(address: "127.77.0.2:\(port)", cause: .addressInUse))
        await taken.close()
        let both = try await Listener.listen(on: wanted, network: network)
        #expect(both.addresses == wanted)
        await both.close()
    }

    @Test("an address that this machine does not have")
    func foreign() async {
        let error = await netError {
            _ = try await Listener.listen(on: "192.0.2.1:0", network: network)
        }
        #expect(
            error?.description == "cannot listen on 192.0.2.1:0: cannot assign requested address"
        )
    }

    @Test("closing ends what waits: serving, silent connections, handlers")
    func close() async throws {
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let (started, continuation) = AsyncStream<Void>.makeStream()
        async let serving: Void = listener.serve { event in
            if case .handlerFailed(_, let error) = event { Issue.record(error) }
        } handler: { conn in
            continuation.yield()
            _ = try await conn.readLine(limit: 100)
        }
        let port = listener.addresses[0].port
        let silent = try RawSocket.connecting(to: port)
        let talking = try RawSocket.connecting(to: port)
        talking.send("x")
        for await _ in started { break }
        await listener.close()
        await serving
        #expect(await silent.readAll() == [])
        #expect(await talking.readAll() == [])
        silent.close()
        talking.close()
    }

    @Test("the cancellation of its task ends serving")
    func cancel() async throws {
        let listener = try await Listener.listen(on: "127.77.0.4:0", network: network)
        let task = Task { await listener.serve(handler: echoLines) }
        let peer = try await Dialer(on: network).dial("\(listener.addresses[0])")
        task.cancel()
        await task.value
        await peer.close()
        let error = await netError {
            _ = try await Dialer(on: network).dial("\(listener.addresses[0])")
        }
        #expect(error == .cannotDial(host: "\(listener.addresses[0])", cause: .refused))
    }

    @Test("every connection is accepted and closed once, also one that says nothing")
    func events() async throws {
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let (events, continuation) = AsyncStream<Bool>.makeStream()
        async let serving: Void = listener.serve { event in
            switch event {
            case .accepted: continuation.yield(true)
            case .closed: continuation.yield(false)
            case .handlerFailed, .failed, .refused, .fellSilent: break
            }
        } handler: {
            _ = try await $0.readByte()
        }
        let port = listener.addresses[0].port
        for ending in 0..<3 {
            let peer = try RawSocket.connecting(to: port)
            switch ending {
            case 0: peer.close()
            case 1: peer.reset()
            default:
                peer.send("x")
                peer.close()
            }
        }
        var (accepted, closed) = (0, 0)
        for await isOpen in events {
            if isOpen { accepted += 1 } else { closed += 1 }
            if accepted == 3, closed == 3 { break }
        }
        await listener.close()
        await serving
        #expect([accepted, closed] == [3, 3])
    }

    @Test("accepting goes on after a time without free descriptors")
    func descriptorsRunOut() async {
        await #expect(processExitsWith: .success) {
            let network = Network()
            let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
            let (failures, continuation) = AsyncStream<NetError>.makeStream()
            let serving = Task {
                await listener.serve { event in
                    if case .failed(let error) = event { continuation.yield(error) }
                } handler: {
                    try await echoLines($0)
                }
            }
            let peer = try RawSocket.connectingWithTheLastDescriptor(to: listener.addresses[0].port)
            var causes = failures.makeAsyncIterator()
            let failure = await causes.next()
            #expect(failure == .cannotAccept(cause: .system(errno: EMFILE)))
            // It does not try without end meanwhile: this is the time of the processor.
            let before = clock()
            // A task's sleep would need a descriptor.
            usleep(500_000)
            #expect(Double(clock() - before) / Double(CLOCKS_PER_SEC) < 0.2)
            try RawSocket.allowAllDescriptors()
            peer.send("x\n")
            peer.endInput()
            let reply = await peer.readAll()
            #expect(reply == Array("x\n".utf8))
            serving.cancel()
            await serving.value
            // One report for all attempts.
            continuation.finish()
            let more = await causes.next()
            #expect(more == nil)
        }
    }

    @Test("used off its event loop, a connection traps")
    func offLoop() async {
        await #expect(processExitsWith: .failure) {
            let network = Network()
            let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
            let conn = try await Dialer(on: network).dial("\(listener.addresses[0])")
            _ = try await conn.readByte()
        }
    }
}
