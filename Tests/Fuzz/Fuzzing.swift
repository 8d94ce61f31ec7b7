import Glibc

/// What every fuzz target must stay within, beside what libFuzzer and the sanitizers watch.
enum Fuzzing {
    /// The longest time for an input, in seconds.
    ///
    /// That is 100 ms of a release build: the sanitizers and the counters of coverage make decoding
    /// of the vectors 5 to 12 times slower.
    static let longest = 1.0

    /// Runs what an input asks for, and crashes where it takes too long or leaves behind more
    /// memory than it may.
    static func measured<Value>(memory: Int, _ body: () -> Value) -> Value {
        let (began, before) = (processorTime, allocatedBytes())
        let value = body()
        let seconds = processorTime - began
        let bytes = allocatedBytes() - before
        expect(seconds < longest, "it took \(seconds) s")
        expect(bytes < memory, "it takes \(bytes) bytes, where \(memory) are allowed")
        return value
    }

    /// Crashes where something is not so, and says what: a precondition is silent in a release build.
    static func expect(_ isSo: Bool, _ message: @autoclosure () -> String) {
        if !isSo { fatalError(message()) }
    }

    /// Has globals made that live to the end.
    ///
    /// LeakSanitizer does not find an enum's pointer in them where Swift keeps the case in its bits.
    static func preparing(_ body: () -> Void) {
        ignoreLeaks()
        body()
        noticeLeaks()
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Of AddressSanitizer: what is allocated at this time.
@_silgen_name("__sanitizer_get_current_allocated_bytes")
private func allocatedBytes() -> Int

/// Of LeakSanitizer: what this thread allocates from here on may stay.
@_silgen_name("__lsan_disable")
private func ignoreLeaks()

/// Of LeakSanitizer: what this thread allocates from here on has to be freed.
@_silgen_name("__lsan_enable")
private func noticeLeaks()
