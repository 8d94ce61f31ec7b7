private import Synchronization

/// A request to stop, made by any thread to one that sleeps.
final class StopFlag: Sendable {
    private let flag = Atomic(false)
    private let wake: WakeDescriptor

    init(waking wake: WakeDescriptor) {
        self.wake = wake
    }

    var isSet: Bool {
        flag.load(ordering: .acquiring)
    }

    func set() {
        flag.store(true, ordering: .releasing)
        wake.wake()
    }
}
