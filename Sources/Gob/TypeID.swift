/// The number by which a stream names a type.
///
/// A definition is announced by the negated id (doc.go, "Encoding Details"). Ids are unique within
/// one stream only, and may come in any order with any gaps.
struct TypeID: Hashable, Sendable {
    let number: Int64

    init(_ number: Int64) {
        self.number = number
    }

    /// The first id a sender may define; those below are Go's own (type.go, `firstUserId`).
    ///
    /// Go before 1.21 began at 65, as doc.go still shows; both are read, this one is sent.
    static let firstUser = TypeID(64)

    var isUserDefined: Bool { number >= Self.firstUser.number }
    var next: TypeID { TypeID(number + 1) }
}
