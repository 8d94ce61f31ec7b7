private import FoundationEssentials
private import Glibc

/// A time of day, to be shown or written.
package struct WallTime: Sendable, Equatable {
    /// Seconds since 1970.
    package let seconds: Int
    /// Microseconds besides, below a million.
    package let microseconds: Int

    /// The present.
    package static var now: WallTime {
        let microseconds = Int(Date().timeIntervalSince1970 * 1e6)
        return WallTime(microseconds / 1_000_000, microseconds: microseconds % 1_000_000)
    }

    private init(_ seconds: Int, microseconds: Int) {
        self.seconds = seconds
        self.microseconds = microseconds
    }

    /// Hours, minutes and seconds in the local time zone: `14:03:59`.
    package var clock: String {
        var moment = time_t(seconds)
        var parts = tm()
        guard localtime_r(&moment, &parts) != nil else { return "--:--:--" }
        return clock(parts)
    }

    /// Date and time in universal time (RFC 3339): `2026-11-26T14:03:59.000042Z`.
    package var rfc3339: String {
        var moment = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&moment, &parts) != nil else { return "1970-01-01T00:00:00.000000Z" }
        var text = Array("0000-00-00T00:00:00.000000Z".utf8)
        text.put(Int(parts.tm_year) + 1900, before: 4)
        text.put(Int(parts.tm_mon) + 1, before: 7)
        text.put(Int(parts.tm_mday), before: 10)
        text.put(Int(parts.tm_hour), before: 13)
        text.put(Int(parts.tm_min), before: 16)
        text.put(Int(parts.tm_sec), before: 19)
        text.put(microseconds, before: 26)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a time that ``rfc3339`` wrote.
    ///
    /// - Returns: `nil` for anything else.
    package init?(rfc3339 text: String) {
        let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
        guard digits.count == 20, text.utf8.count == 27 else { return nil }
        let ranges = [0..<4, 4..<6, 6..<8, 8..<10, 10..<12, 12..<14, 14..<20]
        let numbers = ranges.compactMap { Int32(String(decoding: digits[$0], as: UTF8.self)) }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
            numbers[0] - 1900, numbers[1] - 1, numbers[2]
        )
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
        seconds = timegm(&parts)
        microseconds = Int(numbers[6])
        // What was not written so, as the 31st of February, or with other signs between, is no time.
        guard rfc3339 == text else { return nil }
    }

    /// How much later it is than another time; negative where it is earlier.
    package func since(_ other: WallTime) -> Duration {
        .seconds(seconds - other.seconds) + .microseconds(microseconds - other.microseconds)
    }

    private func clock(_ parts: tm) -> String {
        [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
    }

    private func twoDigits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension [UInt8] {
    /// Writes the digits of a number over the zeros before an index.
    fileprivate mutating func put(_ number: Int, before end: Int) {
        var (rest, index) = (number, end)
        while rest > 0, index > 0 {
            index -= 1
            self[index] += UInt8(rest % 10)
            rest /= 10
        }
    }
}
