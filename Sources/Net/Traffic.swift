internal import NIOCore

/// Bytes that went over a connection, as the socket got or gave them.
public struct Traffic: Sendable, Equatable {
    /// Which way bytes go.
    public enum Direction: Sendable, Equatable {
        case sent
        case received
    }

    /// Which way they went.
    public let direction: Direction
    /// The address of the other side.
    public let peer: Address
    /// The address of this side.
    public let local: Address
    /// The bytes: what one write handed to the system, or one read got from it.
    public let bytes: [UInt8]

    /// Traffic of these properties.
    public init(_ direction: Direction, peer: Address, local: Address, bytes: [UInt8]) {
        self.direction = direction
        self.peer = peer
        self.local = local
        self.bytes = bytes
    }
}

/// Who is told of all the bytes that go over the connections of a network.
public struct TrafficObserver: Sendable {
    /// Whether bytes are wanted now; asked for each write and read, so it must be quick.
    let isWanted: @Sendable () -> Bool
    /// Told of them, on an event loop; must not block.
    let observe: @Sendable (Traffic) -> Void

    /// An observer of these parts.
    public init(
        isWanted: @escaping @Sendable () -> Bool,
        observe: @escaping @Sendable (Traffic) -> Void,
    ) {
        self.isWanted = isWanted
        self.observe = observe
    }
}

extension Conn {
    /// Tells the network's observer, if there is one.
    func tell(_ direction: Traffic.Direction, _ bytes: ByteBuffer) {
        guard let observer = network.observer, bytes.readableBytes > 0, observer.isWanted() else {
            return
        }
        observer.observe(
            Traffic(
                direction,
                peer: remoteAddress,
                local: localAddress,
                bytes: Array(bytes.readableBytesView)
            )
        )
    }
}
