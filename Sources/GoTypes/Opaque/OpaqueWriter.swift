package import Gob

/// The types of Go's library that write themselves: what their bytes say, and bytes for what JSON
/// says.
///
/// Bytes that the type's own method would not have written are left as bytes.
package enum OpaqueWriter: String, Sendable, CaseIterable {
    case time = "time.Time"
    case bigInt = "big.Int"
    case bigFloat = "big.Float"
    case bigRat = "big.Rat"
    case decimal = "decimal.Decimal"
    case url = "url.URL"
    case address = "netip.Addr"
    case addressPort = "netip.AddrPort"
    case prefix = "netip.Prefix"
    case uuid = "uuid.UUID"

    /// What an opaque value is that came without its Go type, or `nil` where it is not known.
    ///
    /// Its name tells what it may be. A pointer comes without a name: then it may be a time, whose
    /// bytes are like no others.
    package static func read(
        _ bytes: [UInt8],
        name: String,
        encoding: OpaqueEncoding,
    ) -> (writer: OpaqueWriter, reading: Reading)? {
        let unnamed: OpaqueWriter? = name.isEmpty && encoding == .gob ? .time : nil
        guard let writer = OpaqueWriter(name: name, encoding: encoding) ?? unnamed,
            let reading = writer.read(bytes)
        else { return nil }
        return (writer, reading)
    }

    /// What the bytes of an opaque value say.
    package enum Reading: Sendable, Equatable {
        /// A number as it is written.
        case number(String)
        /// A text.
        case text(String)
        /// A URL, which Go shows as a struct.
        case url(GoURL)
    }

    /// The type that a name and an encoding on the wire probably mean; its bytes must agree.
    package init?(name: String, encoding: OpaqueEncoding) {
        guard let writer = Self.allCases.first(where: { $0.rawValue.withoutGoPackage == name }),
            writer.encoding == encoding
        else { return nil }
        self = writer
    }

    /// By which of its methods the type writes itself.
    package var encoding: OpaqueEncoding {
        switch self {
        case .time, .bigInt, .bigFloat, .bigRat, .decimal: .gob
        case .url, .address, .addressPort, .prefix, .uuid: .binary
        }
    }

    /// Where Go finds its package.
    var importPath: String {
        switch self {
        case .time: "time"
        case .bigInt, .bigFloat, .bigRat: "math/big"
        case .url: "net/url"
        case .address, .addressPort, .prefix: "net/netip"
        case .decimal: "github.com/shopspring/decimal"
        case .uuid: "github.com/google/uuid"
        }
    }

    /// Whether Go compares its values, as those of a map's keys.
    var isComparable: Bool {
        switch self {
        case .bigInt, .bigFloat, .bigRat: false
        case .time, .url, .address, .addressPort, .prefix, .uuid, .decimal: true
        }
    }

    /// What bytes say, or `nil` where they are none of this type's.
    package func read(_ bytes: [UInt8]) -> Reading? {
        switch self {
        case .time: GoTime(gob: bytes)?.text.map { .text($0) }
        case .bigInt: GoBigInt(gob: bytes).map { .number($0.text) }
        case .bigFloat: GoBigFloat(gob: bytes)?.text.map { .text($0) }
        case .bigRat: GoBigRat(gob: bytes).map { .text($0.text) }
        case .decimal: GoDecimal(gob: bytes)?.text.map { .text($0) }
        case .url: GoURL(bytes: bytes).map { .url($0) }
        case .address: NetworkAddress(bytes: bytes).map { .text($0.text) }
        case .addressPort: NetworkAddress.textWithPort(bytes).map { .text($0) }
        case .prefix: NetworkAddress.textWithPrefix(bytes).map { .text($0) }
        case .uuid: UUIDText.text(of: bytes).map { .text($0) }
        }
    }

    /// The bytes of what JSON says in a string or, for `big.Int`, a number.
    package func bytes(of text: String) -> [UInt8]? {
        switch self {
        case .time: GoTime(text: text)?.gob
        case .bigInt: GoBigInt(text: text)?.gob
        case .bigFloat: GoBigFloat(text: text)?.gob
        case .bigRat: GoBigRat(text: text)?.gob
        case .decimal: GoDecimal(text: text)?.gob
        case .url: GoURL(bytes: Array(text.utf8)) == nil ? nil : Array(text.utf8)
        case .address: NetworkAddress.bytes(ofAddress: text)
        case .addressPort: NetworkAddress.bytes(ofAddressAndPort: text)
        case .prefix: NetworkAddress.bytes(ofPrefix: text)
        case .uuid: UUIDText.bytes(of: text)
        }
    }

    /// What the zero value writes, where it is sent.
    package var zero: [UInt8] {
        switch self {
        case .time: GoTime.zero.gob
        case .bigInt: [2]
        case .bigFloat: [1, 8, 0, 0, 0, 0]
        case .bigRat: [2, 0, 0, 0, 0]
        case .decimal: [0, 0, 0, 0, 2]
        case .url, .address: []
        case .addressPort: [0, 0]
        case .prefix: [0]
        case .uuid: [UInt8](repeating: 0, count: 16)
        }
    }

    /// What JSON must have, for messages.
    package var form: String {
        switch self {
        case .time: "a time such as \"2006-01-02T15:04:05Z\""
        case .bigInt: "an integer"
        case .bigFloat, .decimal: "a number in a string"
        case .bigRat: "a fraction such as \"1/3\""
        case .url: "a URL"
        case .address: "an IP address"
        case .addressPort: "an IP address with a port"
        case .prefix: "an IP address with a prefix such as \"/8\""
        case .uuid: "a UUID"
        }
    }
}
