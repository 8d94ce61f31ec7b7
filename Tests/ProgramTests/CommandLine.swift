import Foundation
import Testing

/// A command line of gobtalk, with what it prints and how it ends: a row of the table in
/// `Tests/CommandLines`, which says how a row is written.
struct CommandLine: Sendable, CustomTestStringConvertible {
    let title: String
    /// What the shell runs.
    let command: String
    private let sections: [String: String]

    var testDescription: String { title }

    /// The rows of the table.
    static let all: [CommandLine] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../CommandLines/table.txt").standardizedFileURL
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n=== ").dropFirst().map { CommandLine($0) }
    }()

    private init(_ text: String) {
        let parts = text.trimmingCharacters(in: .newlines).components(separatedBy: "\n--- ")
        let head = parts[0].components(separatedBy: "\n")
        title = head[0]
        command = String(head[1].trimmingPrefix("$ "))
        var sections: [String: String] = [:]
        for part in parts.dropFirst() {
            let rows = part.components(separatedBy: "\n")
            sections[rows[0]] = rows.dropFirst().map { $0 + "\n" }.joined()
        }
        self.sections = sections
    }

    /// The files of its folder, by their names.
    var files: [String: String] {
        let files = sections.filter { $0.key.hasPrefix("file ") }
            .map { (String($0.key.dropFirst("file ".count)), Self.written($0.value)) }
        return Dictionary(uniqueKeysWithValues: files)
    }

    /// Standard input.
    var input: String { Self.written(sections["input"] ?? "") }

    /// The name of the signal that is sent, if one is.
    var signal: String? { value(of: "signal") }

    /// What the shell ends with; `nil` where the row does not say it.
    var status: Int32? { value(of: "status").flatMap { Int32($0) } }

    /// The value that stands beside the name of a section.
    private func value(of name: String) -> String? {
        sections.keys.first { $0.hasPrefix(name + " ") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    /// Text that is given, from how the table has it.
    private static func written(_ text: String) -> String {
        let text = text.replacing("\\r", with: "\r").replacing("\\uFEFF", with: "\u{FEFF}")
        return text.hasSuffix("\\c\n") ? String(text.dropLast(3)) : text
    }

    /// What a stream is to show, as an expression in which stand-ins are what they stand for.
    func expected(_ stream: String) throws -> Regex<Substring> {
        let kinds = [
            "<time>": #"\d+(?:\.\d+)? m?s"#, "<clock>": #"\d\d:\d\d:\d\d"#, "<port>": #"\d+"#,
            "<number>": #"\d+"#,
        ]
        var expression = NSRegularExpression.escapedPattern(for: sections[stream] ?? "")
        for (name, kind) in kinds { expression = expression.replacing(name, with: "(?:\(kind))") }
        return try Regex(expression, as: Substring.self)
    }

    /// The text without where the peers listen.
    static func anonymous(_ text: String, _ peers: [String: String]) -> String {
        peers.reduce(text) { $0.replacing($1.value, with: $1.key) }
    }
}
