private import Glibc

/// How many files and connections the process may have open.
public enum DescriptorLimit {
    /// Raises the limit so that there is room for so many connections, as far as the system lets it.
    ///
    /// Many systems begin with 1,024 for the sake of old programs, and allow more to those that ask.
    public static func raise(forConnections count: Int) {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return }
        // Room for everything else that is open.
        let wanted = min(rlim_t(clamping: count) + 256, limit.rlim_max)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        setrlimit(kind, &limit)
    }
}
