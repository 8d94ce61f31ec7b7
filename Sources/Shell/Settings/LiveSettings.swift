private import Synchronization

/// The settings in force, which commands change while connections are answered.
package final class LiveSettings: Sendable {
    private let state: Mutex<Settings>

    /// The settings at the start.
    package init(_ settings: Settings = Settings()) {
        state = Mutex(settings)
    }

    /// The settings now.
    package var value: Settings { state.withLock { $0 } }

    /// One of them, without a copy of the others.
    func read<Value: Sendable>(_ body: (Settings) -> Value) -> Value {
        state.withLock { body($0) }
    }

    /// Changes them; what `body` throws is passed on, and nothing is changed then.
    package func change(_ body: (inout Settings) throws -> Void) rethrows {
        try state.withLock { state in
            var settings = state
            try body(&settings)
            state = settings
        }
    }
}

extension Session {
    /// The settings now.
    package var settings: Settings { live.value }

    /// Changes the settings; what `body` throws is passed on, and nothing is changed then.
    func change(_ body: (inout Settings) throws -> Void) rethrows {
        try live.change(body)
    }
}
