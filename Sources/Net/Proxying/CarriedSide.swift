/// One of the two sides of a conversation that is carried.
struct CarriedSide {
    let socket: StreamSocket
    let address: Address
    /// Whether the poller has its socket.
    var isPolled = false
    /// Whether there may be something to read.
    var isReadable = false
    /// Whether something else is behind the bytes that there may be.
    var isEnding = false
    /// Whether its stream has ended.
    var hasEnded = false
    /// What it has not taken, from the place on.
    var unsent: [UInt8] = []
    var unsentStart = 0
    /// Whether it was told that the other side's stream has ended.
    var isToldOfEnd = false
    /// Why it takes nothing any more.
    var writeError: Int32?
    var bytesReceived = 0
    var bytesSent = 0

    var isUnix: Bool { address.family == .unix }

    init(_ socket: StreamSocket, _ address: Address) {
        self.socket = socket
        self.address = address
    }
}
