/// Reads a JSON document (RFC 8259), with a stack of its own.
struct JSONParser {
    private let bytes: [UInt8]
    private(set) var offset = 0
    /// The arrays and objects that are not ended, the innermost last.
    private var open: [Container] = []

    /// Values are made of documents by recursion, which needs a bound.
    private static let depthLimit = 512

    private struct Container {
        let close: UInt8
        /// The name of the member whose value is read, in an object.
        var name = ""
        var elements: [JSONValue] = []
        var members: [JSONValue.Member] = []

        mutating func add(_ value: JSONValue) {
            if close == UInt8(ascii: "}") {
                members.append(JSONValue.Member(name, value))
            } else {
                elements.append(value)
            }
        }

        var value: JSONValue { close == UInt8(ascii: "}") ? .object(members) : .array(elements) }
    }

    /// The value of a document.
    ///
    /// - Throws: ``GobJSONError/Fault/notJSON(line:column:_:)`` with the first place that is wrong.
    static func parse(_ bytes: [UInt8]) throws(GobJSONError.Fault) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.document()
        guard parser.isAtEnd else { throw parser.fault("nothing may follow the document") }
        return value
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// Whether nothing but blanks is left.
    var isAtEnd: Bool {
        mutating get { peek() == nil }
    }

    /// How many lines end between an offset and the present one.
    func lineCount(from start: Int) -> Int {
        bytes[start..<offset].count { $0 == UInt8(ascii: "\n") }
    }

    /// The next document.
    mutating func document() throws(GobJSONError.Fault) -> JSONValue {
        while true {
            guard var value = try scalar() else { continue }
            while true {
                guard var container = open.popLast() else { return value }
                container.add(value)
                if try passComma(before: container.close) {
                    if container.close == UInt8(ascii: "}") { container.name = try name() }
                    open.append(container)
                    break
                }
                value = container.value
            }
        }
    }

    /// A value without values inside, or `nil` where an array or an object was opened.
    private mutating func scalar() throws(GobJSONError.Fault) -> JSONValue? {
        switch peek() {
        case UInt8(ascii: "{"): return try enter(UInt8(ascii: "}"))
        case UInt8(ascii: "["): return try enter(UInt8(ascii: "]"))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || byte.isDigit:
            return .number(try number())
        case nil: throw fault("the document ends where a value is needed")
        default: throw fault("a value is needed here")
        }
    }

    /// Passes an opening bracket; the value where the closing one follows at once.
    private mutating func enter(_ close: UInt8) throws(GobJSONError.Fault) -> JSONValue? {
        guard open.count < Self.depthLimit else {
            throw fault("it is nested deeper than \(Self.depthLimit) levels")
        }
        offset += 1
        var container = Container(close: close)
        guard peek() != close else {
            offset += 1
            return container.value
        }
        if close == UInt8(ascii: "}") { container.name = try name() }
        open.append(container)
        return nil
    }

    /// After a value: whether a comma brings another one, or the closing bracket ends them.
    private mutating func passComma(before close: UInt8) throws(GobJSONError.Fault) -> Bool {
        let brackets = "\",\" or \"\(Character(Unicode.Scalar(close)))\""
        switch peek() {
        case UInt8(ascii: ","):
            offset += 1
            return true
        case close:
            offset += 1
            return false
        case nil: throw fault("the document ends where \(brackets) is needed")
        default: throw fault("\(brackets) is needed here")
        }
    }

    private mutating func name() throws(GobJSONError.Fault) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw fault("a name in quotes is needed here") }
        let name = try string()
        guard peek() == UInt8(ascii: ":") else { throw fault("\":\" is needed here") }
        offset += 1
        return name
    }

    private mutating func string() throws(GobJSONError.Fault) -> String {
        let start = offset
        var text: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                if let string = String(validating: text, as: UTF8.self) { return string }
                offset = start
                throw fault("this string is not UTF-8")
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw fault("a control character must be written as an escape")
            case let byte:
                text.append(byte)
                offset += 1
            }
        }
        offset = start
        throw fault("this string is not ended")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
        UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]

    private mutating func escape() throws(GobJSONError.Fault) -> [UInt8] {
        let letter = offset + 1 < bytes.count ? bytes[offset + 1] : 0
        if letter == UInt8(ascii: "u") { return try unicodeEscape() }
        guard let byte = Self.escapes[letter] else { throw fault("an escape that JSON has not") }
        offset += 2
        return [byte]
    }

    /// A `\u` escape, or two that are a surrogate pair; half a pair is U+FFFD, as in Go.
    private mutating func unicodeEscape() throws(GobJSONError.Fault) -> [UInt8] {
        let unit = try codeUnit()
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), bytes[offset...].starts(with: Array("\\u".utf8)) {
            let before = offset
            let next = try codeUnit()
            if UTF16.isTrailSurrogate(next) { units.append(next) } else { offset = before }
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private mutating func codeUnit() throws(GobJSONError.Fault) -> UInt16 {
        let digits = bytes[min(offset + 2, bytes.count)..<min(offset + 6, bytes.count)]
        guard digits.count == 4, digits.allSatisfy(\.isHexDigit),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("\"\\u\" needs four hexadecimal digits") }
        offset += 6
        return unit
    }

    /// An optional minus, digits without a leading zero, a fraction, an exponent.
    private mutating func number() throws(GobJSONError.Fault) -> String {
        let beginning = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        let start = offset
        try digits()
        if offset > start + 1, bytes[start] == UInt8(ascii: "0") {
            offset = start
            throw fault("a number may not begin with 0")
        }
        if current == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return String(decoding: bytes[beginning..<offset], as: UTF8.self)
    }

    private mutating func digits() throws(GobJSONError.Fault) {
        let start = offset
        while let byte = current, byte.isDigit { offset += 1 }
        guard offset > start else { throw fault("a digit is needed here") }
    }

    private mutating func literal(
        _ word: String,
        _ value: JSONValue,
    ) throws(GobJSONError.Fault) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else {
            throw fault("a value is needed here")
        }
        offset += word.utf8.count
        return value
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while let byte = current, byte == 0x20 || 0x09...0x0A ~= byte || byte == 0x0D {
            offset += 1
        }
        return current
    }

    private func fault(_ reason: String) -> GobJSONError.Fault {
        let before = bytes[..<offset]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return .notJSON(line: line, column: column, reason)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    fileprivate var isHexDigit: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20
    }
}
