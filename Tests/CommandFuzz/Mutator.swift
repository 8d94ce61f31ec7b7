/// Streams of random bytes, and of what a good client says with faults in it.
struct Mutator {
    var random: SplitMix
    private(set) var byteCount = 0

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    /// The article's struct, as Go sends it: the vector `recursive/article`.
    private static let article: [UInt8] = bytes(
        """
        387f0301010b636f6d706c65784461746101ff8000010501014e010400010153010c0001014d01ff
        8200010150010a0001014301ff800000001eff810401010e6d61705b737472696e675d696e7401ff
        8200010c0104000061ff80012e010b737472696e6720646174610103036f6e65020374776f040574
        687265650601036162630101fe0200012152656375727369766520737472756374733f2050696563
        65206f662063616b652101030230310202313004023131060000
        """
    )

    private static let seeds: [[UInt8]] = [
        Array("STRING\nhello world\n".utf8),
        Array("GOB\n".utf8) + article,
        Array("STRING\nhello\nGOB\n".utf8) + article + Array("STRING\nbye\n".utf8),
        // doc.go's Point{22, 33}.
        Array("GOB\n".utf8)
            + bytes(
                "1fff8103010105506f696e7401ff820001020101580104000101590104000000 07ff82012c014200"
            ),
        Array("  STRING \r\nx\r\n".utf8),
        Array("NOTHING\nat all\n".utf8),
        Array("GOB\n".utf8) + [3, 4, 0, 14],
        Array("STRING\n".utf8) + [UInt8](repeating: 0xE6, count: 300) + Array("\n".utf8),
    ]

    /// The next stream.
    mutating func stream() -> [UInt8] {
        var bytes: [UInt8] = []
        if Int.random(in: 0..<8, using: &random) == 0 {
            let count = Int.random(in: 0..<600, using: &random)
            bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        } else {
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                bytes += Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)]
            }
            for _ in 0..<Int.random(in: 0..<6, using: &random) where !bytes.isEmpty {
                mutate(&bytes)
            }
        }
        byteCount += bytes.count
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = UInt8.random(in: .min ... .max, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes[place] ^= 1 << (byte & 7)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(byte, at: place)
        case 4: bytes.removeSubrange(place...)
        case 5: bytes[place] = [0, 1, 0x7F, 0x80, 0xF8, 0xFC, 0xFE, 0xFF][Int(byte & 7)]
        default: bytes.insert(contentsOf: bytes[place...].prefix(Int(byte)), at: place)
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.filter { $0.isHexDigit }.compactMap { $0.hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}

/// SplitMix64, by Sebastiano Vigna: random enough, and the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
