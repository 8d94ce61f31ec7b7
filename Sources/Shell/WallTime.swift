private import Glibc

/// A time of day, to be shown.
package struct WallTime: Sendable, Equatable {
    /// Seconds since 1970.
    package let seconds: Int

    /// The present.
    package static var now: WallTime { WallTime(seconds: time(nil)) }

    /// Hours, minutes and seconds in the local time zone: `14:03:59`.
    package var clock: String {
        var moment = time_t(seconds)
        var parts = tm()
        guard localtime_r(&moment, &parts) != nil else { return "--:--:--" }
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
    }

    private func twoDigits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
