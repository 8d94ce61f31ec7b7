/// How much of a message is shown.
struct Extent: Sendable, Equatable {
    /// How many rows, before they are folded.
    let rows: Int
    /// How much of a text, or of one string inside a value.
    let bytes: Int
    /// How much JSON is looked at for it, in bytes.
    let json: Int

    /// All of it.
    static let whole = Extent(rows: .max, bytes: .max, json: .max)
    /// What arrives in a file or a pipe; a value of a few bytes can be written in millions of rows.
    static let stream = Extent(rows: 100_000, bytes: 1 << 20, json: 16 << 20)
    /// What does not push everything else off a screen.
    static let screen = Extent(rows: 24, bytes: 2_000, json: 64 << 10)
}
