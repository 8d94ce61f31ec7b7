private import Glibc

/// Calls of the system that are tried again where a signal interrupts them.
enum SystemCall {
    /// What reading a block gave.
    enum Block: Equatable {
        case bytes([UInt8])
        case nothingYet
        case end
        case failed(reason: String)
    }

    /// Reads at most `size` bytes.
    static func read(_ fileDescriptor: Int32, atMost size: Int) -> Block {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            repeat {
                count = Glibc.read(fileDescriptor, buffer.baseAddress, size)
            } while count < 0 && errno == EINTR
            filled = max(count, 0)
        }
        if count > 0 { return .bytes(bytes) }
        if count == 0 { return .end }
        return errno == EAGAIN ? .nothingYet : .failed(reason: reason())
    }

    /// Writes all of it, and waits where the descriptor cannot take more.
    ///
    /// - Returns: The number of the error that ended it; `nil` where all was written.
    @discardableResult
    static func write(_ bytes: [UInt8], to fileDescriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = Glibc.write(fileDescriptor, start, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var wanted = pollfd(fd: fileDescriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wanted, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
    }

    /// What the last call failed for.
    static func reason() -> String {
        String(cString: strerror(errno))
    }

    /// Whether the descriptor is a terminal.
    static func isTerminal(_ fileDescriptor: Int32) -> Bool {
        isatty(fileDescriptor) == 1
    }

    /// The value of a variable of the environment.
    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
