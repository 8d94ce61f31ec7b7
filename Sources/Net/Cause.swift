private import Glibc
internal import NIOCore

extension Cause {
    /// Nothing listens at the address.
    public static let refused = Cause.system(errno: ECONNREFUSED)
    /// The peer broke the connection off.
    public static let reset = Cause.system(errno: ECONNRESET)
    /// Another program listens there: the next port may be free.
    public static let addressInUse = Cause.system(errno: EADDRINUSE)

    /// Whether this machine does not have the address, or its whole family.
    var isMissingAddress: Bool {
        self == .system(errno: EADDRNOTAVAIL) || self == .system(errno: EAFNOSUPPORT)
    }

    /// The cause behind an error of SwiftNIO.
    init(_ error: any Error) {
        switch error {
        case let error as IOError: self = .system(errno: error.errnoCode)
        case ChannelError.connectTimeout(let time):
            self = .timedOut(after: .nanoseconds(time.nanoseconds))
        case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.eof,
            ChannelError.inputClosed, ChannelError.outputClosed:
            self = .closedByPeer
        default: self = .other("\(error)")
        }
    }
}

extension Cause: CustomStringConvertible {
    /// The reason as it stands at the end of a sentence.
    public var description: String {
        switch self {
        case .system(let errno): systemMessage(errno)
        case .nameDoesNotResolve(let reason): "name does not resolve (\(reason))"
        case .timedOut(let duration): "timed out after \(duration.seconds) s"
        case .localAddress(let address, let reason):
            "the local address \(address.hostAndAnyPort) cannot be had: \(reason)"
        case .otherFamily(let local):
            "it has no address of the same family as the local address \(local.hostAndAnyPort)"
        case .several(let failures): failures.sentence
        case .closedByPeer: "closed by the peer"
        case .other(let text): text
        }
    }
}

/// The system's text for an error number, in the form it has inside a sentence.
private func systemMessage(_ errno: Int32) -> String {
    // glibc's strerror is safe to call from any thread.
    guard let text = strerror(errno) else { return "error \(errno)" }
    let message = String(cString: text)
    return message.prefix(1).lowercased() + message.dropFirst()
}

extension Duration {
    /// The number of seconds, with no more decimals than it needs.
    var seconds: String {
        let milliseconds = (self / .milliseconds(1)).rounded()
        let whole = Int(milliseconds) / 1000
        let text = "\(Double(Int(milliseconds)) / 1000)"
        return Int(milliseconds) % 1000 == 0 ? "\(whole)" : text
    }
}
