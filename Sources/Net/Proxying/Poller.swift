internal import CSocket
private import Glibc

/// Tells which of many sockets have something to do; the system's epoll, for one thread that waits.
///
/// A socket is told of once for each change, so that one that is left alone costs nothing: whoever is
/// told reads and writes until that would block.
final class Poller: Sendable {
    /// What is to be done with a socket.
    struct Conditions: OptionSet {
        let rawValue: UInt32

        init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        private init(_ conditions: EPOLL_EVENTS...) {
            rawValue = conditions.reduce(0) { $0 | $1.rawValue }
        }

        /// It is broken, or both its streams have ended.
        static let broken = Conditions(EPOLLERR, EPOLLHUP)
        /// The peer sends nothing more, and what came before may be there still; or it has sent an
        /// urgent byte, before which a read stops.
        static let ending = Conditions(EPOLLRDHUP, EPOLLERR, EPOLLHUP, EPOLLPRI)
        /// There is something to read, or to accept.
        static let readable = Conditions(EPOLLIN, EPOLLRDHUP, EPOLLERR, EPOLLHUP, EPOLLPRI)
        static let writable = Conditions(EPOLLOUT, EPOLLERR, EPOLLHUP)

        /// All that a peer does, each time once.
        static let input = Conditions(EPOLLIN, EPOLLRDHUP, EPOLLPRI, EPOLLET)
        /// That, and that it takes something again.
        static let all = input.union(Conditions(EPOLLOUT))
        fileprivate static let connections = Conditions(EPOLLIN)
    }

    /// What is to be done, as far as there was room for it.
    struct Events {
        fileprivate var room: [epoll_event]
        fileprivate(set) var count = 0

        /// Room for so many at once.
        init(room: Int) {
            self.room = [epoll_event](repeating: epoll_event(), count: room)
        }

        /// The number that a socket was added with, 0 where ``Poller/wake()`` was called; and what is to
        /// be done with it.
        subscript(index: Int) -> (source: UInt64, conditions: Conditions) {
            let event = room[index]
            return (event.data.u64, Conditions(rawValue: event.events))
        }
    }

    private let descriptor: Int32
    private let bell: Int32

    /// One without sockets.
    init() throws(SystemFault) {
        descriptor = try SystemFault.check(epoll_create1(Int32(EPOLL_CLOEXEC)))
        let flags = Int32(EFD_CLOEXEC | EFD_NONBLOCK)
        do throws(SystemFault) {
            bell = try SystemFault.check(eventfd(0, flags))
        } catch {
            close(descriptor)
            throw error
        }
        try set(bell, EPOLL_CTL_ADD, .input, 0)
    }

    deinit {
        close(bell)
        close(descriptor)
    }

    /// Has it told of a socket, until that is closed.
    ///
    /// - Parameters:
    ///   - socket: the socket.
    ///   - conditions: what is told of it, `.input` or `.all`.
    ///   - source: the number by which it is told of; not 0.
    /// - Throws: where the system has no memory for it.
    func add(
        _ socket: StreamSocket,
        _ conditions: Conditions,
        as source: UInt64,
    ) throws(SystemFault) {
        try set(socket.descriptor, EPOLL_CTL_ADD, conditions, source)
    }

    /// Has it told of connections that wait at a socket, for as long as there are some.
    func addListening(_ socket: StreamSocket, as source: UInt64) throws(SystemFault) {
        try set(socket.descriptor, EPOLL_CTL_ADD, .connections, source)
    }

    /// Has it no longer told of connections that wait at a socket.
    func removeListening(_ socket: StreamSocket) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket.descriptor, nil)
    }

    /// Has a socket that was added told of as `add` would, also of what was told before.
    func change(
        _ socket: StreamSocket,
        _ conditions: Conditions,
        to source: UInt64,
    ) throws(SystemFault) {
        try set(socket.descriptor, EPOLL_CTL_MOD, conditions, source)
    }

    /// Waits until there is something to do, for so long at most; `nil` for ever.
    func wait(for time: Duration?, _ events: inout Events) {
        let milliseconds = time.map { max(($0 / .milliseconds(1)).rounded(.up), 0) }
        let timeout = Int32(clamping: milliseconds.map { Int(min($0, 1e9)) } ?? -1)
        let count = events.room.withUnsafeMutableBufferPointer {
            epoll_wait(descriptor, $0.baseAddress, Int32($0.count), timeout)
        }
        events.count = Int(max(count, 0))
    }

    /// Has the thread that waits look for other things to do; from any thread.
    func wake() {
        eventfd_write(bell, 1)
    }

    private func set(
        _ socket: Int32,
        _ operation: Int32,
        _ conditions: Conditions,
        _ source: UInt64,
    ) throws(SystemFault) {
        var event = epoll_event()
        event.events = conditions.rawValue
        event.data.u64 = source
        try SystemFault.check(epoll_ctl(descriptor, operation, socket, &event))
    }
}
