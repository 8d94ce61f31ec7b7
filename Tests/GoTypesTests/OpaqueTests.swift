import GoTypes
import Gob
import Testing

/// The bytes of types that write themselves, against those of Go 1.19.
@Suite struct OpaqueTests {
    @Test(
        "a big.Float is read, rounded and written as Go does",
        arguments: [
            ("0.1", "0.1", "011200000040fffffffdcccccccccccccccd"),
            ("1234567", "1.234567e+06", "010a000000400000001596b4380000000000"),
            ("1e21", "1e+21", "010a0000004000000046d8d726b7177a8000"),
            (
                "123456789012345678901234567890", "1.234567890123456789e+29",
                "01020000004000000061c77487fb61b9f077"
            ),
            ("1e-5", "1e-05", "010200000040fffffff0a7c5ac471b478423"),
            ("0.0001", "0.0001", "011200000040fffffff3d1b71758e219652c"),
            ("-3.25", "-3.25", "010b0000004000000002d000000000000000"),
            ("1e100", "1e+100", "0102000000400000014d924d692ca61be758"),
            ("100000", "100000", "010a0000004000000011c350000000000000"),
            ("1000000", "1e+06", "010a0000004000000014f424000000000000"),
        ]
    )
    func bigFloats(_ text: String, _ shown: String, _ hex: String) throws {
        let bytes = try #require(OpaqueWriter.bigFloat.bytes(of: text))
        #expect(bytes == Array(hex: hex))
        #expect(OpaqueWriter.bigFloat.read(bytes) == .text(shown))
    }

    @Test(
        "a big.Float is shown with the digits that its precision needs",
        arguments: [
            ("011200000018fffffffdcccccd0000000000", "0.1"),
            ("01120000001800000075be371e0000000000", "1.2345679e+35"),
            ("011200000035fffffffdccccccccccccd000", "0.1"),
            ("01020000003500000075be371dfe66cc9000", "1.23456789e+35"),
            ("010a0000006400000075be371dfe66cc92964e16384000000000", "1.23456789e+35"),
            (
                "0112000000c8fffffffdcccccccccccccccccccccccccccccccccccccccccccccccccd00000000000000",
                "0.1"
            ),
        ]
    )
    func precisions(_ hex: String, _ shown: String) {
        #expect(OpaqueWriter.bigFloat.read(Array(hex: hex)) == .text(shown))
    }

    @Test(
        "what a type's text says comes back from its bytes",
        arguments: [
            (.time, "2009-11-10T23:00:00Z"), (.time, "0001-01-01T00:00:00Z"),
            (.time, "9999-12-31T23:59:59.999999999+23:59"), (.time, "0000-02-29T00:00:00-00:30"),
            (.bigRat, "-22/7"), (.bigRat, "5"), (.bigFloat, "+Inf"),
            (.decimal, "12.5"), (.decimal, "-0.001"), (.decimal, "1200"),
            (.address, "192.0.2.1"), (.address, "fe80::1%eth0"), (.address, "::"), (.address, ""),
            (.address, "2001:db8::1:0:0:1"), (.address, "::ffff:1.2.3.4"),
            (.addressPort, "1.2.3.4:80"), (.addressPort, "[::1]:65535"), (.prefix, "10.0.0.0/8"),
            (.uuid, "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ] as [(OpaqueWriter, String)]
    )
    func roundTrip(_ writer: OpaqueWriter, _ text: String) throws {
        let bytes = try #require(writer.bytes(of: text))
        #expect(writer.read(bytes) == .text(text))
    }

    @Test("an integer of a thousand digits comes back from its bytes")
    func bigInteger() throws {
        let digits = "-9" + String(repeating: "1234567890", count: 100)
        let bytes = try #require(OpaqueWriter.bigInt.bytes(of: digits))
        #expect(OpaqueWriter.bigInt.read(bytes) == .number(digits))
        #expect(OpaqueWriter.bigInt.read([2]) == .number("0"))
    }

    @Test("an integer of more than 4 KiB is left as bytes")
    func hugeInteger() {
        #expect(OpaqueWriter.bigInt.read([2] + [UInt8](repeating: 255, count: 4_096)) == nil)
    }

    @Test(
        "a text that is none of the type's is refused",
        arguments: [
            (.time, "2009-11-10"), (.time, "2009-02-29T00:00:00Z"), (.time, "2009-01-01T24:00:00Z"),
            (.time, "٢009-01-01T00:00:00Z"), (.bigInt, "1.5"), (.bigInt, ""), (.bigInt, "--1"),
            (.bigRat, "1/0"), (.bigRat, "1/2/3"), (.bigFloat, "x"), (.bigFloat, "1e99999"),
            (.address, "1.2.3"), (.address, "1.2.3.256"), (.address, "::1::"), (.address, "1:2"),
            (.addressPort, "::1:80"), (.prefix, "10.0.0.0/33"), (.uuid, "6ba7b810"),
            (.url, "%zz"),
        ] as [(OpaqueWriter, String)]
    )
    func refused(_ writer: OpaqueWriter, _ text: String) {
        #expect(writer.bytes(of: text) == nil)
    }

    @Test("any bytes are read, or left as bytes", arguments: OpaqueWriter.allCases)
    func anyBytes(_ writer: OpaqueWriter) {
        var state: UInt32 = 1
        for count in 0..<400 {
            let bytes = (0..<count % 40).map { index in
                state = state &* 1_664_525 &+ 1_013_904_223
                return index < 2 ? UInt8(state >> 24) % 17 : UInt8(state >> 24)
            }
            guard case .text(let text) = writer.read(bytes) else { continue }
            #expect(text.utf8.count < 10_000)
        }
        #expect(writer.read(writer.zero) != nil)
    }

    @Test("a time is known without its name, which a pointer has not; other bytes are not")
    func unnamed() {
        let time: [UInt8] = [1, 0, 0, 0, 0x0E, 0xC2, 0x8B, 0x30, 0xA0, 0, 0, 0, 0, 0xFF, 0xFF]
        let read = OpaqueWriter.read(time, name: "", encoding: .gob)
        #expect(read?.writer == .time)
        #expect(read?.reading == .text("2009-11-10T10:00:00Z"))
        #expect(OpaqueWriter.read(time, name: "", encoding: .binary) == nil)
        #expect(OpaqueWriter.read(time, name: "Own", encoding: .gob) == nil)
        #expect(OpaqueWriter.read([2, 5], name: "", encoding: .gob) == nil)
        #expect(OpaqueWriter.read([2, 5], name: "Int", encoding: .gob)?.reading == .number("5"))
    }
}

extension [UInt8] {
    /// The bytes that hexadecimal digits spell.
    fileprivate init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
