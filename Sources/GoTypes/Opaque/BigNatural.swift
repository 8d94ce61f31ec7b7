/// A natural number of any size, as far as Go's big numbers need it.
///
/// What takes long is quadratic, so numbers come in limited sizes: see ``byteLimit``.
struct BigNatural: Sendable, Hashable, Comparable {
    /// The number in base 2^32, the lowest digit first, without zeros at the end.
    private(set) var limbs: [UInt32]

    /// How many bytes a number from outside may have: 4 KiB, or some 9,900 decimal digits.
    static let byteLimit = 4 << 10
    /// How many digits a number that is read from text may have.
    static let digitLimit = 9_000

    init(_ number: UInt64) {
        limbs = [UInt32(truncatingIfNeeded: number), UInt32(number >> 32)]
        normalize()
    }

    /// The number that bytes are, the highest first.
    init(bigEndian bytes: some BidirectionalCollection<UInt8>) {
        limbs = []
        var limb: UInt32 = 0
        var shift: UInt32 = 0
        for byte in bytes.reversed() {
            limb |= UInt32(byte) << shift
            shift += 8
            if shift == 32 {
                limbs.append(limb)
                (limb, shift) = (0, 0)
            }
        }
        limbs.append(limb)
        normalize()
    }

    /// The number that decimal digits are.
    init?(digits: some StringProtocol) {
        guard !digits.isEmpty, digits.utf8.count <= Self.digitLimit,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.init(0)
        for digit in digits.utf8 { multiply(by: 10, adding: UInt32(digit - 0x30)) }
    }

    var isZero: Bool { limbs.isEmpty }
    var isEven: Bool { (limbs.first ?? 0) % 2 == 0 }

    /// How many bits it has, the highest being 1.
    var bitWidth: Int {
        limbs.last.map { limbs.count * 32 - $0.leadingZeroBitCount } ?? 0
    }

    /// Its bytes, the highest first, without zeros before it.
    var bigEndian: [UInt8] {
        let bytes = limbs.reversed().flatMap { limb in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: limb >> $0) }
        }
        return Array(bytes.drop { $0 == 0 })
    }

    /// Its decimal digits.
    var digits: String {
        guard !isZero else { return "0" }
        var rest = self
        var groups: [UInt32] = []
        while !rest.isZero { groups.append(rest.divide(by: 1_000_000_000)) }
        return groups.reversed().enumerated().map { index, group in
            index == 0 ? String(group) : Int64(group).padded(to: 9)
        }.joined()
    }

    mutating func multiply(by factor: UInt32, adding addend: UInt32 = 0) {
        var carry = UInt64(addend)
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    /// Divides, and gives what is left over.
    mutating func divide(by divisor: UInt32) -> UInt32 {
        var rest: UInt64 = 0
        for index in limbs.indices.reversed() {
            let dividend = rest << 32 | UInt64(limbs[index])
            limbs[index] = UInt32(dividend / UInt64(divisor))
            rest = dividend % UInt64(divisor)
        }
        normalize()
        return UInt32(rest)
    }

    /// The number times a power of a small base.
    func times(_ base: UInt32, toThe exponent: Int) -> BigNatural {
        var result = self
        for _ in 0..<exponent { result.multiply(by: base) }
        return result
    }

    static func << (number: BigNatural, count: Int) -> BigNatural {
        guard !number.isZero else { return number }
        var result = number
        result.multiply(by: 1 << UInt32(count % 32))
        result.limbs.insert(contentsOf: [UInt32](repeating: 0, count: count / 32), at: 0)
        return result
    }

    static func >> (number: BigNatural, count: Int) -> BigNatural {
        var result = number
        result.limbs.removeFirst(min(count / 32, result.limbs.count))
        if count % 32 > 0 { _ = result.divide(by: 1 << UInt32(count % 32)) }
        return result
    }

    static func < (left: BigNatural, right: BigNatural) -> Bool {
        left.limbs.count != right.limbs.count
            ? left.limbs.count < right.limbs.count
            : left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
    }

    /// The difference; the second number is no greater.
    static func - (left: BigNatural, right: BigNatural) -> BigNatural {
        var result = left
        var borrow: Int64 = 0
        for index in result.limbs.indices {
            let subtrahend = index < right.limbs.count ? Int64(right.limbs[index]) : 0
            let difference = Int64(result.limbs[index]) - subtrahend - borrow
            borrow = difference < 0 ? 1 : 0
            result.limbs[index] = UInt32(truncatingIfNeeded: difference)
        }
        result.normalize()
        return result
    }

    static func + (left: BigNatural, right: UInt32) -> BigNatural {
        var result = left
        result.multiply(by: 1, adding: right)
        return result
    }

    /// Quotient and remainder, a bit at a time.
    func dividedBy(_ divisor: BigNatural) -> (quotient: BigNatural, remainder: BigNatural) {
        var quotient = BigNatural(0)
        var remainder = BigNatural(0)
        for bit in (0..<bitWidth).reversed() {
            let isSet = limbs[bit / 32] >> UInt32(bit % 32) & 1
            remainder.multiply(by: 2, adding: isSet)
            quotient.multiply(by: 2)
            if remainder >= divisor {
                remainder = remainder - divisor
                quotient = quotient + 1
            }
        }
        return (quotient, remainder)
    }

    private mutating func normalize() {
        while limbs.last == 0 { limbs.removeLast() }
    }
}
