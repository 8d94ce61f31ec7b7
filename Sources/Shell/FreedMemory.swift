import Glibc

/// Memory that was used and is free again, and which the C library would keep for the next use.
enum FreedMemory {
    /// Gives it back to the system, from any thread; that takes milliseconds.
    static func giveBack() {
        _ = trim?(0)
    }

    /// malloc_trim(3), which Swift's module of the C library lacks.
    private static let trim: (@convention(c) @Sendable (Int) -> CInt)? = dlsym(nil, "malloc_trim")
        .map { unsafeBitCast($0, to: (@convention(c) @Sendable (Int) -> CInt).self) }
}
