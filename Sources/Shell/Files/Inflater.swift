/// Unpacks what the method "deflate" packed (RFC 1951).
package struct Inflater {
    /// Why bytes cannot be unpacked.
    package enum Fault: Error {
        /// They end too early.
        case truncated
        /// They are not what the method writes.
        case malformed
        /// There is more in them than is wanted.
        case tooLong
    }

    private let input: [UInt8]
    private let limit: Int
    /// Where the next byte is.
    private(set) var position: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    /// Unpacks what begins at a position.
    ///
    /// - Parameters:
    ///   - input: The bytes.
    ///   - position: Where to begin; moved behind what was unpacked.
    ///   - limit: The most that there may be in it, in bytes.
    /// - Returns: What was packed.
    /// - Throws: The fault of the bytes.
    static func inflate(
        _ input: [UInt8],
        at position: inout Int,
        limit: Int,
    ) throws(Fault) -> [UInt8] {
        var inflater = Inflater(input: input, limit: limit, position: position)
        while try inflater.block() {}
        position = inflater.position
        return inflater.output
    }

    private init(input: [UInt8], limit: Int, position: Int) {
        (self.input, self.limit, self.position) = (input, limit, position)
    }

    /// Unpacks a block; false where it was the last one.
    private mutating func block() throws(Fault) -> Bool {
        let isLast = try take(1) == 1
        switch try take(2) {
        case 0: try stored()
        case 1: try coded(.fixedLengths, .fixedDistances)
        case 2:
            let (lengths, distances) = try tables()
            try coded(lengths, distances)
        default: throw .malformed
        }
        return !isLast
    }

    private mutating func take(_ count: Int) throws(Fault) -> Int {
        while bitCount < count {
            guard position < input.count else { throw .truncated }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        defer {
            bits >>= UInt32(count)
            bitCount -= count
        }
        return Int(bits & (1 << UInt32(count) - 1))
    }

    private mutating func put(_ byte: UInt8) throws(Fault) {
        guard output.count < limit else { throw .tooLong }
        output.append(byte)
    }

    private mutating func stored() throws(Fault) {
        (bits, bitCount) = (0, 0)
        let (count, complement) = (try take(16), try take(16))
        guard count == ~complement & 0xFFFF else { throw .malformed }
        guard count <= input.count - position else { throw .truncated }
        guard count <= limit - output.count else { throw .tooLong }
        output += input[position..<position + count]
        position += count
    }

    private mutating func coded(_ lengths: HuffmanCode, _ distances: HuffmanCode) throws(Fault) {
        while true {
            let symbol = try next(lengths)
            if symbol < 256 {
                try put(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol < 286 else { throw .malformed }
            let length = try number(symbol - 257, Self.lengthBases, Self.lengthBits)
            let code = try next(distances)
            guard code < 30 else { throw .malformed }
            let distance = try number(code, Self.distanceBases, Self.distanceBits)
            guard distance <= output.count else { throw .malformed }
            for _ in 0..<length { try put(output[output.count - distance]) }
        }
    }

    private mutating func number(
        _ code: Int,
        _ bases: [Int],
        _ extra: [Int],
    ) throws(Fault) -> Int {
        bases[code] + (try take(extra[code]))
    }

    private mutating func next(_ code: HuffmanCode) throws(Fault) -> Int {
        var search = HuffmanCode.Search()
        while true {
            if let symbol = try code.next(try take(1), &search) { return symbol }
        }
    }

    /// The codes of a block that brings its own.
    private mutating func tables() throws(Fault) -> (HuffmanCode, HuffmanCode) {
        let (literals, distances, count) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        var own = [Int](repeating: 0, count: 19)
        for index in Self.order.prefix(count) { own[index] = try take(3) }
        let code = HuffmanCode(own)
        var lengths: [Int] = []
        while lengths.count < literals + distances {
            let symbol = try next(code)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .malformed }
                lengths += [Int](repeating: last, count: 3 + (try take(2)))
            case 17: lengths += [Int](repeating: 0, count: 3 + (try take(3)))
            case 18: lengths += [Int](repeating: 0, count: 11 + (try take(7)))
            default: lengths.append(symbol)
            }
        }
        guard lengths.count == literals + distances else { throw .malformed }
        return (HuffmanCode(lengths[..<literals]), HuffmanCode(lengths[literals...]))
    }

    /// In which order the lengths of the codes for lengths come (RFC 1951, 3.2.7).
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    /// The shortest length of a code, and how many bits are added (3.2.5).
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
        13, 13,
    ]
}
