/// Numbers and strings as Go's `encoding/json` writes them.
extension Double {
    /// The shortest digits that read back the same; an exponent below 1e-6 and from 1e21 on.
    var goJSON: String {
        if isNaN { return "\"NaN\"" }
        if isInfinite { return self < 0 ? "\"-Inf\"" : "\"+Inf\"" }
        let (sign, digits, exponent) = shortestDigits
        if magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return
                "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        if digits.count <= exponent + 1 {
            return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
    }

    /// Sign, significant digits and the power of ten of the first, from Swift's own shortest form.
    private var shortestDigits: (sign: String, digits: String, exponent: Int) {
        let parts = "\(magnitude)".split(separator: "e")
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
        return (sign == .minus ? "-" : "", String(digits), exponent)
    }
}

extension String {
    /// Quoted, with the escapes of Go, which keep the text harmless inside HTML too.
    var goJSON: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{8}": quoted += "\\b"
            case "\u{C}": quoted += "\\f"
            case "\0"..."\u{1F}", "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
