private import Glibc

/// That a call of the system failed.
struct SystemFault: Error {
    let cause: Cause

    init(cause: Cause) {
        self.cause = cause
    }

    init(errno: Int32) {
        cause = .system(errno: errno)
    }

    /// What a call returned.
    ///
    /// - Throws: what is in `errno` where that is negative.
    @discardableResult
    static func check(_ result: Int32) throws(SystemFault) -> Int32 {
        guard result >= 0 else { throw SystemFault(errno: errno) }
        return result
    }
}
