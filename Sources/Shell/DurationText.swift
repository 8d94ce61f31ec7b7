extension Duration {
    /// The time as people write it: `0.42 ms`, `12 ms`, `1.5 s`, `10 s`.
    package var text: String {
        let milliseconds = self / .milliseconds(1)
        if milliseconds < 1_000 { return "\(rounded(milliseconds)) ms" }
        return "\(rounded(milliseconds / 1_000)) s"
    }

    /// Reads a time as Go writes it: `300ms`, `1.5s`, `2m`, `1h`, or `0`.
    ///
    /// - Returns: `nil` for anything else, and for what is negative.
    package init?(text: String) {
        if text == "0" {
            self = .zero
            return
        }
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]
        for (unit, seconds) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), number >= 0, number < 1e9,
                text.first?.isNumber == true
            else { continue }
            self = .seconds(number * seconds)
            return
        }
        return nil
    }
}

/// Two digits below ten, none beyond a hundred.
private func rounded(_ number: Double) -> String {
    let scale: Double = number < 10 ? 100 : number < 100 ? 10 : 1
    let text = "\((number * scale).rounded() / scale)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
