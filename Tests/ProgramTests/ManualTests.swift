import Foundation
import Shell
import Testing

/// The manual page, which must say what the program does.
@Suite(.timeLimit(.minutes(5))) struct ManualTests {
    @Test("mandoc finds nothing wrong")
    func lint() async throws {
        let outcome = try await Tool.run("mandoc", ["-Tlint", "-W", "warning", Manual.path])
        #expect(outcome.output + outcome.errors == "")
        #expect(outcome.status == 0)
    }

    @Test("every command is there as it is called", arguments: CommandTable.standard.commands)
    func commands(_ command: Command) async throws {
        let text = try await manual().replacing("[", with: "").replacing("]", with: "")
        let synopsis = command.synopsis.replacing("[", with: "").replacing("]", with: "")
        #expect(text.contains("\n     \(synopsis)"))
    }

    @Test("every setting is there with what it takes", arguments: Setting.all)
    func settings(_ setting: Setting) async throws {
        #expect(try await manual().contains("\n     \(setting.synopsis)\n"))
    }

    @Test("the table of what is escaped is the one that the program goes by")
    func escapes() async throws {
        let text = try await manual()
        let start = try #require(text.range(of: "In JSON\n"))
        let rows = text[start.upperBound...]
            .components(separatedBy: "\n\n")[0].split(separator: "\n")
        #expect(rows.count == Escaped.allCases.count)
        for (row, kind) in zip(rows, Escaped.allCases) {
            let json = kind == .invalid ? "U+FFFD" : "‘\(kind.shownInJSON)’"
            let columns = row.trimmingPrefix(" ").split(separator: #/ {2,}/#).map { String($0) }
            #expect(columns == [kind.title, "‘\(kind.shown)’", json])
        }
    }

    @Test("every option of --help is there")
    func options() async throws {
        let help = try await Tool.run(Tool.gobtalk, ["--help"]).output
        let text = try await manual()
        let options = help.matches(of: /--[a-z-]+/).map { String($0.output) }
        #expect(Set(options).count >= 8)
        for option in Set(options) { #expect(text.contains(option), "\(option)") }
    }

    private func manual() async throws -> String { try await Manual.text() }
}

/// The manual page.
enum Manual {
    static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../man/gobtalk.1").standardizedFileURL.path

    /// What a reader sees, without bold and underlined characters, which are struck twice.
    static func text() async throws -> String {
        let outcome = try await Tool.run("mandoc", ["-Tutf8", "-O", "width=100", path])
        return outcome.output.replacing(/.\x08/, with: "")
    }
}
