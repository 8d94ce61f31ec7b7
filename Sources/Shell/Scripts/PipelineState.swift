/// What a ``Pipeline`` has to do, and what it is doing.
struct PipelineState {
    /// How many commands may be under way, and with how many bytes; a script waits then.
    private static let (countLimit, sizeLimit) = (2_000, 1 << 20)
    /// How many are sent at a time, and how many bytes, which the system takes without waiting for
    /// the peer to read: so replies can be read in time.
    private static let (batchCount, batchSize) = (1_000, 48 << 10)

    private var link: Link?
    private var waiting: [Pipeline.Item] = []
    /// What is sent now, without what is answered.
    private var batch: ArraySlice<Pipeline.Item> = []
    /// How many bytes both have.
    private var size = 0
    private var failure: Failure?
    private var isIdle = false
    /// Whether nothing is added any more.
    var isFinished = false

    /// How many commands are under way.
    var count: Int { waiting.count + batch.count }

    /// What became of a command that was to be added.
    enum Step {
        case added(wasIdle: Bool)
        case mustWait
        case failed(Failure)
    }

    /// Adds a command, where there is room, and none before it failed or went elsewhere.
    mutating func add(_ item: Pipeline.Item, over link: Link) -> Step {
        if let failure = takeFailure() { return .failed(failure) }
        let isFull = count >= Self.countLimit || size >= Self.sizeLimit
        guard count == 0 || self.link === link && !isFull else { return .mustWait }
        self.link = link
        waiting.append(item)
        size += item.bytes.count
        defer { isIdle = false }
        return .added(wasIdle: isIdle)
    }

    /// Takes out the failure of a command, if one failed.
    mutating func takeFailure() -> Failure? {
        defer { failure = nil }
        return failure
    }

    /// Takes what is sent at a time: one command at least; `nil` where there is none.
    mutating func takeBatch() -> (Link, [Pipeline.Item])? {
        guard let link, !waiting.isEmpty else {
            isIdle = true
            return nil
        }
        var (count, size) = (0, 0)
        for item in waiting.prefix(Self.batchCount) {
            size += item.bytes.count
            guard count == 0 || size <= Self.batchSize else { break }
            count += 1
        }
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        batch = taken[...]
        return (link, taken)
    }

    /// Takes note that the next command of the batch is done.
    mutating func finishItem() {
        size -= batch.removeFirst().bytes.count
    }

    /// Drops what is not done, the first of which failed.
    ///
    /// - Returns: All of it.
    mutating func fail(_ failure: Failure) -> [Pipeline.Item] {
        let items = Array(batch) + waiting
        (batch, waiting, size) = ([], [], 0)
        let rest =
            switch items.count {
            case 0, 1: ""
            case 2: "; one command after it was not answered either"
            case let count: "; \(count - 1) commands after it were not answered either"
            }
        self.failure = failure.adding(rest).at(items.first?.place)
        return items
    }
}
