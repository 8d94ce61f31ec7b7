import Gob

/// Types of values that came in interfaces, whose names are those with which the sender registered
/// them: `main.Celsius` is a type of its own, though on the wire it is a float.
struct ReceivedContents {
    /// The types as the source calls them, in the order in which they came.
    private(set) var types: [String] = []
    /// What has to be declared for them beside the types themselves.
    private(set) var declarations: [String] = []
    private let writer: ReceivedDefinitions
    private var names: ReceivedNames
    private var declared: [String: TypeIndex] = [:]

    init(_ writer: ReceivedDefinitions) {
        self.writer = writer
        names = writer.names
    }

    /// Adds a type with the name that it was registered by.
    mutating func add(_ name: String, _ type: TypeIndex) {
        let expression = writer.expression(type)
        let bare = name.withoutGoPackage
        // Of a type with a name of its own, and of one that Go registers itself, no more is known.
        guard names.names[type] == nil, bare != name, bare.isFreeGoName, !expression.isQualified
        else {
            return types.append(expression.text)
        }
        // The name of another type is taken, the same one came before.
        guard declared[bare] != type else { return types.append(bare) }
        let own = names.newName(bare)
        declared[bare] = type
        declarations.append(GoPrinter.text(of: expression, after: "type \(own) "))
        types.append(own)
    }
}

extension GoType {
    /// Whether it is a type of Go's library.
    fileprivate var isQualified: Bool {
        if case .named(let name) = self { name.contains(".") } else { false }
    }
}
