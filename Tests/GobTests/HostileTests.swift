import Gob
import Testing

/// Bytes that no honest sender sends.
@Suite struct HostileTests {
    @Test(
        "a stream cut anywhere gives the values before the cut, then an error",
        arguments: Vector.all
    )
    func cut(_ vector: Vector) throws {
        let bytes = vector.bytes
        let ends = try valueEnds(bytes)
        for length in 0..<min(bytes.count, 2_000) {
            let (values, error) = decodeUntilError(Array(bytes.prefix(length)))
            #expect(values == ends.count { $0 <= length })
            if length == 0 || ends.contains(length) {
                #expect(error == nil)
            } else {
                #expect(error == GobError(.truncated, offset: length))
            }
        }
    }

    @Test("a changed byte gives an error or a value, and no trap", arguments: Vector.all)
    func changed(_ vector: Vector) {
        let bytes = vector.bytes
        for index in bytes.indices.prefix(600) {
            for change: UInt8 in [0x01, 0x7F, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= change
                let (values, _) = decodeUntilError(damaged)
                #expect(values <= bytes.count)
            }
        }
    }

    /// Go goes by its own element type where the same one came before (decode.go, `inProgress`), and
    /// so does not see that these refer to a type that no stream can define.
    static let unseenByGo = ["flipped/containers/full/528-01", "flipped/containers/full/528-ff"]

    @Test("of a bad stream, the values before the fault are given")
    func bad() {
        #expect(BadVector.all.count == 2_648)
        for vector in BadVector.all where !Self.unseenByGo.contains(vector.name) {
            let (values, _) = decodeUntilError(vector.bytes)
            #expect(values >= vector.values, "\(vector.name)")
        }
    }

    @Test("a struct ends with its message, as in Go")
    func structEndsWithMessage() throws {
        let point = try Vector.named("struct/both").hex
        let value = "07ff80012c014200"
        let cut = "06ff80012c0142"
        #expect(point.hasSuffix(value))
        let whole = try decodeAll(Array(hex: point))
        #expect(try decodeAll(Array(hex: point.dropLast(value.count) + cut)) == whole)
    }

    @Test(
        "what Go's own tests call bad data is refused",
        arguments: [
            ("05 7f 03 01 00 00 05 7f 03 01 00 00", GobError.Fault.duplicateType(id: 64)),
            ("05 05 03 01 00 00", .duplicateType(id: 3)),
            ("07 7f 03 01 00 00 00 00", .extraData(count: 1)),
            ("7f 68 69", .truncated),
            ("03 6e 6f 77", .undefinedType(id: 55)),
            ("04 24 66 6f 6f", .undefinedType(id: 18)),
            ("05 7f 03 01 01 05", .pastEndOfMessage),
            ("00", .pastEndOfMessage),
            ("03 04 01 00", .singletonDelta(1)),
            ("0a 0c 00 f8 7f ff ff ff ff ff ff ff", .pastEndOfMessage),
            ("0a 0c 00 f7 ff ff ff ff ff ff ff ff", .integerTooLong(byteCount: 9)),
        ]
    )
    func refused(_ hex: String, _ fault: GobError.Fault) {
        #expect(decodeUntilError(Array(hex: hex)).error?.fault == fault)
    }

    @Test("a type that is defined twice is refused, and so is one of Go's own")
    func duplicates() throws {
        let point = try Vector.named("struct/both").bytes
        let twice = point.prefix(31) + point
        #expect(
            decodeUntilError(Array(twice)).error == GobError(.duplicateType(id: 64), offset: 62)
        )
    }

    @Test("huge counts take no memory")
    func hugeCounts() throws {
        // []int, with a count of 2^62, and a map with one of 2^63.
        for hex in [
            "0b7f020102ff80000104000 0 0c ff80 00 f8 4000000000000000 02",
            "0d7f040102ff8000010c010400 00 0c ff80 00 f8 8000000000000000 02",
        ] {
            let error = try #require(decodeUntilError(Array(hex: hex)).error)
            #expect(error.fault == .pastEndOfMessage)
        }
    }
}

/// Where in a stream each value ends.
private func valueEnds(_ bytes: [UInt8]) throws -> [Int] {
    var decoder = GobStreamDecoder()
    var position = 0
    var ends: [Int] = []
    while try decoder.next(in: bytes, at: &position) != nil { ends.append(position) }
    return ends
}
