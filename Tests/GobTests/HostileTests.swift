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

    @Test(
        "a count of elements that take no bytes is not believed",
        arguments: [
            // []struct{} with 2^40 elements and no byte for any; golang/go#10491 is another.
            "0c ff81 02 01 02 ff82 00 01 ff80 00 00 07 7f 03 01 02 ff80 00 00 00"
                + "0a ff82 00 fa 010000000000",
            "10fe010f020102fe01100001fe010e000025fe010d030102fe010e00010201034e756d01040001084368"
                + "696c6472656e01fe01100000000bfe011000f8060102 00de010400",
        ]
    )
    func emptyElements(_ hex: String) throws {
        #expect(decodeUntilError(Array(hex: hex)).error?.fault == .pastEndOfMessage)
    }

    @Test("a million nil interfaces decode as fast as they are many")
    func manyNils() throws {
        var schema = GobSchema()
        let list = schema.add(.slice(element: TypeIndex(.interface)))
        let nils = [GobValue](repeating: .zero, count: 1_000_000)
        let datum = GobDatum(schema: schema, type: list, value: .list(nils))
        #expect(try decodeAll(encode(datum))[0].value == .list(nils))
    }

    @Test("an error in a deep place with long names is still one short line")
    func shortErrors() throws {
        var schema = GobSchema()
        let node = schema.reserve()
        let name = String(repeating: "n", count: 60_000)
        schema.define(node, as: .structure([GobField(name, node)]))
        var value = GobValue.structure([.zero])
        for _ in 1..<11_000 { value = .structure([value]) }
        var limits = GobLimits()
        limits.depth = 20_000
        var encoder = GobStreamEncoder(limits: limits)
        let bytes = try encoder.encode(GobDatum(schema: schema, type: node, value: value))
        let error = try #require(decodeUntilError(bytes).error)
        #expect(error.fault == .limitExceeded(.depth, 10_000))
        #expect(error.description.utf8.count < 2_000)
    }

    @Test("after an error the stream goes on behind the message at fault")
    func goesOn() throws {
        let stream = try Vector.named("stream/structs").bytes
        let ends = try valueEnds(stream)
        var damaged = stream
        // The second value's first field gets a number that the struct has not.
        damaged.replaceSubrange(ends[0]..<ends[1], with: Array(hex: "05ff80090200"))
        var decoder = GobStreamDecoder()
        var position = 0
        #expect(try decoder.next(in: damaged, at: &position) != nil)
        #expect(throws: GobError.self) { try decoder.next(in: damaged, at: &position) }
        let last = try decoder.next(in: damaged, at: &position)
        #expect(last?.value == .structure([.int(3), .int(4)]))
        #expect(try decoder.next(in: damaged, at: &position) == nil)
    }

    @Test(
        "where a message's end is not known the stream ends",
        arguments: ["f7", "f87fffffffffffffff"]
    )
    func endsStream(_ hex: String) throws {
        var decoder = GobStreamDecoder()
        var position = 0
        let bytes = Array(hex: hex + "03040002")
        #expect(throws: GobError.self) { try decoder.next(in: bytes, at: &position) }
        #expect(try decoder.next(in: bytes, at: &position) == nil)
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
        let slice = Array(hex: "0b7f020102ff80000104000 0 0c ff80 00 f8 4000000000000000 02")
        let map = Array(hex: "0d7f040102ff8000010c010400 00 0c ff80 00 f8 8000000000000000 02")
        #expect(
            decodeUntilError(slice).error?.fault
                == .limitExceeded(.elementCount, GobLimits().elementCount)
        )
        #expect(decodeUntilError(map).error?.fault == .pastEndOfMessage)
        var limits = GobLimits()
        limits.elementCount = .max
        let error = #expect(throws: GobError.self) { try decodeAll(slice, limits: limits) }
        #expect(error?.fault == .pastEndOfMessage)
    }
}

/// Where in a stream each value ends.
func valueEnds(_ bytes: [UInt8]) throws -> [Int] {
    var decoder = GobStreamDecoder()
    var position = 0
    var ends: [Int] = []
    while try decoder.next(in: bytes, at: &position) != nil { ends.append(position) }
    return ends
}
