/// What becomes of parts of a value on the way to a Go program, by kind, each with its places.
struct GoForecastNotes: Sendable {
    /// The notes, in the order in which the first of each kind was made.
    private(set) var notes: [GoForecast.Note] = []
    private var indices: [GoForecast.Note.Kind: Int] = [:]
    /// How many places are kept of each kind.
    private let limit: Int

    /// No notes yet; with a limit of 0 none will be.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the next place of a kind is kept, or only counted.
    func wantsPlace(of kind: GoForecast.Note.Kind) -> Bool {
        indices[kind].map { notes[$0].places.count < limit } ?? (limit > 0)
    }

    /// Takes a note of what happens, and of its place where that is wanted.
    mutating func add(_ kind: GoForecast.Note.Kind, at place: String?) {
        guard limit > 0 else { return }
        if indices[kind] == nil {
            indices[kind] = notes.count
            notes.append(GoForecast.Note(kind: kind))
        }
        if let index = indices[kind] { notes[index].add(place) }
    }
}
