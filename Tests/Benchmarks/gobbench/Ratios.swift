import ArgumentParser
import Foundation

/// `gobbench ratios`: how many times as fast as Go.
struct Ratios: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints Go's time divided by ours, of the medians of several rounds.",
        discussion: "The last column has Foundation's JSON coders' time divided by Codable's."
    )

    @Argument(help: "The JSON lines of the Go program.")
    var go: String

    @Argument(help: "The JSON lines of this program.")
    var swift: String

    func run() throws {
        let go = try medians(of: go)
        let ours = try medians(of: swift)
        print(row(["case", "op", "Go ns", "typed", "value", "codable", "JSON ns", "to JSON"]))
        for name in Case.allCases.map(\.rawValue) {
            for direction in ["encode", "decode"] {
                guard let reference = go["\(name) \(direction) gob"] else { continue }
                func time(_ codec: Codec) -> Double? {
                    ours["\(name) \(direction) \(codec.rawValue)"]
                }
                let gob = [Codec.typed, .value, .codable].map { ratio(reference, time($0)) }
                let json = time(.json).map { String(Int($0)) } ?? "-"
                let toJSON = ratio(time(.json), time(.codable))
                print(row([name, direction, String(Int(reference))] + gob + [json, toJSON]))
            }
        }
    }

    private func medians(of path: String) throws -> [String: Double] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let results = try lines.map { line in
            try JSONDecoder().decode(Result.self, from: Data(line.utf8))
        }
        return Dictionary(grouping: results) { "\($0.name) \($0.direction) \($0.codec)" }
            .mapValues { results in
                let times = results.map(\.nanosecondsPerValue).sorted()
                return times[times.count / 2]
            }
    }

    private func ratio(_ theirs: Double?, _ ours: Double?) -> String {
        guard let theirs, let ours else { return "-" }
        let ratio = theirs / ours
        return ratio >= 1_000 ? ">1000" : String(format: "%.2f", ratio)
    }

    private func row(_ cells: [String]) -> String {
        zip(cells, [-14, -7, 11, 8, 8, 8, 11, 8]).map { cell, width in
            let padding = String(repeating: " ", count: max(0, abs(width) - cell.count))
            return width < 0 ? cell + padding : padding + cell
        }.joined(separator: " ")
    }
}
