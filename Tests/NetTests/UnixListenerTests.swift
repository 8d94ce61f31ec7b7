import Foundation
import Net
import Testing

/// Listening on a unix socket.
@Suite(.timeLimit(.minutes(5)))
struct UnixListenerTests {
    private let network = Network()

    /// Runs something with the path of a file that is not there, in a folder of its own.
    private func withPath<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "s").path)
    }

    private func mode(_ path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }

    /// What a listener answers there, or why it cannot be reached.
    private func answer(_ path: String) async -> String {
        do {
            let line = try await Dialer(on: network).withConn(.unix(path: path)) { conn in
                try await conn.write("x\n")
                return try await conn.readLine(limit: 100)
            }
            return String(decoding: line ?? [], as: UTF8.self)
        } catch {
            return "\(error)"
        }
    }

    @Test("a socket for its user alone, which is gone afterwards; its peers are called unix")
    func listen() async throws {
        try await withPath { path in
            let listener = try await Listener.listen(on: "unix:\(path)", network: network)
            #expect(listener.addresses.map(\.description) == ["unix:\(path)"])
            #expect(mode(path) == 0o600)
            let lines = try await withServer(listener) { conn in
                while try await conn.readLine(limit: 10) != nil {
                    try await conn.write("\(conn.remoteAddress)\n")
                }
            } _: {
                [await answer(path), await answer(path)]
            }
            #expect(lines == ["unix", "unix"])
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a socket that a program left behind is replaced")
    func stale() async throws {
        try await withPath { path in
            let old = try RawSocket.bound(toUnix: path)
            old.close()
            #expect(mode(path) != nil)
            let listener = try await Listener.listen(on: "unix:\(path)", network: network)
            let line = try await withServer(listener, echoLines) { await answer(path) }
            #expect(line == "x")
            #expect(mode(path) == nil)
        }
    }

    @Test("one that is listened on is left alone")
    func live() async throws {
        try await withPath { path in
            let listener = try await Listener.listen(on: "unix:\(path)", network: network)
            let error = await netError {
                _ = try await Listener.listen(on: "unix:\(path)", network: network)
            }
            #expect(error == .cannotListen(address: "unix:\(path)", cause: .addressInUse))
            let line = try await withServer(listener, echoLines) { await answer(path) }
            #expect(line == "x")
        }
    }

    @Test("a file that is no socket is never removed, whatever is in its place")
    func noSocket() async throws {
        try await withPath { path in
            try Data("precious".utf8).write(to: URL(filePath: path))
            let link = path + "-link"
            try FileManager.default.createSymbolicLink(
                atPath: link,
                withDestinationPath: path + "-nothing"
            )
            for path in [path, link, (path as NSString).deletingLastPathComponent] {
                let error = await netError {
                    _ = try await Listener.listen(on: "unix:\(path)", network: network)
                }
                let reason = "cannot listen on unix:\(path): a file that is no socket is there"
                #expect(error?.description == reason)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
            #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) != nil)
        }
    }

    @Test("what took its place meanwhile is not removed")
    func replaced() async throws {
        try await withPath { path in
            let listener = try await Listener.listen(on: "unix:\(path)", network: network)
            try FileManager.default.moveItem(atPath: path, toPath: path + "-old")
            let other = try await Listener.listen(on: "unix:\(path)", network: network)
            await listener.close()
            let line = try await withServer(other, echoLines) { await answer(path) }
            #expect(line == "x")
        }
    }

    @Test("a folder that is not there is an error that says so")
    func noFolder() async {
        let error = await netError {
            _ = try await Listener.listen(on: "unix:/no/such/folder/s", network: network)
        }
        let reason = "cannot listen on unix:/no/such/folder/s: no such file or directory"
        #expect(error?.description == reason)
    }
}
