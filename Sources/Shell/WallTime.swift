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
        return WallTime(seconds: microseconds / 1_000_000, microseconds: microseconds % 1_000_000)
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
        let (month, day) = (twoDigits(parts.tm_mon + 1), twoDigits(parts.tm_mday))
        let date = "\(parts.tm_year + 1900)-\(month)-\(day)"
        let fraction = "\(1_000_000 + microseconds)".dropFirst()
        return "\(date)T\(clock(parts)).\(fraction)Z"
    }

    private func clock(_ parts: tm) -> String {
        [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
    }

    private func twoDigits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
