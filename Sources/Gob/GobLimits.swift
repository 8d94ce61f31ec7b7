/// How much a stream may ask of its receiver; every limit can be set.
///
/// What exceeds one is refused with a ``GobError`` that names it. No memory is ever taken on the
/// word of a count from the wire, whatever the limits are.
public struct GobLimits: Sendable, Hashable {
    /// The longest message, in bytes without its length: 64 MiB.
    public var messageSize = 64 << 20
    /// How deep values may be nested, counted in structs, slices, arrays, maps and interfaces: 10,000.
    ///
    /// Freeing a value takes some 150 bytes of the thread's stack for each level, so that 50,000
    /// need the 8 MiB that threads on Linux usually have.
    public var depth = 10_000
    /// How many elements one slice, or entries one map, may have: 64 Mi, which is as many as the
    /// longest message can hold.
    public var elementCount = 64 << 20
    /// How many types one stream may define: 10,000.
    public var typeCount = 10_000
    /// How much all type definitions of one stream may have, in bytes: 4 MiB.
    public var definitionSize = 4 << 20
    /// The longest name of a type or a field, in bytes: 64 KiB (Go names a struct by all its fields).
    public var nameLength = 64 << 10
    /// The longest name of an interface's concrete type, in bytes: 1 KiB, as in Go (decode.go).
    public var interfaceNameLength = 1 << 10
    /// How much memory one decoded value may take, in bytes, by a close estimate: 1 GiB.
    public var memory = 1 << 30

    /// The defaults.
    public init() {}

    /// How deep typed values may be nested, pointers counted: 1,000, or ``depth`` if that is less.
    ///
    /// They are decoded and encoded on the thread's stack: some 600 to 1,000 bytes for each level, more
    /// where large structs are in a dictionary. A thread of 512 KiB takes some 300 levels.
    public var typedDepth = 1_000

    /// How deep decoding and encoding may go on the thread's stack.
    var recursion: Int { min(typedDepth, depth) }
}
