/// What Tab does at a place of the line.
public struct Completion: Sendable, Equatable {
    /// Goes in at the cursor.
    public var insertion: String

    /// What the word could become, listed in columns above the line where nothing is inserted or
    /// more than one is possible; plain text, made harmless by the caller.
    public var candidates: [String]

    /// How many more there are that are not listed.
    public var omitted: Int

    /// Nothing to insert and nothing to list makes the terminal beep.
    public init(insertion: String = "", candidates: [String] = [], omitted: Int = 0) {
        self.insertion = insertion
        self.candidates = candidates
        self.omitted = omitted
    }

    var isEmpty: Bool {
        insertion.isEmpty && candidates.isEmpty
    }
}
