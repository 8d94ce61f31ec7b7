/// Reads Go source: the types that it declares, and what else has to do with how they are sent.
///
/// Types are in `GoTypeParser.swift`, constants in `GoConstants.swift`.
struct GoParser {
    var scanner: GoScanner
    var token: GoToken
    var constants = GoConstants()
    private var refusals = 0

    /// How deep types may be nested in one another, in brackets and in letters.
    static let depthLimit = 100
    /// How many declarations of a text may be of no use.
    private static let refusalLimit = 100
    /// How long a text may be, in bytes.
    static let lengthLimit = 1 << 20

    init(_ source: String) throws(GoTypeError) {
        guard source.utf8.count <= Self.lengthLimit else {
            throw GoTypeError(.tooLong(limit: Self.lengthLimit))
        }
        scanner = GoScanner(source)
        token = try scanner.next()
    }

    /// What a source text declares.
    struct Source {
        var package: String?
        var declarations: [GoDeclaration] = []
        /// The methods by which types write themselves, in the order of the text.
        var methods: [Method] = []
    }

    /// A method by which a type writes itself.
    struct Method {
        let type: String
        let encoding: SelfEncoding
    }

    /// Reads a whole text: a Go file, or some declarations.
    mutating func source() throws(GoTypeError) -> Source {
        var source = Source()
        while token.kind != .end {
            if try take(.semicolon) { continue }
            guard case .keyword(let keyword) = token.kind else {
                throw expected("a declaration such as \"type T int\"")
            }
            switch keyword {
            case .package:
                try advance()
                source.package = try identifier("a package's name")
            case .type: source.declarations += try typeDeclaration()
            case .func:
                if let method = try function() { source.methods.append(method) }
            case .const: try constantDeclaration()
            case .import, .var: try passStatement()
            case .map, .chan, .struct, .interface:
                throw expected("a declaration such as \"type T int\"")
            }
            guard token.kind == .semicolon || token.kind == .end else {
                throw expected("the end of the declaration")
            }
        }
        return source
    }

    /// `type` and what follows it: one declaration, or several in parentheses.
    private mutating func typeDeclaration() throws(GoTypeError) -> [GoDeclaration] {
        try advance()
        guard try take("(") else { return [try typeSpecification()] }
        var declarations: [GoDeclaration] = []
        while try !take(")") {
            if try take(.semicolon) { continue }
            declarations.append(try typeSpecification())
            guard token.kind == .semicolon || token.isSymbol(")") else {
                throw expected("the end of the declaration")
            }
        }
        return declarations
    }

    /// A name and its type.
    ///
    /// What this program can do nothing with is found out where it is used, so that a file may have it.
    private mutating func typeSpecification() throws(GoTypeError) -> GoDeclaration {
        let start = self
        let name = try declaredName()
        do {
            let isAlias = try take("=")
            let type = try isAlias ? type(depth: 0) : definedType(name)
            return GoDeclaration(name: name, body: isAlias ? .alias(type) : .type(type))
        } catch {
            switch error.fault {
            case .generic, .arrayLength:
                guard refusals < Self.refusalLimit else { throw error }
                self = start
                refusals += 1
                try passStatement()
                return GoDeclaration(name: name, body: .refused(error))
            case .expected, .unfinishedString, .unfinishedComment, .tooLong, .tooDeep, .tooLarge,
                .undeclared, .badName, .endless, .mapKey, .notSent, .noExportedFields:
                throw error
            }
        }
    }

    private mutating func declaredName() throws(GoTypeError) -> String {
        let place = token.offset
        let name = try identifier("a type's name")
        guard name != "_", GoLibrary.universe[name] == nil else {
            throw GoTypeError(.badName(name), at: scanner.place(of: place))
        }
        return name
    }

    /// The type after a declared name, where a bracket may begin type parameters instead.
    private mutating func definedType(_ name: String) throws(GoTypeError) -> GoType {
        guard token.isSymbol("[") else { return try type(depth: 0) }
        let start = self
        try advance()
        if case .identifier = token.kind {
            try advance()
            guard token.isSymbol("]") else {
                throw GoTypeError(.generic(name), at: scanner.place(of: start.token.offset))
            }
        }
        self = start
        return try type(depth: 0)
    }

    /// A function, its body passed over; the method where it is one of those that matter.
    private mutating func function() throws(GoTypeError) -> Method? {
        try advance()
        guard token.isSymbol("(") else {
            try passStatement()
            return nil
        }
        try advance()
        var words: [String] = []
        var hasStar = false
        while !token.isSymbol(")"), token.kind != .end, token.kind != .semicolon {
            if case .identifier(let word) = token.kind { words.append(word) }
            hasStar = hasStar || token.isSymbol("*")
            try advance()
        }
        try require(")")
        guard case .identifier(let name) = token.kind else {
            throw expected("a method's name")
        }
        try passStatement()
        guard let type = words.last, let encoding = SelfEncoding.methods[name] else { return nil }
        return Method(
            type: type,
            encoding: SelfEncoding(encoding: encoding, isOnPointer: hasStar)
        )
    }

    /// Passes everything up to the end of a statement: a semicolon outside of all brackets, or a
    /// bracket that was open before it.
    mutating func passStatement() throws(GoTypeError) {
        var depth = 0
        while token.kind != .end {
            switch token.kind {
            case .semicolon where depth == 0: return
            case .symbol(UInt8(ascii: "(")), .symbol(UInt8(ascii: "[")),
                .symbol(UInt8(ascii: "{")):
                depth += 1
            case .symbol(UInt8(ascii: ")")), .symbol(UInt8(ascii: "]")),
                .symbol(UInt8(ascii: "}")):
                guard depth > 0 else { return }
                depth -= 1
            case .semicolon, .symbol, .identifier, .keyword, .number, .string, .end: break
            }
            try advance()
        }
        guard depth == 0 else { throw expected("a closing bracket") }
    }
}

/// What every part of the parser reads with.
extension GoParser {
    mutating func advance() throws(GoTypeError) {
        token = try scanner.next()
    }

    /// Passes a token where it stands here.
    mutating func take(_ kind: GoToken.Kind) throws(GoTypeError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    /// Passes a symbol where it stands here.
    mutating func take(_ symbol: Unicode.Scalar) throws(GoTypeError) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        try advance()
        return true
    }

    mutating func require(_ symbol: Unicode.Scalar) throws(GoTypeError) {
        guard try take(symbol) else { throw expected("\"\(symbol)\"") }
    }

    mutating func identifier(_ what: String) throws(GoTypeError) -> String {
        guard case .identifier(let name) = token.kind, name.isGoIdentifier else {
            throw expected(what)
        }
        try advance()
        return name
    }

    func expected(_ what: String) -> GoTypeError {
        GoTypeError(.expected(what, found: token.text), at: scanner.place(of: token.offset))
    }
}

extension String {
    /// Whether Go takes it for a name: letters and digits, no digit first (specification,
    /// "Identifiers").
    package var isGoIdentifier: Bool {
        guard let first = unicodeScalars.first, first.isGoLetter else { return false }
        return unicodeScalars.allSatisfy { $0.isGoLetter || $0.isGoDigit }
    }
}

extension Unicode.Scalar {
    fileprivate var isGoLetter: Bool {
        if isASCII { return self == "_" || properties.isAlphabetic }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return true
        default: return false
        }
    }

    fileprivate var isGoDigit: Bool { properties.generalCategory == .decimalNumber }
}
