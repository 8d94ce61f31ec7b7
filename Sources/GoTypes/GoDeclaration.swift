import Gob

/// A type that source text declares.
struct GoDeclaration: Sendable {
    let name: String
    let body: Body
    /// The package in which it is declared; that of a program, `main`, where none is said.
    var package = "main"
    /// How its values write themselves, where they do: `gob.GobEncoder` before the other.
    var encoding: SelfEncoding?

    enum Body: Sendable {
        /// `type A B`.
        case type(GoType)
        /// `type A = B`.
        case alias(GoType)
        /// What this program cannot do with it, when it is used.
        case refused(GoTypeError)
    }

    init(name: String, body: Body) {
        self.name = name
        self.body = body
    }
}

/// How the values of a type write themselves.
struct SelfEncoding: Sendable, Hashable {
    let encoding: OpaqueEncoding
    /// Whether only a pointer has the method, which Go then sends even where its value is zero.
    let isOnPointer: Bool

    /// The methods that gob looks for.
    static let methods: [String: OpaqueEncoding] = ["GobEncode": .gob, "MarshalBinary": .binary]
}
