public import Gob

/// Go types that were declared, by name.
///
/// What Go's library declares and gob sends in a way of its own is known beforehand: `time.Time`,
/// `big.Int`, `url.URL`, `net.IP` and their kin.
public struct GoTypeSet: Sendable {
    private var declared: [String: GoDeclaration] = [:]
    /// Types that a program registered under names of its own, for values in interfaces.
    private var registered: [String: GoType] = [:]

    /// A set in which only Go's own types are known.
    public init() {}

    /// The names that were declared, sorted.
    public var names: [String] { declared.keys.sorted() }

    /// Takes the declarations of a source text: `type T …`, several of them, or a whole Go file, of
    /// which everything else is passed over.
    ///
    /// A name that is declared already is replaced. Types may refer to others that follow later.
    /// What cannot be used, as a type with parameters, is refused when it is used; where the text
    /// declares nothing else, at once.
    ///
    /// - Parameter source: At most 1 MiB.
    /// - Returns: The names, in the order of the text.
    /// - Throws: ``GoTypeError`` with the first place that is wrong; nothing is declared then.
    @discardableResult
    public mutating func declare(_ source: String) throws(GoTypeError) -> [String] {
        var parser = try GoParser(source)
        let parsed = try parser.source()
        let usable = parsed.declarations.filter { !$0.isRefused }
        if usable.isEmpty, case .refused(let error) = parsed.declarations.first?.body {
            throw error
        }
        for var declaration in parsed.declarations {
            declaration.package = parsed.package ?? "main"
            declared[declaration.name] = declaration
        }
        for method in parsed.methods where declared[method.type]?.encoding?.encoding != .gob {
            declared[method.type]?.encoding = method.encoding
        }
        return parsed.declarations.map(\.name)
    }

    /// Declares one type: `type NAME TYPE`.
    public mutating func declare(_ name: String, as type: String) throws(GoTypeError) {
        guard name.isGoIdentifier, name != "_", GoLibrary.universe[name] == nil,
            !GoSyntax.keywords.contains(name)
        else { throw GoTypeError(.badName(name)) }
        var parser = try GoParser(type)
        declared[name] = GoDeclaration(name: name, body: .type(try parser.wholeType()))
    }

    /// Registers a type for values in interfaces, as Go's `gob.RegisterName` does.
    ///
    /// Go's own types, `main.T` and `*main.T` of every declared `T`, and what is spelled as a type
    /// need no registration.
    public mutating func register(_ name: String, as type: String) throws(GoTypeError) {
        registered[name] = try self.type(type)
    }

    /// The type that an expression says: `Point`, `[]main.Point`, `map[string]*Point`.
    ///
    /// - Throws: ``GoTypeError`` where it is no type, or names one that is not declared.
    public func type(_ text: String) throws(GoTypeError) -> GoType {
        var parser = try GoParser(text)
        let type = try parser.wholeType()
        _ = try GoLayout(types: self, type: type)
        return type
    }

    /// How a declared name is declared, as `gofmt` would write it.
    public func declaration(of name: String) -> String? {
        declared[name].flatMap { GoPrinter.text(of: $0) }
    }

    /// Why a declared name is of no use, as a type with type parameters is; `nil` for any other.
    public func refusal(of name: String) -> GoTypeError? {
        if case .refused(let error) = declared[name]?.body { error } else { nil }
    }

    /// The gob types that Go sends for a Go type: their names, their order, their fields.
    ///
    /// - Throws: ``GoTypeError`` where Go cannot send the type.
    public func schema(
        of type: GoType,
    ) throws(GoTypeError) -> (schema: GobSchema, type: TypeIndex) {
        let layout = try GoLayout(types: self, type: type)
        try layout.checkSendable(layout.root)
        return (layout.schema, layout.wireType(of: layout.root))
    }

    /// The type that was registered under a name of its own.
    package func ownRegistration(_ name: String) -> GoType? {
        registered[name]
    }

    /// The type that is registered under the name that comes with a value in an interface.
    package func registeredType(_ name: String) -> GoType? {
        if let type = registered[name] { return type }
        if name == "[]uint8" { return .slice(.basic(.uint8)) }
        guard name.utf8.count <= 1_024, var parser = try? GoParser(name),
            let type = try? parser.wholeType()
        else { return nil }
        // As Go does, a type of a package is registered with its package, a basic one without.
        switch type {
        case .named(let text), .pointer(.named(let text)):
            return text.contains(".") && declaration(named: text) != nil ? type : nil
        case .basic, .slice, .array, .map, .structure, .interface, .pointer, .unsent: return type
        }
    }

    /// The declaration that a name means: with a package that of this package, without one any.
    func declaration(named name: String) -> GoDeclaration? {
        if let declaration = GoLibrary.declarations[name] { return declaration }
        let parts = name.split(separator: ".")
        guard parts.count == 2 else { return declared[name] }
        return declared[String(parts[1])].flatMap { $0.package == parts[0] ? $0 : nil }
    }

    /// The fault of a name that is not declared.
    func undeclared(_ name: String) -> GoTypeError {
        let known = names + GoLibrary.declarations.keys.sorted() + GoLibrary.universe.keys.sorted()
        return GoTypeError(.undeclared(name, nearest: nearest(to: name, among: known)))
    }
}

extension GoDeclaration {
    fileprivate var isRefused: Bool {
        if case .refused = body { true } else { false }
    }
}
