/// The constants of a source text that are integers, for the lengths of arrays.
struct GoConstants {
    private var values: [String: Int] = [:]

    subscript(name: String) -> Int? {
        get { values[name] }
        set { values[name] = newValue }
    }
}

extension GoParser {
    /// `const` and what follows it; what is no simple integer is passed over.
    mutating func constantDeclaration() throws(GoTypeError) {
        try advance()
        guard try take("(") else { return try constantSpecification(iota: 0) }
        var iota = 0
        while try !take(")") {
            if try take(.semicolon) { continue }
            guard token.kind != .end else { throw expected("\")\"") }
            try constantSpecification(iota: iota)
            iota += 1
        }
    }

    private mutating func constantSpecification(iota: Int) throws(GoTypeError) {
        let name = try identifier("a constant's name")
        if case .identifier = token.kind { try advance() }
        if try take("=") {
            let value = try constantOperand(iota: iota)
            let isWhole = token.kind == .semicolon || token.kind == .end || token.isSymbol(")")
            constants[name] = isWhole ? value : nil
        }
        try passStatement()
    }

    /// A number, a constant's name or `iota`; `nil` where it is something else, or its value unknown.
    mutating func constantOperand(iota: Int?) throws(GoTypeError) -> Int? {
        switch token.kind {
        case .number(let text):
            try advance()
            return Int(goLiteral: text)
        case .identifier(let name):
            try advance()
            return name == "iota" ? iota : constants[name]
        case .keyword, .string, .symbol, .semicolon, .end:
            return nil
        }
    }
}

extension Int {
    /// The value of an integer literal (Go specification, "Integer literals").
    init?(goLiteral text: String) {
        let digits = text.filter { $0 != "_" }.lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            self.init(digits.dropFirst(2), radix: radix)
            return
        }
        self.init(digits, radix: digits.hasPrefix("0") && digits != "0" ? 8 : 10)
    }
}
