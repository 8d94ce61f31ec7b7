private import Synchronization

/// What other threads ask of the editor's thread: texts, lines to read, the end.
///
/// Nothing here blocks but the lock, which is held for moments.
final class Inbox: Sendable {
    /// What the thread is to do when no text is left.
    enum Request {
        case none
        case read(prompt: LineEditor.Prompt)
        case lend
        case close
    }

    /// Texts to write, in order, and how many in front of them were dropped.
    struct Batch {
        var dropped: Int
        var texts: [String]
        var isLast: Bool

        var isEmpty: Bool { dropped == 0 && texts.isEmpty }
    }

    /// A line asked for, when what was added before `ticket` is written.
    private struct Read {
        var prompt: LineEditor.Prompt
        var ticket: Int
        var reader: CheckedContinuation<ReadResult, Never>
    }

    /// Whether the terminal is somebody else's.
    private enum Lending {
        case none
        case asked(ticket: Int, CheckedContinuation<Void, Never>)
        case lent
        case returned
    }

    private struct State {
        var texts = TextQueue()
        var flushes: [(ticket: Int, waiter: CheckedContinuation<Void, Never>)] = []
        var read: Read?
        var isReadCancelled = false
        var remembered: [String] = []
        var lending = Lending.none
        var isClosing = false
        var isClosed = false
    }

    private static let lentOnce = "the terminal is lent to one at a time"

    private let limit: Int
    private let wake: WakeDescriptor
    private let state = Mutex(State())

    init(limit: Int, wake: WakeDescriptor) {
        self.limit = limit
        self.wake = wake
    }

    // MARK: Any thread

    /// Adds a text; the oldest goes where there are too many.
    func add(_ text: String) {
        let isFirst = state.withLock { state in
            guard !state.isClosed else { return false }
            defer { state.texts.append(text, limit: limit) }
            return state.texts.isEmpty
        }
        // The thread is awake, or woken, as long as texts are left.
        if isFirst { wake.wake() }
    }

    /// Waits until what was added so far is written or dropped.
    func flush() async {
        await withCheckedContinuation { waiter in
            let isDone = state.withLock { state in
                if state.isClosed || state.texts.isSettled { return true }
                state.flushes.append((state.texts.added, waiter))
                return false
            }
            if isDone { waiter.resume() } else { wake.wake() }
        }
    }

    /// Waits until a line was read; where the task is cancelled, the line ends.
    func read(prompt: LineEditor.Prompt) async -> ReadResult {
        defer { state.withLock { $0.isReadCancelled = false } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { ask(for: prompt, to: $0) }
        } onCancel: {
            state.withLock { $0.isReadCancelled = true }
            wake.wake()
        }
    }

    private func ask(
        for prompt: LineEditor.Prompt,
        to reader: CheckedContinuation<ReadResult, Never>
    ) {
        let isClosing = state.withLock { state in
            precondition(state.read == nil, "one task at a time reads a line")
            guard !state.isClosing else { return true }
            state.read = Read(prompt: prompt, ticket: state.texts.added, reader: reader)
            return false
        }
        if isClosing { reader.resume(returning: .end) } else { wake.wake() }
    }

    /// Adds a line to the history, before the next line is read.
    func remember(_ line: String) {
        state.withLock { $0.remembered.append(line) }
    }

    /// Waits until what was added so far is written; then nothing is until ``takeBack()``.
    func lend() async {
        await withCheckedContinuation { borrower in
            let isClosed = state.withLock { state in
                guard !state.isClosing else { return true }
                if case .asked = state.lending { preconditionFailure(Self.lentOnce) }
                if case .lent = state.lending { preconditionFailure(Self.lentOnce) }
                state.lending = .asked(ticket: state.texts.added, borrower)
                return false
            }
            if isClosed { borrower.resume() } else { wake.wake() }
        }
    }

    /// Ends the lending, when the signals that were the borrower's are taken.
    func takeBack() {
        state.withLock { $0.lending = .returned }
        wake.wake()
    }

    /// Ends the thread, when what was added is written.
    func close() {
        state.withLock { $0.isClosing = true }
        wake.wake()
    }

    // MARK: The editor's thread

    /// Whether the line being read is to end.
    var isReadOver: Bool {
        state.withLock { $0.isClosing || $0.isReadCancelled }
    }

    /// Whether the terminal is somebody else's now.
    var isLent: Bool {
        state.withLock { state in
            switch state.lending {
            case .none, .asked: false
            case .lent, .returned: !state.isClosing
            }
        }
    }

    /// Ends the lending if the borrower is done.
    func endLending() {
        state.withLock { state in
            if case .returned = state.lending { state.lending = .none }
        }
    }

    /// The lines to add to the history.
    func takeRemembered() -> [String] {
        state.withLock { state in
            defer { state.remembered = [] }
            return state.remembered
        }
    }

    /// The oldest texts, at most `count`.
    func takeTexts(_ count: Int) -> Batch {
        state.withLock { $0.texts.take(count) }
    }

    /// Says that the texts taken are written.
    func settle() {
        let done = state.withLock { state in
            state.texts.settle()
            let settled = state.texts.settled
            let done = state.flushes.filter { $0.ticket <= settled }
            state.flushes.removeAll { $0.ticket <= settled }
            return done.map(\.waiter)
        }
        done.forEach { $0.resume() }
    }

    /// What to do next; a line stays asked for until ``finishRead(with:)``.
    func request() -> Request {
        state.withLock { state in
            if state.isClosing { return .close }
            switch state.lending {
            case .none: break
            case .asked(let ticket, _): return ticket <= state.texts.settled ? .lend : .none
            case .lent, .returned: return .none
            }
            guard let read = state.read, read.ticket <= state.texts.settled else { return .none }
            return .read(prompt: read.prompt)
        }
    }

    /// Answers the borrower: the terminal is theirs.
    func giveTerminal() {
        let borrower = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .asked(_, let borrower) = state.lending else { return nil }
            state.lending = .lent
            return borrower
        }
        borrower?.resume()
    }

    /// Answers the reader.
    func finishRead(with result: ReadResult) {
        let read = state.withLock { state in
            defer { state.read = nil }
            return state.read
        }
        read?.reader.resume(returning: result)
    }

    /// Refuses all that comes, and answers whoever waits.
    func closeForGood() {
        let flushes = state.withLock { state in
            state.isClosed = true
            defer { state.flushes = [] }
            return state.flushes
        }
        flushes.forEach { $0.waiter.resume() }
        giveTerminal()
        finishRead(with: .end)
    }
}
