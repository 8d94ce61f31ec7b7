import Foundation
import Testing

/// Texts as wide as the screen, and wider, in a real terminal.
@Suite(.timeLimit(.minutes(3)), .serialized) struct FoldTests {
    @Test(
        "no row of a text begins without the gutter, however wide its characters are",
        arguments: [
            "漢", "x漢", "❤️", "x❤️", "🇩🇪", "x🇩🇪🇩", "e\u{301}", "👍🏽", "x👨‍👩‍👧", "1️⃣", "\u{3164}x", "ﷺ",
            "a\u{200D}",
        ]
    )
    func wide(_ piece: String) async throws {
        let terminal = try await Terminal.start(columns: 41, rows: 40)
        let host = try await terminal.startGobtalk()
        for shift in 0..<3 {
            let text =
                String(repeating: ".", count: shift) + String(repeating: piece, count: 60)
                + " gobtalk> end\(shift)"
            try await Tool.run(Tool.gobtalk, ["send", "string", host, text])
            let screen = try await terminal.wait {
                $0.replacing("\n  | ", with: "").contains("end\(shift)")
            }
            let rows = screen.split(separator: "\n")
            let start = try #require(rows.lastIndex { $0.contains("#\(shift + 1) 127") })
            for row in rows[(start + 1)...].dropLast() { #expect(row.hasPrefix("  |"), "\(row)") }
        }
    }
}
