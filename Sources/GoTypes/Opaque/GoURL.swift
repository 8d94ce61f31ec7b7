/// A `url.URL`, taken apart as Go's `url.Parse` does: for Go shows it as a struct.
package struct GoURL: Sendable, Hashable {
    package private(set) var scheme = ""
    package private(set) var opaque = ""
    /// Whether it has a user, of which Go's JSON shows nothing more.
    package private(set) var hasUser = false
    package private(set) var host = ""
    package private(set) var path = ""
    package private(set) var fragment = ""
    package private(set) var rawQuery = ""
    package private(set) var rawPath = ""
    package private(set) var rawFragment = ""
    package private(set) var forceQuery = false
    package private(set) var omitHost = false

    /// The parts of a URL's text; `nil` where it is none, or its parts are no UTF-8.
    package init?(bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.count <= 64 << 10,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        var rest = text[...]
        if let mark = rest.firstIndex(of: "#") {
            let fragment = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
            guard let decoded = Self.decoded(fragment) else { return nil }
            self.fragment = decoded
            rawFragment = Self.encoded(decoded, Self.inFragment) == fragment ? "" : String(fragment)
        }
        takeScheme(&rest)
        takeQuery(&rest)
        if !scheme.isEmpty, !rest.hasPrefix("/") {
            opaque = String(rest)
            return
        }
        if rest.hasPrefix("//"), !scheme.isEmpty || !rest.hasPrefix("///") {
            takeAuthority(&rest)
        } else if !scheme.isEmpty, rest.hasPrefix("/") {
            omitHost = true
        }
        guard let decoded = Self.decoded(rest) else { return nil }
        path = decoded
        rawPath = Self.encoded(decoded, Self.inPath) == rest ? "" : String(rest)
    }

    private mutating func takeScheme(_ rest: inout Substring) {
        guard let colon = rest.firstIndex(of: ":") else { return }
        let word = rest[..<colon]
        guard let first = word.first, first.isASCII, first.isLetter,
            word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return }
        scheme = word.lowercased()
        rest = rest[rest.index(after: colon)...]
    }

    private mutating func takeQuery(_ rest: inout Substring) {
        guard let mark = rest.firstIndex(of: "?") else { return }
        rawQuery = String(rest[rest.index(after: mark)...])
        rest = rest[..<mark]
        forceQuery = rawQuery.isEmpty
    }

    private mutating func takeAuthority(_ rest: inout Substring) {
        let authority = rest.dropFirst(2).prefix { $0 != "/" }
        rest = rest[authority.endIndex...]
        let at = authority.lastIndex(of: "@")
        hasUser = at != nil
        host = String(at.map { authority[authority.index(after: $0)...] } ?? authority)
    }

    private static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".utf8
    )
    private static let inPath = unreserved.union("$&+,/:;=@".utf8)
    private static let inFragment = inPath.union("?!()*".utf8)

    private static func encoded(_ text: String, _ plain: Set<UInt8>) -> String {
        text.utf8.map { byte in
            if plain.contains(byte) { return String(Character(Unicode.Scalar(byte))) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.first != UInt8(ascii: "+"),
                let value = UInt8(Substring(digits), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The text of a URL with these parts, each as it is written in a URL but for path and fragment.
    package static func text(
        scheme: String,
        opaque: String,
        host: String,
        path: String,
        rawQuery: String,
        fragment: String,
    ) -> String {
        var text = scheme.isEmpty ? "" : scheme + ":"
        if !opaque.isEmpty {
            text += opaque
        } else {
            if !scheme.isEmpty || !host.isEmpty, !host.isEmpty || !path.isEmpty {
                text += "//" + host
            }
            if !path.isEmpty, !path.hasPrefix("/"), !host.isEmpty { text += "/" }
            text += encoded(path, inPath)
        }
        if !rawQuery.isEmpty { text += "?" + rawQuery }
        return fragment.isEmpty ? text : text + "#" + encoded(fragment, inFragment)
    }
}
