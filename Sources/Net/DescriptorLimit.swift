private import Glibc
private import Synchronization

/// How many files and connections the process may have open.
public enum DescriptorLimit {
    /// How many of them peers never take, of which so small a part is kept where there are few: the
    /// program itself dials, reads and records meanwhile, and Dispatch, which looks at its threads in
    /// `/proc` when they are busy, ends the program where it cannot.
    private static let reserve = (most: rlim_t(32), part: rlim_t(4))

    /// Raises the limit so that there is room for so many connections, as far as the system lets it.
    ///
    /// Many systems begin with 1,024 for the sake of old programs, and allow more to those that ask.
    public static func raise(forConnections count: Int) {
        guard var limit = current else { return }
        // Room for everything else that is open.
        let wanted = min(rlim_t(clamping: count) + 256, limit.rlim_max)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        setrlimit(kind, &limit)
    }

    /// How many more are needed soon, for the sake of peers that have one already.
    private static let expected = Atomic(0)

    /// Takes note that so many more are needed soon, or not any more.
    static func expect(_ count: Int) {
        expected.wrappingAdd(count, ordering: .relaxed)
    }

    /// Whether only those are left that no peer may take, once those are open that are expected.
    static var isNear: Bool {
        guard let limit = current?.rlim_cur else { return false }
        // The system gives the lowest number that is free, so that all below it are taken.
        let next = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
        guard next >= 0 else { return errno == EMFILE }
        close(next)
        let taken = rlim_t(next) + rlim_t(clamping: expected.load(ordering: .relaxed))
        return taken + min(reserve.most, limit / reserve.part) >= limit
    }

    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static var current: rlimit? {
        var limit = rlimit()
        return getrlimit(kind, &limit) == 0 ? limit : nil
    }
}
