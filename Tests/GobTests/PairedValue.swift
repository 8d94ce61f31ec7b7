import GoTypes
import Gob
import GobJSON

/// A value of a Go type, to be sent to a program that has another: a line of a ``GoProgram`` of pairs.
struct PairedValue {
    let name: String
    private let pair: Int
    private let sent: Side
    private let received: Side
    private let json: JSONValue

    /// A type and all that is declared with it.
    private struct Side {
        let type: String
        let declarations: [String]
    }

    /// What was foretold of a value, as the program wants it.
    struct Forecast: Encodable {
        let Name: String
        let Pair: Int
        let Stream: String
        var Outcome = ""
        var Error = ""
        var Value = ""
        let Unsent: [String]
        let Dropped: [String]
        let Missing: [String]
    }

    /// What every program of pairs declares, and registers.
    private static let common = """
        type Shape interface { Shape() }
        type Item struct { A int; B string }
        type Clash struct { X string }
        """
    private static let opaque = """
        package opaque
        type GobStruct struct { n int64; s string }
        type BinarySlice []uint16
        func (GobStruct) GobEncode() ([]byte, error)
        func (BinarySlice) MarshalBinary() ([]byte, error)
        """

    init(_ line: JSONValue) {
        name = line["name"].text
        pair = line["pair"].integer
        sent = Side(
            type: line["sent"].text,
            declarations: line["sentDecls"].elements.map(\.text)
        )
        received = Side(
            type: line["received"].text,
            declarations: line["receivedDecls"].elements.map(\.text)
        )
        json = line["json"]
    }

    /// Sends the value, and foretells what becomes of it.
    func forecast() throws -> Forecast {
        let (senders, receivers) = (try types(sent), try types(received))
        let datum = try GobJSONReader(types: senders).datum(json, as: senders.type(sent.type))
        let forecast = try GoForecast(
            of: datum,
            sentAs: senders.type(sent.type),
            in: senders,
            receivedAs: receivers.type(received.type),
            in: receivers,
            placeLimit: .max
        )
        var result = Forecast(
            Name: name,
            Pair: pair,
            Stream: try encode(datum).hex,
            Unsent: forecast.notes.filter(\.isUnsent).flatMap(\.places),
            Dropped: forecast.notes.filter(\.isDropped).flatMap(\.places),
            Missing: forecast.notes.filter(\.isMissing).flatMap(\.places)
        )
        switch forecast.outcome {
        case .received(let value):
            result.Outcome = "received"
            result.Value = value.plain
        case .refused(let error):
            result.Outcome = "refused"
            result.Error = error.inGo ?? ""
        case .unknown: result.Outcome = "unknown"
        }
        return result
    }

    private func types(_ side: Side) throws -> GoTypeSet {
        var types = GoTypeSet()
        try types.declare(Self.common)
        try types.declare(Self.opaque)
        for declaration in side.declarations { try types.declare(declaration) }
        let clash = types.names.first { $0.hasSuffix("Clash") && $0 != "Clash" }
        try types.register("clash", as: clash ?? "Clash")
        try types.register("differential/opaque.GobStruct", as: "opaque.GobStruct")
        return types
    }
}

extension GoForecast.Note {
    fileprivate var isUnsent: Bool { if case .unsent = kind { true } else { false } }
    fileprivate var isDropped: Bool { if case .dropped = kind { true } else { false } }
    fileprivate var isMissing: Bool { if case .missing = kind { true } else { false } }
}

extension GobDatum {
    /// The value as the program in Go writes it (`plain`).
    fileprivate var plain: String { plain(value, type) }

    /// What the zero values of the program's types write.
    private static let zeros: [[UInt8]] = [
        [], [0], [2], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
    ]

    private func plain(_ value: GobValue, _ type: TypeIndex) -> String {
        switch (value, schema[type]) {
        case (.zero, _): return "nil"
        case (.bool(let truth), _): return "\(truth)"
        case (.int(let number), _): return "\(number)"
        case (.uint(let number), _): return "\(number)"
        case (.float(let number), _): return number.bits
        case (.complex(let real, let imaginary), _): return "\(real.bits)+\(imaginary.bits)"
        case (.string(let text), _): return "string \(Array(text.utf8).hex)"
        case (.invalidString(let bytes), _): return "string \(bytes.hex)"
        case (.bytes(let bytes), _): return bytes.isEmpty ? "nil" : "bytes \(bytes.hex)"
        case (.opaque(let bytes), _):
            return Self.zeros.contains(bytes) ? "nil" : "opaque \(bytes.hex)"
        case (.list(let values), .slice) where values.isEmpty: return "nil"
        case (.list(let values), .slice(let element)), (.list(let values), .array(let element, _)):
            return "[\(values.map { plain($0, element) }.joined(separator: ", "))]"
        case (.map(let pairs), .map(let key, let part)):
            let parts = stride(from: 0, to: pairs.count, by: 2).map { index in
                "\(plain(pairs[index], key)): \(plain(pairs[index + 1], part))"
            }
            let sorted = parts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return "map[\(sorted.joined(separator: ", "))]"
        case (.structure(let values), .structure(let fields)):
            let parts = zip(values, fields).map { "\($1.name): \(plain($0, $1.type))" }
            return "{\(parts.joined(separator: ", "))}"
        case (.interface(let content), _):
            return "\(content.name)(\(plain(content.value, content.type)))"
        default: return "a value of another type"
        }
    }
}

extension Double {
    fileprivate var bits: String { isNaN ? "NaN" : String(bitPattern, radix: 16) }
}
