/// A number of bytes as people write it: `4096`, `64KiB`, `1MiB`.
package struct ByteSize: Sendable, Equatable {
    /// The number.
    package let bytes: Int

    private static let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)]

    /// That number.
    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// Reads a whole number, perhaps with a unit.
    ///
    /// - Returns: `nil` for anything else.
    package init?(_ text: String) {
        let unit = Self.units.first { text.hasSuffix($0.0) }
        let number = text.dropLast(unit?.0.count ?? 0)
        guard let count = Int(number), "\(count)" == number, count >= 0 else { return nil }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: 1 << (unit?.1 ?? 0))
        guard !overflows else { return nil }
        self.bytes = bytes
    }
}

extension ByteSize: CustomStringConvertible {
    /// The number with the largest unit in which it is whole.
    package var description: String {
        for (unit, shift) in Self.units where bytes > 0 && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}
