/// A `time.Time`: an instant, and the offset from UTC that it is shown with.
package struct GoTime: Sendable, Hashable {
    /// Seconds since the beginning of the year 1, UTC.
    let seconds: Int64
    let nanoseconds: Int32
    /// Seconds east of UTC; `nil` for UTC itself.
    let offset: Int32?

    /// The zero value: the beginning of the year 1.
    static let zero = GoTime(seconds: 0, nanoseconds: 0, offset: nil)

    private init(seconds: Int64, nanoseconds: Int32, offset: Int32?) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        self.offset = offset
    }

    /// What `Time.GobEncode` writes: a version, seconds, nanoseconds, minutes of offset or -1 for
    /// UTC; version 2 has seconds of offset, too.
    package init?(gob bytes: [UInt8]) {
        guard bytes.first == 1 && bytes.count == 15 || bytes.first == 2 && bytes.count == 16 else {
            return nil
        }
        let nanoseconds = Int32(bitPattern: UInt32(bigEndian: bytes[9..<13]))
        guard 0..<1_000_000_000 ~= nanoseconds else { return nil }
        let minutes = Int16(
            bitPattern: UInt16(truncatingIfNeeded: UInt32(bigEndian: bytes[13..<15]))
        )
        let extra = bytes.count == 16 ? Int32(Int8(bitPattern: bytes[15])) : 0
        var seconds: UInt64 = 0
        for byte in bytes[1..<9] { seconds = seconds << 8 | UInt64(byte) }
        self.init(
            seconds: Int64(bitPattern: seconds),
            nanoseconds: nanoseconds,
            offset: minutes == -1 ? nil : Int32(minutes) * 60 + extra
        )
    }

    /// The bytes of `Time.GobEncode`.
    package var gob: [UInt8] {
        let minutes = Int16(truncatingIfNeeded: offset.map { $0 / 60 } ?? -1)
        let extra = offset.map { $0 % 60 } ?? 0
        var bytes: [UInt8] = [extra == 0 ? 1 : 2]
        bytes += UInt64(bitPattern: seconds).bigEndianBytes
        bytes += UInt64(UInt32(bitPattern: nanoseconds)).bigEndianBytes.suffix(4)
        bytes += UInt64(UInt16(bitPattern: minutes)).bigEndianBytes.suffix(2)
        if extra != 0 { bytes.append(UInt8(bitPattern: Int8(extra))) }
        return bytes
    }

    private static let secondsPerDay: Int64 = 86_400

    /// RFC 3339 with as many digits as the nanoseconds need; `nil` outside of the years 0 to 9999,
    /// where Go's `json.Marshal` fails.
    package var text: String? {
        let offset = Int64(self.offset ?? 0)
        guard (-100_000_000_000...400_000_000_000).contains(seconds), offset.magnitude < 86_400
        else { return nil }
        let local = seconds + offset
        let days = local.dividedDown(by: Self.secondsPerDay)
        let second = local - days * Self.secondsPerDay
        let date = CalendarDate(daysSinceYearOne: days)
        guard 0...9_999 ~= date.year else { return nil }
        let clock = [second / 3_600, second / 60 % 60, second % 60]
            .map { $0.padded(to: 2) }.joined(separator: ":")
        var fraction = ""
        if nanoseconds > 0 {
            fraction = "." + Int64(nanoseconds).padded(to: 9)
            while fraction.last == "0" { fraction.removeLast() }
        }
        return "\(date.text)T\(clock)\(fraction)\(Self.zone(offset))"
    }

    private static func zone(_ offset: Int64) -> String {
        if offset == 0 { return "Z" }
        let minutes = Int64(offset.magnitude) / 60
        return (offset < 0 ? "-" : "+")
            + "\((minutes / 60).padded(to: 2)):\((minutes % 60).padded(to: 2))"
    }

    /// A time in RFC 3339.
    package init?(text: String) {
        let pattern =
            /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,64}))?(?:(Z)|([+\-])(\d\d):(\d\d))/
            .asciiOnlyDigits()
        guard text.utf8.count < 128, let match = text.wholeMatch(of: pattern)?.output else {
            return nil
        }
        let number = { (text: Substring) in Int64(text) ?? 0 }
        let date = CalendarDate(
            year: number(match.1),
            month: number(match.2),
            day: number(match.3)
        )
        let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
        guard date.isValid, hour < 24, minute < 60, second < 60 else { return nil }
        var offset: Int32?
        if let sign = match.9, let hours = match.10, let minutes = match.11 {
            guard number(hours) < 24, number(minutes) < 60 else { return nil }
            let magnitude = Int32(number(hours) * 3_600 + number(minutes) * 60)
            offset = sign == "-" ? -magnitude : magnitude
        }
        let local = date.daysSinceYearOne * Self.secondsPerDay + hour * 3_600 + minute * 60 + second
        let digits = (match.7.map { String($0.prefix(9)) } ?? "")
        let fraction = digits + String(repeating: "0", count: 9 - digits.count)
        self.init(
            seconds: local - Int64(offset ?? 0),
            nanoseconds: Int32(fraction) ?? 0,
            offset: offset
        )
    }
}
