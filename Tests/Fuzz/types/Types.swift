#if canImport(GoTypes)
    import GoTypes

    /// Has the declarations of Go's library made.
    @_cdecl("LLVMFuzzerInitialize")
    public func prepare(_: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?) -> CInt {
        Fuzzing.preparing { _ = try? GoTypeSet().type("time.Time") }
        return 0
    }

    /// Reads Go declarations, and then the same text as a type.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func types(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let source = String(
            decoding: UnsafeBufferPointer(start: start, count: count),
            as: UTF8.self
        )
        // A word of a few bytes becomes a token, and part of a type.
        let declared = Fuzzing.measured(memory: 65_536 + 1_000 * count) {
            var types = GoTypeSet()
            let result = Result { try types.declare(source) }
            return (types, result.map { _ in () })
        }
        if case .failure(let error) = declared.1 { _ = "\(error)" }
        do {
            _ = "\(try declared.0.type(source))"
        } catch {
            _ = "\(error)"
        }
        return 0
    }
#else
    #error("there is no module GoTypes")
#endif
