private import Glibc

/// Something on a loop that has to do with sockets, and with time.
protocol EventSource: AnyObject {
    /// When ``deadlinePassed()`` is to be called, if nothing happens before.
    var deadline: ContinuousClock.Instant? { get }

    /// Does what there is to do with one of its sockets.
    func take(_ conditions: Poller.Conditions, at end: ForwardingLoop.End)
    func deadlinePassed()
    /// Closes its sockets; nothing is called afterwards.
    func stop()
}

/// What the thread of a proxy does: it waits for sockets, and has their sources do what there is to do.
///
/// It exists on that thread only, and so do all its sources.
final class ForwardingLoop {
    /// Which of the two sockets of a source.
    enum End: UInt64 {
        case client = 0
        case host = 1

        /// The number by which a poller tells of this socket of a source.
        func number(of source: UInt64) -> UInt64 { source << 1 | rawValue }
    }

    /// How long it stays awake when there is nothing to do, while it has few conversations.
    ///
    /// Answers mostly come soon, and to be woken takes longer than to carry them. Where there are more
    /// conversations, they keep the processors busy, and to stay awake gains nothing.
    private static let wakefulness = Duration.microseconds(50)

    let thread: ForwardingThread
    /// The time at the beginning of the present turn.
    private(set) var now = ContinuousClock.now
    /// For what is read, until it is written.
    var buffer = [UInt8](repeating: 0, count: 65_536)

    private var sources: [UInt64: any EventSource] = [:]
    private var unfinished: [Carriage] = []
    /// When deadlines are to be looked at.
    private var nextLook: ContinuousClock.Instant?
    private var isEnded = false

    init(_ thread: ForwardingThread) {
        self.thread = thread
    }

    /// Serves the sources until ``end()``.
    func run() {
        var events = Poller.Events(room: 256)
        while !isEnded {
            wait(for: &events)
            now = .now
            for index in 0..<events.count {
                let (number, conditions) = events[index]
                if number == 0 {
                    for job in thread.takeJobs() { job(self) }
                } else if let end = End(rawValue: number & 1) {
                    sources[number >> 1]?.take(conditions, at: end)
                }
            }
            goOn()
            lookAtDeadlines()
        }
        // Those that were handed over at the last moment wait for what they tell.
        for job in thread.takeLastJobs() { job(self) }
        for source in sources.values { source.stop() }
        (sources, unfinished) = ([:], [])
    }

    /// Ends the loop, and stops its sources.
    func end() {
        isEnded = true
    }

    /// Has a source told of what there is to do with its sockets, which it adds.
    func add(_ source: any EventSource, as number: UInt64) {
        sources[number] = source
        noteDeadline(of: source)
    }

    func remove(_ number: UInt64) {
        sources[number] = nil
    }

    /// All sources, in any order.
    var all: some Collection<any EventSource> { sources.values }

    /// The source of a number.
    subscript(number: UInt64) -> (any EventSource)? { sources[number] }

    /// Has a conversation go on, after all others had their turn.
    func leaveUnfinished(_ carriage: Carriage) {
        unfinished.append(carriage)
    }

    /// Takes note that a source's deadline is another one.
    func noteDeadline(of source: any EventSource) {
        guard let deadline = source.deadline else { return }
        nextLook = min(nextLook ?? deadline, deadline)
    }

    private func wait(for events: inout Poller.Events) {
        let isAwake = thread.load <= ForwardingThread.few
        let sleep = isAwake ? ContinuousClock.now + Self.wakefulness : .now
        repeat {
            thread.poller.wait(for: .zero, &events)
            if events.count > 0 || !unfinished.isEmpty { return }
            // Whoever has something to do on this processor does it first.
            sched_yield()
        } while .now < sleep
        thread.poller.wait(for: nextLook.map { ContinuousClock.now.duration(to: $0) }, &events)
    }

    private func goOn() {
        guard !unfinished.isEmpty else { return }
        let carriages = unfinished
        unfinished = []
        for carriage in carriages { carriage.goOn() }
    }

    private func lookAtDeadlines() {
        guard let nextLook, nextLook <= now else { return }
        self.nextLook = nil
        for source in Array(sources.values) {
            if let deadline = source.deadline, deadline <= now { source.deadlinePassed() }
        }
        for source in sources.values { noteDeadline(of: source) }
    }
}
