/// A `big.Float`: a binary number of a chosen precision.
package struct GoBigFloat: Sendable, Hashable {
    /// What kind of number it is.
    enum Form: Sendable, Hashable {
        case zero
        case infinite
        /// The mantissa times two to the power of the exponent.
        case finite(mantissa: BigNatural, exponent: Int)
    }

    /// How a number compares with the one that it was rounded from.
    enum Accuracy: UInt8, Sendable {
        case below, exact, above
    }

    let isNegative: Bool
    let precision: Int
    let form: Form
    private let accuracy: Accuracy

    /// Numbers with more digits before or after the point are left to be shown as bytes.
    private static let exponentLimit = 8_192
    private static let precisionLimit = 4_096

    /// Version 1 of `Float.GobEncode`: mode, accuracy, form and sign in a byte, the precision, and
    /// of a finite number the exponent and a mantissa between 1/2 and 1.
    package init?(gob bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            (isNegative, precision, form, accuracy) = (false, 0, .zero, .exact)
            return
        }
        guard bytes.count >= 6, bytes[0] == 1 else { return nil }
        isNegative = bytes[1] & 1 == 1
        precision = Int(UInt32(bigEndian: bytes[2..<6]))
        accuracy = Accuracy(rawValue: bytes[1] >> 3 & 3) ?? .exact
        switch bytes[1] >> 1 & 3 {
        case 0: form = .zero
        case 2: form = .infinite
        case 1:
            guard bytes.count > 10, precision > 0, precision <= Self.precisionLimit else {
                return nil
            }
            let exponent = Int(Int32(bitPattern: UInt32(bigEndian: bytes[6..<10])))
            let fraction = bytes[10...]
            let mantissa = BigNatural(bigEndian: fraction)
            guard fraction.count * 8 <= Self.precisionLimit + 64, fraction[10] >= 0x80,
                exponent.magnitude <= Self.exponentLimit
            else { return nil }
            form = .finite(mantissa: mantissa, exponent: exponent - fraction.count * 8)
        default: return nil
        }
    }

    /// A decimal number, rounded to 64 bits, as `Float.UnmarshalText` does.
    package init?(text: String) {
        let isNegative = text.hasPrefix("-")
        let rest = text.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0)
        self.isNegative = isNegative
        precision = 64
        if rest == "Inf" || rest == "inf" {
            form = .infinite
            accuracy = .exact
            return
        }
        guard rest.utf8.count <= 1_000, let number = DecimalNumber(unsigned: rest),
            number.exponent.magnitude <= 2_000
        else { return nil }
        guard !number.digits.isZero else {
            form = .zero
            accuracy = .exact
            return
        }
        let (form, isAbove) = Self.rounded(number)
        self.form = form
        accuracy = isAbove.map { $0 == isNegative ? .below : .above } ?? .exact
    }

    /// The nearest number of 64 bits, the even one of two, and whether it is above; `nil` where it is
    /// exact.
    private static func rounded(_ number: DecimalNumber) -> (form: Form, isAbove: Bool?) {
        var numerator = number.digits.times(10, toThe: max(0, number.exponent))
        let denominator = BigNatural(1).times(10, toThe: max(0, -number.exponent))
        // The quotient has 66 or 67 bits, what is left over makes it odd.
        let shift = 66 - numerator.bitWidth + denominator.bitWidth
        var exponent = -shift
        if shift >= 0 {
            numerator = numerator << shift
            return finish(numerator.dividedBy(denominator), &exponent)
        }
        return finish(numerator.dividedBy(denominator << -shift), &exponent)
    }

    private static func finish(
        _ division: (quotient: BigNatural, remainder: BigNatural),
        _ exponent: inout Int,
    ) -> (form: Form, isAbove: Bool?) {
        let extra = division.quotient.bitWidth - 64
        var mantissa = division.quotient >> extra
        let below = division.quotient - (mantissa << extra)
        let half = BigNatural(1) << (extra - 1)
        exponent += extra
        let isExact = below.isZero && division.remainder.isZero
        let isUp = below > half || below == half && !(division.remainder.isZero && mantissa.isEven)
        if isUp { mantissa = mantissa + 1 }
        return (.finite(mantissa: mantissa, exponent: exponent), isExact ? nil : isUp)
    }

    /// The bytes of `Float.GobEncode`, of a number that was rounded to the nearest.
    package var gob: [UInt8] {
        let sign: UInt8 = isNegative ? 1 : 0
        let head = UInt64(precision).bigEndianBytes.suffix(4)
        switch form {
        case .zero: return [1, accuracy.rawValue << 3 | sign] + head
        case .infinite: return [1, accuracy.rawValue << 3 | 4 | sign] + head
        case .finite(let mantissa, let exponent):
            let power = exponent + mantissa.bitWidth
            let width = (mantissa.bitWidth + 63) / 64 * 64
            let bytes = (mantissa << (width - mantissa.bitWidth)).bigEndian
            let exponentBytes = UInt64(UInt32(bitPattern: Int32(power))).bigEndianBytes.suffix(4)
            return [1, accuracy.rawValue << 3 | 2 | sign] + head + exponentBytes + bytes
        }
    }

    /// The shortest decimal number that is this one at its precision, as `Float.Text('g', -1)`.
    package var text: String? {
        let sign = isNegative ? "-" : ""
        switch form {
        case .zero: return sign + "0"
        case .infinite: return (isNegative ? "-" : "+") + "Inf"
        case .finite(let mantissa, let exponent):
            return sign + ShortestDecimal(mantissa, exponent, precision: precision).text
        }
    }
}
