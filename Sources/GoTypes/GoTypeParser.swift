/// Reads types (Go specification, "Types").
extension GoParser {
    /// A single type, and nothing after it.
    mutating func wholeType() throws(GoTypeError) -> GoType {
        let type = try type(depth: 0)
        while try take(.semicolon) {}
        guard token.kind == .end else { throw expected("the end of the type") }
        return type
    }

    mutating func type(depth: Int) throws(GoTypeError) -> GoType {
        guard depth < Self.depthLimit else {
            throw GoTypeError(.tooDeep(limit: Self.depthLimit), at: scanner.place(of: token.offset))
        }
        switch token.kind {
        case .symbol(UInt8(ascii: "*")):
            try advance()
            return .pointer(try type(depth: depth + 1))
        case .symbol(UInt8(ascii: "[")): return try bracketed(depth: depth)
        case .symbol(UInt8(ascii: "(")):
            try advance()
            let inner = try type(depth: depth + 1)
            try require(")")
            return inner
        case .symbol(UInt8(ascii: "<")), .keyword(.chan): return try channel(depth: depth)
        case .keyword(.func): return try functionType(depth: depth)
        case .keyword(.map): return try mapType(depth: depth)
        case .keyword(.struct): return try structType(depth: depth)
        case .keyword(.interface): return try interfaceType()
        case .identifier: return try namedType()
        case .keyword, .number, .string, .symbol, .semicolon, .end: throw expected("a type")
        }
    }

    /// A name, perhaps with a package; Go's own names are what they stand for.
    private mutating func namedType() throws(GoTypeError) -> GoType {
        let place = token.offset
        var name = try identifier("a type")
        if try take(".") { name += "." + (try identifier("a type's name")) }
        guard !token.isSymbol("[") else {
            throw GoTypeError(.generic(name), at: scanner.place(of: place))
        }
        return GoLibrary.universe[name] ?? .named(name)
    }

    /// `[]T` or `[N]T`.
    private mutating func bracketed(depth: Int) throws(GoTypeError) -> GoType {
        try require("[")
        if try take("]") { return .slice(try type(depth: depth + 1)) }
        let count = try arrayLength()
        try require("]")
        return .array(count: count, try type(depth: depth + 1))
    }

    private mutating func arrayLength() throws(GoTypeError) -> Int {
        let place = token.offset
        let text = token.text
        let value = try constantOperand(iota: nil)
        guard let value, value >= 0, token.isSymbol("]") else {
            throw GoTypeError(.arrayLength(text), at: scanner.place(of: place))
        }
        return value
    }

    private mutating func mapType(depth: Int) throws(GoTypeError) -> GoType {
        try advance()
        try require("[")
        let key = try type(depth: depth + 1)
        try require("]")
        return .map(key: key, value: try type(depth: depth + 1))
    }

    private mutating func structType(depth: Int) throws(GoTypeError) -> GoType {
        try advance()
        try require("{")
        var fields: [GoField] = []
        while try !take("}") {
            if try take(.semicolon) { continue }
            fields += try fieldDeclaration(depth: depth)
            guard token.kind == .semicolon || token.isSymbol("}") else {
                throw expected("the end of the field")
            }
        }
        return .structure(fields)
    }

    /// `A, B T`, or an embedded type, and perhaps a tag.
    private mutating func fieldDeclaration(depth: Int) throws(GoTypeError) -> [GoField] {
        if token.isSymbol("*") { return [try embeddedField(depth: depth)] }
        let start = self
        var names = [try identifier("a field's name")]
        switch token.kind {
        case .semicolon, .string, .symbol(UInt8(ascii: "}")), .symbol(UInt8(ascii: ".")):
            self = start
            return [try embeddedField(depth: depth)]
        case .identifier, .keyword, .number, .symbol, .end: break
        }
        while try take(",") { names.append(try identifier("a field's name")) }
        let type = try type(depth: depth + 1)
        let tag = try tag()
        return names.map { GoField($0, type, tag: tag) }
    }

