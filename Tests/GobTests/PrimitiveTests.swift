import Gob
import Testing

/// Integers and floats at the top level, whose bytes doc.go gives.
@Suite struct PrimitiveTests {
    @Test(
        "a signed integer has the bytes of Go",
        arguments: [
            (0, "03040000"), (-1, "03040001"), (3, "03040006"), (42, "03040054"), (-42, "03040053"),
            (-129, "050400fe0101"), (1 << 60, "0b0400f82000000000000000"),
            (.max, "0b0400f8fffffffffffffffe"), (.min, "0b0400f8ffffffffffffffff"),
        ] as [(Int64, String)]
    )
    func int(_ number: Int64, _ hex: String) throws {
        try expect(.int(number), .int, hex)
    }

    @Test(
        "an unsigned integer has the bytes of Go",
        arguments: [
            (0, "03060000"), (42, "0306002a"), (127, "0306007f"), (128, "040600ff80"),
            (256, "050600fe0100"), (1 << 63, "0b0600f88000000000000000"),
            (.max, "0b0600f8ffffffffffffffff"),
        ] as [(UInt64, String)]
    )
    func uint(_ number: UInt64, _ hex: String) throws {
        try expect(.uint(number), .uint, hex)
    }

    @Test(
        "a float has the bytes of Go",
        arguments: [
            (0, "03080000"), (42, "050800fe4540"), (17, "050800fe3140"), (-0.0, "040800ff80"),
        ] as [(Double, String)]
    )
    func float(_ number: Double, _ hex: String) throws {
        try expect(.float(number), .float, hex)
    }

    @Test("integers written with more bytes than needed are read")
    func longForm() throws {
        #expect(try decodeAll(Array(hex: "040400ff02"))[0].value == .int(1))
        #expect(try decodeAll(Array(hex: "0b0600f80000000000000005"))[0].value == .uint(5))
    }

    @Test("a string that is not UTF-8 keeps its bytes")
    func invalidUTF8() throws {
        let datum = try decodeAll(Array(hex: "060c0003ff41fe"))[0]
        #expect(datum.value == .invalidString([0xFF, 0x41, 0xFE]))
        #expect(try encode(datum).hex == "060c0003ff41fe")
    }

    private func expect(_ value: GobValue, _ kind: Kind, _ hex: String) throws {
        let datum = GobDatum(schema: GobSchema(), type: TypeIndex(kind), value: value)
        #expect(try encode(datum).hex == hex)
        #expect(try decodeAll(Array(hex: hex)) == [datum])
    }
}
