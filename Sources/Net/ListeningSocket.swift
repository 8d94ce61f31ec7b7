private import Glibc

/// A socket that listens at one address, where connections wait.
struct ListeningSocket: Sendable {
    /// Where it listens, with the port that the system chose.
    let address: Address
    let socket: StreamSocket
    /// The file of a unix socket.
    private let file: UnixSocketFile?

    /// Listens at an address; whoever has the socket closes it.
    ///
    /// - Parameters:
    ///   - address: where, its port 0 for any that is free.
    ///   - keepAlive: how long a connection is silent before the system asks for a sign of life.
    /// - Throws: why the address cannot be had.
    init(at address: Address, keepAlive: Duration?) throws(SystemFault) {
        guard address.family == .unix else {
            socket = try StreamSocket.listening(at: address, keepAlive: keepAlive)
            self.address = socket.localAddress ?? address
            file = nil
            return
        }
        let (descriptor, file) = try UnixSocketFile.bind(address, backlog: StreamSocket.backlog)
        socket = StreamSocket(descriptor: descriptor)
        self.file = file
        self.address = address
    }

    /// Removes the file, if there is one; it may be called again.
    ///
    /// Before the socket is closed: who comes then finds none, and does not take it for a stale one.
    func removeFile() {
        file?.remove()
    }
}
