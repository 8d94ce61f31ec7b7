/// Numbers as Go's `encoding/json` writes them.
extension Double {
    /// The shortest digits that read back the same; an exponent below 1e-6 and from 1e21 on.
    var goJSON: String { ShortestNumber("\(magnitude)", of: self).text }
}

extension Float {
    /// The shortest digits that read back the same in 32 bits.
    var goJSON: String { ShortestNumber("\(magnitude)", of: Double(self)).text }
}

/// Sign, significant digits and the power of ten of the first, from Swift's own shortest form.
private struct ShortestNumber {
    private let value: Double
    private let digits: String
    private let exponent: Int

    /// - Parameters:
    ///   - description: What Swift writes for the magnitude.
    ///   - value: The number.
    init(_ description: String, of value: Double) {
        let parts = description.split(separator: "e")
        let number = parts[0].split(separator: ".")
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let fraction = number.count > 1 && number[1] != "0" ? number[1] : ""
        var digits = number[0] + fraction
        exponent += number[0].count - 1
        while digits.count > 1, digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        self.value = value
        self.digits = String(digits)
        self.exponent = exponent
    }

    var text: String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Inf\"" : "\"+Inf\"" }
        let sign = value.sign == .minus ? "-" : ""
        if value != 0, exponent < -6 || exponent >= 21 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let power = "\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
            return "\(sign)\(digits.prefix(1))\(fraction)e\(power)"
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        if digits.count <= exponent + 1 {
            return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
    }
}
