/// What a dial makes: something to read and to write.
protocol Dialled: Sendable {
    /// The address of this side.
    var localAddress: Address { get }

    /// Closes it at once, from any thread.
    func abort()
}

extension Conn: Dialled {}

/// How a dial connects to one of the addresses that it tries, in so much time.
///
/// It throws a `DialFailure`, or `CancellationError`, and leaves nothing behind then.
typealias Connector<Connection: Dialled> =
    @Sendable (_ address: Address, _ time: Duration) async throws -> Connection

/// How the addresses of a plan, or some of them, were tried.
enum DialResult<Connection: Dialled>: Sendable {
    case connected(Connection)
    case failed([DialFailure])
    case cancelled
}

extension Dialer {
    /// Connects to the first address of the plan that answers.
    func connect<Connection: Dialled>(
        _ plan: DialPlan,
        _ time: DialTime,
        through connector: @escaping Connector<Connection>,
    ) async -> DialResult<Connection> {
        guard !plan.fallback.isEmpty else {
            return await connect(inTurn: plan.first, time, connector)
        }
        return await withTaskGroup(of: DialRace<Connection>.Event.self) { group in
            var race = DialRace<Connection>()
            group.addTask { .firstEnded(await connect(inTurn: plan.first, time, connector)) }
            group.addTask {
                try? await Task.sleep(for: plan.fallbackDelay)
                return .delayIsOver
            }
            for await event in group {
                switch race.next(event) {
                case .wait: continue
                case .startFallback:
                    group.addTask {
                        .fallbackEnded(await connect(inTurn: plan.fallback, time, connector))
                    }
                case .end(let result):
                    group.cancelAll()
                    // A connection that was made in the moment in which the other one won.
                    for await late in group { late.connection?.abort() }
                    return result
                }
            }
            return .cancelled
        }
    }

    /// Connects to the first of the addresses that answers, one after another.
    private func connect<Connection: Dialled>(
        inTurn addresses: [Address],
        _ time: DialTime,
        _ connector: Connector<Connection>,
    ) async -> DialResult<Connection> {
        var failures: [DialFailure] = []
        for (index, address) in addresses.enumerated() {
            if Task.isCancelled { return .cancelled }
            guard let share = time.share(among: addresses.count - index) else { break }
            do {
                return .connected(try await connectTelling(to: address, within: share, connector))
            } catch let failure as DialFailure {
                failures.append(failure)
            } catch {
                return .cancelled
            }
        }
        return .failed(failures)
    }
}

/// The race between two families of addresses, of which the second starts later.
struct DialRace<Connection: Dialled> {
    enum Event: Sendable {
        case delayIsOver
        case firstEnded(DialResult<Connection>)
        case fallbackEnded(DialResult<Connection>)

        /// The connection that was made.
        var connection: Connection? {
            switch self {
            case .firstEnded(.connected(let made)), .fallbackEnded(.connected(let made)): made
            case .delayIsOver, .firstEnded, .fallbackEnded: nil
            }
        }
    }

    enum Step {
        case wait
        case startFallback
        case end(DialResult<Connection>)
    }

    private var hasFallbackStarted = false
    private var firstFailures: [DialFailure]?
    private var fallbackFailures: [DialFailure]?

    /// What an event leads to.
    mutating func next(_ event: Event) -> Step {
        switch event {
        case .delayIsOver: return startFallback()
        case .firstEnded(.failed(let failures)):
            firstFailures = failures
            return isLost ?? startFallback()
        case .fallbackEnded(.failed(let failures)):
            fallbackFailures = failures
            return isLost ?? .wait
        case .firstEnded(let result), .fallbackEnded(let result):
            return .end(result)
        }
    }

    private mutating func startFallback() -> Step {
        guard !hasFallbackStarted else { return .wait }
        hasFallbackStarted = true
        return .startFallback
    }

    /// The end, where both families have failed.
    private var isLost: Step? {
        guard let firstFailures, let fallbackFailures else { return nil }
        return .end(.failed(firstFailures + fallbackFailures))
    }
}
