public import Gob

/// Go source for types that were received: declarations, and an expression for each of the types.
///
/// The text compiles as Go, and ``GoTypeSet/declare(_:)`` takes it. Of widths and
/// pointers the wire has only those of fields that are lists or maps without a name, which keep them: other
/// integers are of 64 bits, and another pointer stands only where a struct is inside itself.
/// Names that Go would not allow are changed; types that have none are written where they are used,
/// or get one.
public struct GoSource: Sendable, Equatable {
    /// The declarations, each named type once, with a line between them; empty where none is needed.
    public let declarations: String
    /// The types, in the order in which they were asked for, those in interfaces last: names that are
    /// declared, or expressions.
    public let types: [String]
    /// The paths of the packages whose types are named, sorted.
    public let imports: [String]
    /// What the wire does not tell of these types, a sentence each.
    public let unknowns: [String]

    /// The source for some types of a schema.
    ///
    /// - Parameters:
    ///   - types: The types that are asked for.
    ///   - registered: The names with which values came in interfaces (`main.Celsius`), by their types. A
    ///     type that has no name of its own is declared by that of its package.
    ///   - schema: What they are types of.
    public init(
        of types: [TypeIndex],
        registered: [(name: String, type: TypeIndex)] = [],
        in schema: GobSchema,
    ) {
        let roots = types + registered.map(\.type)
        var names = ReceivedNames(schema: schema, roots: roots)
        names.choose()
        let spellings = ReceivedSpellings(names.order, in: schema)
        let writer = ReceivedDefinitions(names: names, spellings: spellings)
        var contents = ReceivedContents(writer)
        for (name, type) in registered { contents.add(name, type) }
        self.types = types.map { writer.expression($0).text } + contents.types
        declarations = (writer.declarations() + contents.declarations).joined(separator: "\n\n")
        let unknowns = ReceivedUnknowns(names.order, roots: roots, in: schema, spellings)
        imports = unknowns.imports(for: declarations)
        self.unknowns = unknowns.sentences
    }
}
