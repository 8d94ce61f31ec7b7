/// The cases, as the Go program has them.
enum Case: String, CaseIterable {
    /// The article's struct, one encoder and one decoder for all values.
    case article
    /// The same, a new encoder and decoder for each value.
    case articleFresh = "article-fresh"
    /// `[]float64` of 1,000,000.
    case floats
    /// `[]string` of 100,000.
    case strings
    /// `[]struct{ID int; Name string; Score float64; Tags []string}` of 100,000.
    case records
    /// `map[string]int` of 100,000.
    case map
    /// `[]byte` of 64 MB.
    case bytes

    var elementCount: Int {
        switch self {
        case .article, .articleFresh: 1
        case .floats: 1_000_000
        case .strings, .records, .map: 100_000
        case .bytes: 64_000_000
        }
    }
}
