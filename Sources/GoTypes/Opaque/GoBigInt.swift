/// A `big.Int`: a sign and a magnitude.
package struct GoBigInt: Sendable, Hashable {
    let isNegative: Bool
    let magnitude: BigNatural

    /// Version 1 of `Int.GobEncode`, whose lowest bit is the sign, then the magnitude.
    ///
    /// Nothing at all is zero, as in Go. What has more than 4 KiB is left to be shown as bytes.
    package init?(gob bytes: [UInt8]) {
        guard bytes.count <= BigNatural.byteLimit, bytes.isEmpty || bytes[0] >> 1 == 1 else {
            return nil
        }
        magnitude = BigNatural(bigEndian: bytes.dropFirst())
        isNegative = bytes.first == 3 && !magnitude.isZero
    }

    /// The bytes of `Int.GobEncode`.
    package var gob: [UInt8] { [isNegative ? 3 : 2] + magnitude.bigEndian }

    /// A decimal integer.
    package init?(text: String) {
        let isNegative = text.hasPrefix("-")
        guard let magnitude = BigNatural(digits: text.dropFirst(isNegative ? 1 : 0)) else {
            return nil
        }
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isZero
    }

    /// The number in decimal.
    package var text: String { (isNegative ? "-" : "") + magnitude.digits }
}

/// A `big.Rat`: a fraction.
package struct GoBigRat: Sendable, Hashable {
    let isNegative: Bool
    let numerator: BigNatural
    let denominator: BigNatural

    /// Version 1 of `Rat.GobEncode`, whose lowest bit is the sign: the numerator's length, the
    /// numerator, the denominator, which is left out where it is 1.
    package init?(gob bytes: [UInt8]) {
        guard bytes.count <= BigNatural.byteLimit else { return nil }
        guard !bytes.isEmpty else {
            (isNegative, numerator, denominator) = (false, BigNatural(0), BigNatural(1))
            return
        }
        guard bytes.count >= 5, bytes[0] >> 1 == 1 else { return nil }
        let length = Int(UInt32(bigEndian: bytes[1..<5]))
        guard length <= bytes.count - 5 else { return nil }
        numerator = BigNatural(bigEndian: bytes[5..<5 + length])
        let rest = bytes[(5 + length)...]
        denominator = rest.isEmpty ? BigNatural(1) : BigNatural(bigEndian: rest)
        isNegative = bytes[0] == 3 && !numerator.isZero
        guard !denominator.isZero else { return nil }
    }

    /// The bytes of `Rat.GobEncode`.
    package var gob: [UInt8] {
        let numerator = self.numerator.bigEndian
        let denominator = self.denominator == BigNatural(1) ? [] : self.denominator.bigEndian
        return [isNegative ? 3 : 2] + UInt64(numerator.count).bigEndianBytes.suffix(4) + numerator
            + denominator
    }

    /// `a/b` or a decimal number, in at most 1,000 characters.
    package init?(text: String) {
        guard text.utf8.count <= 1_000 else { return nil }
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var (numerator, denominator): (BigNatural, BigNatural)
        if parts.count == 2 {
            guard let top = BigNatural(digits: parts[0]), let bottom = BigNatural(digits: parts[1])
            else { return nil }
            (numerator, denominator) = (top, bottom)
        } else {
            guard let number = DecimalNumber(unsigned: parts[0]), number.exponent.magnitude <= 1_000
            else { return nil }
            numerator = number.digits.times(10, toThe: max(0, number.exponent))
            denominator = BigNatural(1).times(10, toThe: max(0, -number.exponent))
        }
        guard !denominator.isZero else { return nil }
        var (divisor, rest) = (denominator, numerator)
        while !rest.isZero { (divisor, rest) = (rest, divisor.dividedBy(rest).remainder) }
        self.numerator = numerator.dividedBy(divisor).quotient
        self.denominator = denominator.dividedBy(divisor).quotient
        self.isNegative = isNegative && !numerator.isZero
    }

    /// `a/b`, or `a` where `b` is 1.
    package var text: String {
        let fraction = denominator == BigNatural(1) ? "" : "/" + denominator.digits
        return (isNegative ? "-" : "") + numerator.digits + fraction
    }
}
