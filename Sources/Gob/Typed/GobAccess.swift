/// How the codec reaches what is inside a type that has no fixed place for it: a list, a map, a
/// pointer.
///
/// Closures, so that they are compiled for the very types that a program uses, where it uses them;
/// through a protocol's witnesses the same code takes two to four times as long.
@safe
public struct GobAccess: Sendable {
    /// Reads a value into memory that holds one; keys and elements are nodes of the reader's plan.
    @usableFromInline typealias Read =
        @Sendable (
            _ reader: inout TypedReader,
            _ key: Int32,
            _ element: Int32,
            _ target: UnsafeMutableRawPointer
        ) throws(GobError.Fault) -> Void

    /// Writes the value that is in memory; keys and elements are nodes of the writer's layout.
    @usableFromInline typealias Write =
        @Sendable (
            _ writer: inout TypedWriter,
            _ key: Int32,
            _ element: Int32,
            _ source: UnsafeRawPointer
        ) throws(GobError.Fault) -> Void

    /// Whether a field with the value that is in memory is left out.
    @usableFromInline typealias IsOmitted =
        @Sendable (
            _ writer: borrowing TypedWriter,
            _ element: Int32,
            _ source: UnsafeRawPointer
        ) -> Bool

    @usableFromInline let read: Read
    @usableFromInline let write: Write
    @usableFromInline let isOmitted: IsOmitted

    @usableFromInline
    init(
        read: @escaping Read,
        write: @escaping Write,
        isOmitted: @escaping IsOmitted,
    ) {
        unsafe self.read = read
        unsafe self.write = write
        unsafe self.isOmitted = isOmitted
    }
}
