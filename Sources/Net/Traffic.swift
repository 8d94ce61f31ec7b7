internal import NIOCore

/// Bytes that went over a connection, as the socket got or gave them.
public struct Traffic: Sendable, Equatable {
    /// Which way bytes go.
    public enum Direction: String, Sendable, Equatable {
        case sent
        case received
    }

    /// Which way they went.
    public let direction: Direction
    /// The number of the connection: see ``Conn/id``.
    public let connection: Int
    /// Whether the connection was accepted, and not made.
    public let isIncoming: Bool
    /// The address of the other side.
    public let peer: Address
    /// The address of this side.
    public let local: Address
    /// The bytes: what one write handed to the system, or one read got from it.
    public let bytes: [UInt8]
}

/// Who is told of the connections of a network, and of all the bytes that go over them.
///
/// Everything is told on an event loop, in the order in which it happens on a connection, and must
/// not block.
public struct NetworkObserver: Sendable {
    /// How a connection begins and ends.
    public enum Change: Sendable {
        /// It was made, or accepted; nothing went over it yet.
        case opened(Conn.Status)
        /// It is closed; the error where it was lost, and neither side closed it.
        case closed(Conn.Status, lost: NetError?)
    }

    /// Whether bytes are wanted now; asked for each write and read, so it must be quick.
    let wantsBytes: @Sendable () -> Bool
    let onTraffic: @Sendable (Traffic) -> Void
    let onChange: @Sendable (Change) -> Void

    /// An observer of these parts.
    public init(
        wantsBytes: @escaping @Sendable () -> Bool,
        onTraffic: @escaping @Sendable (Traffic) -> Void,
        onChange: @escaping @Sendable (Change) -> Void = { _ in },
    ) {
        self.wantsBytes = wantsBytes
        self.onTraffic = onTraffic
        self.onChange = onChange
    }
}

extension Conn {
    /// Tells the network's observer of bytes, if there is one.
    func tell(_ direction: Traffic.Direction, _ bytes: ByteBuffer) {
        guard let observer = network.observer, bytes.readableBytes > 0, observer.wantsBytes() else {
            return
        }
        observer.onTraffic(
            Traffic(
                direction: direction,
                connection: id,
                isIncoming: isIncoming,
                peer: remoteAddress,
                local: localAddress,
                bytes: Array(bytes.readableBytesView)
            )
        )
    }

    /// Tells the network's observer that the connection is there.
    func tellOpened() {
        network.observer?.onChange(.opened(status))
    }

    /// Tells the network's observer that the connection is over.
    func tellClosed() {
        network.observer?.onChange(.closed(status, lost: loss))
    }
}
