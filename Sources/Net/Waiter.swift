/// A task that waits for something on a connection.
struct Waiter {
    /// Tells a task's waiting from a later one, for a cancellation that comes late.
    typealias Ticket = UInt64

    let ticket: Ticket
    let continuation: CheckedContinuation<Void, any Error>
}
