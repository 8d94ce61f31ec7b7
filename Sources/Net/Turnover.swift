/// Whether a listener's connections come and go, or stay.
///
/// One that stays is served best by whichever loop has the fewest. One that is gone in a moment, as
/// where each message has its own, costs less where it was accepted: another loop is another thread,
/// which has to be woken for it.
struct Turnover {
    /// A connection of a shorter life has come and gone; and so will the next one, if it comes within
    /// the same time.
    private static let moment = Duration.milliseconds(100)

    private var lastGone: ContinuousClock.Instant?

    /// Notes that a connection is closed which was opened then.
    mutating func noteClosed(opened: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        if now - opened < Self.moment { lastGone = now }
    }

    /// Whether a connection that is opened at a time is likely to be gone in a moment.
    func isQuick(at opened: ContinuousClock.Instant) -> Bool {
        guard let lastGone else { return false }
        return opened - lastGone < Self.moment
    }
}
