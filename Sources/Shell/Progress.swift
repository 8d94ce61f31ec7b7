/// Tells how far a long transfer is: after a second, then every two seconds.
package struct Progress {
    /// Takes what is told, in one row.
    package typealias Report = @Sendable (String) -> Void

    private let report: Report?
    private let what: String
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant

    /// The progress of something that is called so: `sending to bob`.
    ///
    /// - Parameters:
    ///   - what: What it is called.
    ///   - report: `nil` where nobody is to be told.
    ///   - start: When it began.
    package init(_ what: String, _ report: Report?, start: ContinuousClock.Instant = .now) {
        self.report = report
        self.what = what
        self.start = start
        next = start + .seconds(1)
    }

    /// Says that so many bytes are done.
    package mutating func note(_ done: Int, of total: Int) {
        guard let report else { return }
        let now = ContinuousClock.now
        guard now >= next else { return }
        next = now + .seconds(2)
        let rate = Double(done) / max((now - start) / .seconds(1), 0.001)
        let bytes = "\(Self.mebibytes(done)) of \(Self.mebibytes(total)) MiB"
        report("\(what): \(bytes), \(Self.mebibytes(Int(rate))) MiB/s")
    }

    private static func mebibytes(_ bytes: Int) -> String {
        let tenths = (Double(bytes) / Double(1 << 20) * 10).rounded() / 10
        return "\(tenths)"
    }
}
