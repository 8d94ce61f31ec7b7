/// A decimal number without its sign: digits, and the power of ten that they are multiplied with.
struct DecimalNumber {
    let digits: BigNatural
    let exponent: Int

    /// A number as `12`, `1.25` or `1.5e-7`.
    init?(unsigned text: Substring) {
        let parts = text.split(
            maxSplits: 1,
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == "e" || $0 == "E" }
        )
        let number = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = number.count == 2 ? number[1] : ""
        guard let digits = BigNatural(digits: number[0] + fraction) else { return nil }
        var exponent = 0
        if parts.count == 2 {
            guard parts[1].utf8.count <= 8, let written = Int(parts[1]) else { return nil }
            exponent = written
        }
        self.digits = digits
        self.exponent = exponent - fraction.utf8.count
    }
}

/// A `decimal.Decimal` (shopspring): an integer times a power of ten.
struct GoDecimal: Sendable {
    let value: GoBigInt
    let exponent: Int32

    /// The exponent in four bytes, then a `big.Int`.
    init?(gob bytes: [UInt8]) {
        guard bytes.count >= 5, let value = GoBigInt(gob: Array(bytes[4...])) else { return nil }
        self.value = value
        exponent = Int32(bitPattern: UInt32(bigEndian: bytes[0..<4]))
    }

    var gob: [UInt8] {
        UInt64(UInt32(bitPattern: exponent)).bigEndianBytes.suffix(4) + value.gob
    }

    /// A decimal number.
    init?(text: String) {
        let isNegative = text.hasPrefix("-")
        guard let number = DecimalNumber(unsigned: text.dropFirst(isNegative ? 1 : 0)),
            let value = GoBigInt(text: (isNegative ? "-" : "") + number.digits.digits),
            let exponent = Int32(exactly: number.exponent)
        else { return nil }
        self.value = value
        self.exponent = exponent
    }

    /// The number with a decimal point and no exponent; `nil` where that would be long.
    var text: String? {
        guard exponent.magnitude <= BigNatural.digitLimit else { return nil }
        let digits = value.magnitude.digits
        let sign = value.isNegative ? "-" : ""
        if exponent >= 0 {
            return value.magnitude.isZero
                ? "0" : sign + digits + String(repeating: "0", count: Int(exponent))
        }
        let places = Int(-exponent)
        let padding = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count))
        let padded = padding + digits
        var fraction = padded.suffix(places)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = padded.dropLast(places)
        return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
    }
}
