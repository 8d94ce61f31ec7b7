/// The fewest decimal digits that tell a binary number from its neighbours of the same precision.
struct ShortestDecimal {
    private(set) var digits: [UInt8]
    /// Where the decimal point stands, in digits from the first.
    private(set) var point: Int

    /// The digits of `mantissa * 2^exponent`.
    init(_ mantissa: BigNatural, _ exponent: Int, precision: Int) {
        // One bit more than the precision: the lowest is half of the distance to the neighbours.
        let shift = precision + 1 - mantissa.bitWidth
        let middle = shift >= 0 ? mantissa << shift : mantissa >> -shift
        let power = exponent - shift
        let isEven = (middle >> 1).isEven
        let exact = Self.exact(middle, power)
        let low = Self.exact(middle - BigNatural(1), power)
        let high = Self.exact(middle + 1, power)
        (digits, point) = exact
        for index in exact.digits.indices {
            let count = index + 1
            let down = Array(exact.digits.prefix(count))
            let isDownClose = Self.compare((down, point), low).isAtLeast(orEqual: isEven)
            let up = Self.next(after: down, point)
            let isUpClose = Self.compare(high, up).isAtLeast(orEqual: isEven)
            guard isDownClose || isUpClose else { continue }
            let isUpNearer = exact.digits.dropFirst(count).isAtLeastHalf(after: down.last)
            if isUpClose && (isUpNearer || !isDownClose) {
                (digits, point) = up
            } else {
                digits = down
            }
            break
        }
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
    }

    /// In the form of `Float.Text('g', -1)`: with an exponent below 1e-4 and from 1e6 on.
    var text: String {
        let exponent = point - 1
        let characters = digits.map { String($0) }
        if exponent < -4 || exponent >= 6 {
            let fraction = characters.count > 1 ? "." + characters.dropFirst().joined() : ""
            let power = Int64(exponent.magnitude).padded(to: 2)
            return "\(characters[0])\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
        }
        if point <= 0 {
            return "0." + String(repeating: "0", count: -point) + characters.joined()
        }
        let whole = characters.prefix(point).joined()
        let padding = String(repeating: "0", count: max(0, point - characters.count))
        let fraction = characters.dropFirst(point).joined()
        return whole + padding + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// All digits of `number * 2^power`.
    private static func exact(
        _ number: BigNatural,
        _ power: Int,
    ) -> (digits: [UInt8], point: Int) {
        let scaled = power >= 0 ? number << power : number.times(5, toThe: -power)
        let digits = scaled.digits.utf8.map { $0 - 0x30 }
        return (digits, digits.count - max(0, -power))
    }

    private enum Order {
        case below, same, above

        func isAtLeast(orEqual: Bool) -> Bool {
            switch self {
            case .below: false
            case .same: orEqual
            case .above: true
            }
        }
    }

    private static func compare(
        _ left: (digits: [UInt8], point: Int),
        _ right: (digits: [UInt8], point: Int),
    ) -> Order {
        guard left.point == right.point else { return left.point < right.point ? .below : .above }
        let count = max(left.digits.count, right.digits.count)
        let pad = { (digits: [UInt8]) in
            digits + [UInt8](repeating: 0, count: count - digits.count)
        }
        let (first, second) = (pad(left.digits), pad(right.digits))
        if first == second { return .same }
        return first.lexicographicallyPrecedes(second) ? .below : .above
    }

    /// The digits with the last one made one greater.
    private static func next(
        after digits: [UInt8],
        _ point: Int,
    ) -> (digits: [UInt8], point: Int) {
        var digits = digits
        var index = digits.count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        guard index >= 0 else { return ([1] + digits.dropLast(), point + 1) }
        digits[index] += 1
        return (digits, point)
    }
}

extension ArraySlice<UInt8> {
    /// Whether digits after a decimal point are a half or more; a half after an even digit is less.
    fileprivate func isAtLeastHalf(after digit: UInt8?) -> Bool {
        guard let first else { return false }
        if first != 5 || dropFirst().contains(where: { $0 != 0 }) { return first >= 5 }
        return (digit ?? 0) % 2 == 1
    }
}
