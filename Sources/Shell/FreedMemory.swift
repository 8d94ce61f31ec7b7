private import Glibc

/// Memory that was used and is free again, and which the C library would keep for the next use.
enum FreedMemory {
    /// Has all threads allocate in one place, so that what is free does not lie scattered over several.
    ///
    /// To be called before there are threads; each of them still has a cache of its own.
    static func keepTogether() {
        _ = setOption?(arenaLimit, 1)
    }

    /// Gives it back to the system, from any thread; that takes milliseconds.
    static func giveBack() {
        _ = trim?(0)
    }

    /// M_ARENA_MAX of malloc.h.
    private static let arenaLimit: CInt = -8

    // Swift's module of the C library lacks malloc.h.
    /// mallopt(3).
    private static let setOption = dlsym(nil, "mallopt")
        .map { unsafeBitCast($0, to: (@convention(c) @Sendable (CInt, CInt) -> CInt).self) }
    /// malloc_trim(3).
    private static let trim = dlsym(nil, "malloc_trim")
        .map { unsafeBitCast($0, to: (@convention(c) @Sendable (Int) -> CInt).self) }
}
