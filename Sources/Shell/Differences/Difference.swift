/// One place in which two things differ: where it is, and what is there in each of them.
struct Difference: Sendable, Equatable {
    /// What is there in one of the two where it has nothing.
    static let absent = "absent"

    /// A path, or `type` and a path.
    let place: String
    /// What was there before.
    let old: String
    /// What is there now.
    let new: String

    /// The difference in one row: `.C.N: 1 -> 2`.
    func row(_ style: Style) -> String {
        "\(style.paint(place, as: .name)): \(old) -> \(new)"
    }
}
