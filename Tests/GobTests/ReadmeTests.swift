import Gob
import Testing

/// The example of the README's section on the library.
@Suite struct ReadmeTests {
    @Test("the README's example decodes a stream")
    func example() throws {
        let bytes = try Vector.named("stream/structs").bytes
        var rows: [String] = []

        var decoder = GobStreamDecoder()
        var position = 0
        while let datum = try decoder.next(in: bytes, at: &position) {
            rows.append("\(datum.schema.displayName(of: datum.type)) \(datum.value)")
        }

        #expect(rows == ["point {1 2}", "point {zero zero}", "point {3 4}"])
    }
}
