import Foundation
import Testing

/// Values of many Go types, exchanged with the program in Go of `Tests/GoShop`, which compares what
/// it reads with what it should be.
@Suite(.timeLimit(.minutes(5))) struct GoShopTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        /// The file of its JSON, and what the Go program calls it.
        let name: String
        let type: String

        var testDescription: String { "\(name): \(type)" }
    }

    static let kinds = [
        Kind(name: "article", type: "complexData"), Kind(name: "order", type: "Order"),
        Kind(name: "time", type: "time.Time"),
        Kind(name: "interface", type: "map[string]any"), Kind(name: "recursive", type: "Category"),
    ]

    @Test("Go reads what encode wrote", arguments: kinds)
    func encode(_ kind: Kind) async throws {
        try await withFolder { folder in
            let gob = "\(folder)/\(kind.name).gob"
            let arguments = ["encode", GoShop.file("\(kind.name).json"), gob, "as", kind.type]
            let outcome = try await gobtalk(arguments)
            #expect(outcome.output.hasPrefix("wrote 2 values of \(kind.type), "))
            let check = try await Tool.run(GoShop.path, ["check", kind.name, gob])
            #expect(check.errors == "")
            #expect(check.status == 0)
        }
    }

    @Test(
        "decode reads what Go wrote, without its types, and encode gives it back",
        arguments: kinds
    )
    func decode(_ kind: Kind) async throws {
        try await withFolder { folder in
            let (gob, json, again) = ("\(folder)/gob", "\(folder)/json", "\(folder)/again")
            try await Tool.run(GoShop.path, ["write", kind.name, gob])
            let plain = try await Tool.run(Tool.gobtalk, ["decode", gob])
            #expect(plain.status == 0)
            #expect(plain.output.split(separator: "\n").count == 2)
            #expect(try await gobtalk(["decode", gob, json]).output.hasPrefix("wrote 2 values, "))
            try await gobtalk(["encode", json, again, "as", kind.type])
            let check = try await Tool.run(GoShop.path, ["check", kind.name, again])
            #expect(check.errors == "")
            #expect(check.status == 0)
        }
    }

    @Test("Go receives what send struct sent", arguments: kinds)
    func send(_ kind: Kind) async throws {
        try await withFolder { folder in
            let lines = try String(
                contentsOfFile: GoShop.file("\(kind.name).json"),
                encoding: .utf8
            )
            let json = "\(folder)/first.json"
            try lines.prefix { $0 != "\n" }.write(toFile: json, atomically: true, encoding: .utf8)
            let server = try await Tool(GoShop.path, ["serve", kind.name])
            let host = try await server.line(beginning: "127.0.0.1:")
            let outcome = try await gobtalk(["send", "struct", host, json, "as", kind.type])
            #expect(outcome.output.hasPrefix("sent \(kind.type), "))
            _ = try await server.line(beginning: "as expected")
            #expect(await server.end().errors == "")
        }
    }

    @Test("schema prints Go that compiles, and that Go reads the values with", arguments: kinds)
    func schema(_ kind: Kind) async throws {
        try await withFolder { folder in
            let gob = "\(folder)/gob"
            try await Tool.run(GoShop.path, ["write", kind.name, gob])
            let source = try await gobtalk(["schema", gob]).output
            let program = source + "func main() {}\n"
            try program.write(toFile: "\(folder)/main.go", atomically: true, encoding: .utf8)
            let vet = try await Tool.run("go", ["vet", "\(folder)/main.go"])
            #expect(vet.errors == "")
            let loaded = try await gobtalk(["load", "\(folder)/main.go"])
            let hasDeclarations = source.contains("\ntype ")
            #expect((loaded.status == 0) == hasDeclarations)
        }
    }

    /// Runs gobtalk with the types of the Go program.
    @discardableResult
    private func gobtalk(_ arguments: [String]) async throws -> Tool.Outcome {
        let outcome = try await Tool.run(
            Tool.gobtalk,
            ["--types", GoShop.file("types.go")] + arguments
        )
        if arguments[0] != "load" { #expect(outcome.errors == "") }
        return outcome
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url.path)
    }
}