    private mutating func embeddedField(depth: Int) throws(GoTypeError) -> GoField {
        let isPointer = try take("*")
        let place = token.offset
        var name = try identifier("a type's name")
        if try take(".") { name += "." + (try identifier("a type's name")) }
        guard !token.isSymbol("[") else {
            throw GoTypeError(.generic(name), at: scanner.place(of: place))
        }
        let type = GoLibrary.universe[name] ?? .named(name)
        return GoField(
            name.withoutGoPackage,
            isPointer ? .pointer(type) : type,
            isEmbedded: true,
            tag: try tag()
        )
    }

    private mutating func tag() throws(GoTypeError) -> String {
        guard case .string(let text, let isRaw) = token.kind else { return "" }
        try advance()
        return isRaw ? text : text.unquotedInGo
    }

    private mutating func interfaceType() throws(GoTypeError) -> GoType {
        try advance()
        let start = token.offset + 1
        guard token.isSymbol("{") else { throw expected("\"{\"") }
        let end = try passBrackets()
        return .interface(methods: scanner.text(start..<end).onOneLine)
    }

    /// `chan T`, `chan<- T` or `<-chan T`.
    private mutating func channel(depth: Int) throws(GoTypeError) -> GoType {
        var text = "chan"
        if try take("<") {
            try require("-")
            text = "<-chan"
        }
        guard try take(.keyword(.chan)) else { throw expected("\"chan\"") }
        if text == "chan", try take("<") {
            try require("-")
            text += "<-"
        }
        return .unsent("\(text) \(try type(depth: depth + 1).text)")
    }

    private mutating func functionType(depth: Int) throws(GoTypeError) -> GoType {
        try advance()
        let start = token.offset
        guard token.isSymbol("(") else { throw expected("\"(\"") }
        var end = try passBrackets() + 1
        var text = "func" + scanner.text(start..<end).onOneLine
        let result = token.offset
        switch token.kind {
        case .symbol(UInt8(ascii: "(")):
            end = try passBrackets() + 1
            text += " " + scanner.text(result..<end).onOneLine
        case .identifier, .keyword, .symbol(UInt8(ascii: "*")), .symbol(UInt8(ascii: "[")),
            .symbol(UInt8(ascii: "<")):
            text += " " + (try type(depth: depth + 1).text)
        case .symbol, .number, .string, .semicolon, .end: break
        }
        return .unsent(text)
    }

    /// Passes an opening bracket and everything up to the one that closes it.
    ///
    /// - Returns: Where the closing bracket stands.
    private mutating func passBrackets() throws(GoTypeError) -> Int {
        var depth = 0
        while token.kind != .end {
            if token.isSymbol("(") || token.isSymbol("[") || token.isSymbol("{") { depth += 1 }
            if token.isSymbol(")") || token.isSymbol("]") || token.isSymbol("}") { depth -= 1 }
            let place = token.offset
            try advance()
            if depth == 0 { return place }
        }
        throw expected("a closing bracket")
    }
}

extension String {
    /// The text without comments and line ends, for what is kept as it was written.
    fileprivate var onOneLine: String {
        split(whereSeparator: \.isNewline)
            .map { line in
                let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
                return code.split(separator: " ").joined(separator: " ")
                    .split(separator: "\t").joined(separator: " ")
            }
            .filter { !$0.isEmpty }
            .joined(separator: "; ")
    }

    /// What a string literal says, of whose escapes tags need only those of one character.
    fileprivate var unquotedInGo: String {
        var text = ""
        var isEscaped = false
        for character in self {
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            switch (isEscaped, character) {
            case (true, "n"): text.append("\n")
            case (true, "t"): text.append("\t")
            default: text.append(character)
            }
            isEscaped = false
        }
        return text
    }
}
