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

    @Test("the README's struct is encoded to the bytes of Go's documentation")
    func structure() throws {
        struct Point: GobStructure {
            var x = 0
            var y = 0
            static let gobFields: [Field] = [Field("X", \.x), Field("Y", \.y)]
        }

        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(Point(x: 22, y: 33))

        // With the ids of present Go, which begins at 64 and not at 65.
        let definition = "1e7f03010105506f696e7401ff8000010201015801040001015901040000"
        #expect(bytes.hex == definition + "0007ff80012c014200")
    }
}
