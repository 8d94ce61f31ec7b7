/// When it is told that connections cannot be accepted: seldom, however often it is tried.
struct AcceptReports {
    /// How soon it is tried again: at once for a person, seldom for a processor.
    static let pause = Duration.milliseconds(100)
    /// How long nothing more is told.
    private static let silence = Duration.seconds(10)

    private var last: ContinuousClock.Instant?

    /// Whether it is to be told now, which is taken note of.
    mutating func areDue() -> Bool {
        let now = ContinuousClock.now
        if let last, now - last < Self.silence { return false }
        last = now
        return true
    }
}
