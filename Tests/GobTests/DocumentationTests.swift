import Foundation
import Gob
import Testing

/// The samples of the documentation in `Sources/Gob/Gob.docc`: they stand here word for word, so
/// that they compile, and do what is said of them.
@Suite struct DocumentationTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    @Test(
        "every sample of a page is here, word for word",
        arguments: [
            ("Gob", 1), ("UntypedValues", 4), ("TypedStructs", 4), ("CodableTypes", 2),
            ("LimitsAndSafety", 2), ("Speed", 1),
        ]
    )
    func samples(_ page: String, _ count: Int) throws {
        let here = try Self.text("DocumentationTests.swift") + Self.text("DocumentationTypes.swift")
        let samples = try Self.blocks(of: page, "```swift\n")
        #expect(samples.count == count)
        // Types stand in one file, what is done with them in another.
        for part in samples.flatMap({ $0.components(separatedBy: "\n\n") }) {
            #expect(here.contains(Self.trimmed(part)), "\(part)")
        }
    }

    @Test("the bytes that the page on the format explains are those of Go")
    func format() throws {
        let blocks = try Self.blocks(of: "Format", "```text\n").map(Self.bytes(inListing:))
        #expect(try blocks[0].hex == Vector.named("struct/both").hex)
        #expect(try blocks[1].hex == Vector.named("recursive/article").hex)
        #expect(blocks[1].count == 186)
        // Of the third one the definitions are not shown.
        let cut = try Vector.named("interface/struct").hex
        #expect(cut.hasSuffix("09ff8205010201040000"))
        #expect(blocks[2].hex.hasSuffix("09ff8205010201040000"))
        #expect(cut.contains(blocks[2].prefix(17).map { [$0].hex }.joined()))
    }

    @Test("the landing page's example gives the point again")
    func landing() throws {
        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(Point(x: 22, y: 33))

        var decoder = GobStreamDecoder()
        var position = 0
        let point = try decoder.next(Point.self, in: bytes, at: &position)
        #expect(point == Point(x: 22, y: 33))
    }

    @Test("values are read without types, and a list is made by hand")
    func values() throws {
        var encoder = GobStreamEncoder()
        var schema = GobSchema()
        let list = schema.reserve()
        let fields = [GobField("V", TypeIndex(.int)), GobField("Next", list)]
        schema.define(list, as: .structure(fields), name: "list")
        let last = GobValue.structure([.int(2), .zero])
        let datum = GobDatum(schema: schema, type: list, value: .structure([.int(1), last]))
        let bytes = try encoder.encode(datum)
        #expect(try decoded(bytes) == List(v: 1, next: GobPointer(List(v: 2))))

        try showAll(bytes)
        try showFields(datum)
        var received = bytes
        #expect(try receive(&received) == [datum.value])
        #expect(received == [])
    }

    private func showAll(_ bytes: [UInt8]) throws {
        func print(_ name: String, _ value: GobValue) {
            #expect((name, "\(value)") == ("list", "{1 {2 zero}}"))
        }

        var decoder = GobStreamDecoder()
        var position = 0
        while let datum = try decoder.next(in: bytes, at: &position) {
            print(datum.schema.displayName(of: datum.type), datum.value)
        }
    }

    private func showFields(_ datum: GobDatum) throws {
        func print(_ name: String, _ value: GobValue) {
            #expect(["V 1", "Next {2 zero}"].contains("\(name) \(value)"))
        }

        guard case .structure(let values) = datum.value else { return }
        for (field, value) in zip(datum.schema.fields(of: datum.type), values) {
            print(field.name, value)
        }
    }

    private func receive(_ received: inout [UInt8]) throws -> [GobValue] {
        var values: [GobDatum] = []

        var decoder = GobStreamDecoder()
        while let size = try GobFrame.size(received.span), size <= received.count {
            let message = Array(received.prefix(size))
            received.removeFirst(size)
            if let datum = try decoder.receive(message) { values.append(datum) }
        }
        return values.map(\.value)
    }

    @Test("the article's struct is sent and received, with its limits and its error's place")
    func typed() throws {
        typealias ComplexData = DocumentationTypes.ComplexData
        var rows: [String] = []
        func print(_ n: Int, _ s: String) { rows.append("\(n) \(s)") }

        var encoder = GobStreamEncoder()
        encoder.sortsMaps = true
        let bytes = try encoder.encode(ComplexData(n: 23, m: ["one": 1]))

        var decoder = GobStreamDecoder()
        var position = 0
        while let data = try decoder.next(ComplexData.self, in: bytes, at: &position) {
            print(data.n, data.c.pointee?.s ?? "nil")
        }
        #expect(rows == ["23 nil"])
        try limited(Array(bytes.dropLast()))
    }

    private func limited(_ bytes: [UInt8]) throws {
        typealias ComplexData = DocumentationTypes.ComplexData
        var position = 0
        func print(_ fault: GobError.Fault, _ offset: Int, _ path: String) {
            #expect((fault, offset) == (.truncated, bytes.count))
        }

        var limits = GobLimits()
        limits.messageSize = 1 << 20
        limits.memory = 16 << 20
        limits.depth = 100
        var decoder = GobStreamDecoder(limits: limits)

        do {
            _ = try decoder.next(ComplexData.self, in: bytes, at: &position)
        } catch {
            print(error.fault, error.offset ?? 0, error.path)
        }
    }

    @Test("an interface holds a value under a name, and a type writes itself")
    func interfaces() throws {
        typealias Event = DocumentationTypes.Event
        typealias Timestamp = DocumentationTypes.Timestamp

        var event = Event()
        event.payload = try GobAny(name: "main.Point", Point(x: 1, y: 2))
        let point = try event.payload?.value(as: Point.self)
        #expect(point == Point(x: 1, y: 2))

        let epoch = try Vector.named("time/unix0").bytes
        #expect(try decoded(epoch, as: Timestamp.self).seconds == GoTime.unixEpoch)
        #expect(try encoded(Timestamp(seconds: GoTime.unixEpoch)) == epoch)
    }

    @Test("a Codable type goes both ways, alone and in a stream")
    func codable() throws {
        typealias Reading = DocumentationTypes.Reading

        let bytes = try GobEncoder().encode(Reading(sensor: "north", values: [1.5]))
        let reading = try GobDecoder().decode(Reading.self, from: bytes)
        #expect(reading.values == [1.5])
        try codableStream([reading, reading])
    }

    private func codableStream(_ readings: [DocumentationTypes.Reading]) throws {
        typealias Reading = DocumentationTypes.Reading
        var rows: [String] = []
        func print(_ row: String) { rows.append(row) }

        let learnt = GobEncoder()
        var encoder = GobStreamEncoder(cache: learnt.cache)
        var stream: [UInt8] = []
        for reading in readings { stream += try encoder.encode(codable: reading, with: learnt) }

        var decoder = GobStreamDecoder()
        var position = 0
        while let reading = try decoder.next(codable: Reading.self, in: stream, at: &position) {
            print(reading.sensor)
        }
        #expect(rows == readings.map(\.sensor))
    }

    @Test("streams share a cache")
    func cache() throws {
        let streams = try [Point(x: 1), Point(y: 2)].map { try encoded($0) }
        var points: [Point] = []

        let cache = GobTypeCache()
        for stream in streams {
            var decoder = GobStreamDecoder(cache: cache)
            var position = 0
            let point = try decoder.next(Point.self, in: stream, at: &position)
            if let point { points.append(point) }
        }
        #expect(points == [Point(x: 1), Point(y: 2)])
    }

    private static func text(_ file: String) throws -> String {
        try trimmed(String(contentsOf: tests.appending(path: file), encoding: .utf8))
    }

    /// The blocks of a page that begin in such a way.
    private static func blocks(of page: String, _ start: String) throws -> [String] {
        let path = "../../Sources/Gob/Gob.docc/\(page).md"
        let text = try String(contentsOf: tests.appending(path: path), encoding: .utf8)
        return text.components(separatedBy: "\n" + start).dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
    }

    /// The lines without what is before and after them, and without blank ones.
    private static func trimmed(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The bytes at the beginnings of the lines: pairs of hexadecimal digits.
    private static func bytes(inListing text: String) -> [UInt8] {
        text.split(separator: "\n").flatMap { line in
            let start = line.trimmingCharacters(in: .whitespaces).components(separatedBy: "   ")[0]
            return start.split(separator: " ").prefix { $0 != "…" }
                .compactMap { UInt8($0, radix: 16) }
        }
    }
}
