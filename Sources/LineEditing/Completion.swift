/// What Tab does at a place of the line.
public struct Completion: Sendable, Equatable {
    /// Goes in at the cursor.
    public var insertion: String

    /// What the word could become, listed in columns above the line where nothing is inserted or
    /// more than one is possible; plain text, made harmless by the caller.
    public var candidates: [String]

    /// Nothing to insert and nothing to list makes the terminal beep.
    public init(insertion: String = "", candidates: [String] = []) {
        self.insertion = insertion
        self.candidates = candidates
    }

    var isEmpty: Bool {
        insertion.isEmpty && candidates.isEmpty
    }
}
