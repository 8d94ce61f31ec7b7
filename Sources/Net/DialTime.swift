/// The time that one dial has.
struct DialTime: Sendable {
    /// What an address gets at least, where so much is left: no less makes sense.
    private static let leastShare = Duration.seconds(2)

    let end: ContinuousClock.Instant
    /// How long it has from the beginning.
    let total: Duration

    /// The time from now to when the dialer says.
    init(_ dialer: Dialer) {
        let start = ContinuousClock.now
        let end = start + dialer.timeout
        self.end = dialer.deadline.map { min($0, end) } ?? end
        total = max(start.duration(to: self.end), .zero)
    }

    /// How long the first of so many addresses may take; nil when the time is over.
    func share(among count: Int) -> Duration? {
        let left = ContinuousClock.now.duration(to: end)
        guard left > .zero else { return nil }
        return min(max(left / count, Self.leastShare), left)
    }
}

extension NetError {
    /// That none of the addresses of a host could be connected to in the time that there was.
    static func cannotDial(
        _ host: HostPort,
        _ failures: [DialFailure],
        after total: Duration,
    ) -> NetError {
        .cannotDial(host: "\(host)", cause: Cause(failures, after: total))
    }
}
