import GoTypes
import Gob
import GobJSON
import Testing

/// The types of the vectors, declared in Go source, against what real Go sends and receives.
@Suite struct GoVectorTests {
    @Test("a Go type is sent with the definitions that Go sends", arguments: Vector.all)
    func definitions(_ vector: Vector) throws {
        let types = try vector.goTypes()
        for (datum, text) in try zip(decodeAll(vector.bytes), vector.types) {
            let (schema, type) = try types.schema(of: types.type(text))
            let made = Definitions(schema: schema, root: type)
            #expect(made == Definitions(schema: datum.schema, root: datum.type))
        }
    }

    @Test("a Go receiver has what Go decodes", arguments: Vector.all.filter(\.isShown))
    func receives(_ vector: Vector) throws {
        let types = try vector.goTypes()
        let data = try decodeAll(vector.bytes)
        #expect(data.count == vector.expected.count)
        for (index, datum) in data.enumerated() {
            let type = try types.type(vector.types[index])
            let text = try GobJSONWriter.text(of: datum, as: type, in: types)
            let expected = vector.expected[index].renamed(vector)
            guard vector.hasEmbedded else {
                #expect(try JSONValue(parsing: Array(text.utf8)) == expected)
                continue
            }
            // The vector shows an embedded struct as gob does, `json.Marshal` does not.
            let read = try GobJSONReader(types: types).datum(expected, as: type)
            #expect(try GobJSONWriter.text(of: read, as: type, in: types) == text)
        }
    }

    @Test("JSON is sent as Go sends the same value", arguments: Vector.all.filter(\.isKept))
    func sends(_ vector: Vector) throws {
        let types = try vector.goTypes()
        let reader = GobJSONReader(types: types)
        var encoder = GobStreamEncoder()
        var bytes: [UInt8] = []
        for (json, text) in zip(vector.json, vector.types) {
            let datum = try reader.datum(json.renamed(vector), as: types.type(text))
            bytes += try encoder.encode(datum)
        }
        if vector.isDetermined { #expect(bytes.hex == vector.hex) }
        let sent = try decodeAll(bytes)
        let received = try decodeAll(vector.bytes)
        #expect(sent.count == received.count)
        for (index, text) in vector.types.enumerated() {
            let type = try types.type(text)
            let made = try GobJSONWriter.text(of: sent[index], as: type, in: types)
            #expect(try made == GobJSONWriter.text(of: received[index], as: type, in: types))
        }
    }

    @Test("of a bad stream a Go receiver has the values that Go has, and an error where Go has one")
    func bad() throws {
        #expect(BadVector.all.count == 2_648)
        for vector in BadVector.all where vector.differs == nil {
            let types = try GoTypeSet(vector: vector.declarations)
            let type = try types.type(vector.type)
            let (values, error) = receiveUntilError(vector.bytes, type, types)
            #expect(values.count == vector.values, "\(vector.name)")
            // Where a message is empty Go takes it for the end, and this for a fault.
            if !["", "EOF"].contains(vector.error) {
                #expect(error != nil, "\(vector.name): \(vector.error)")
            }
            for (value, expected) in zip(values, vector.json) where vector.type != "holder" {
                let json = try JSONValue(parsing: Array(value.utf8))
                #expect(json == expected.renamed, "\(vector.name)")
            }
        }
    }

    /// What a receiver has of each value before the first error, as JSON, and the error.
    private func receiveUntilError(
        _ bytes: [UInt8],
        _ type: GoType,
        _ types: GoTypeSet,
    ) -> (values: [String], error: (any Error)?) {
        var decoder = GobStreamDecoder()
        var position = 0
        var values: [String] = []
        do {
            while let datum = try decoder.next(in: bytes, at: &position) {
                values.append(try GobJSONWriter.text(of: datum, as: type, in: types))
            }
            return (values, nil)
        } catch {
            return (values, error)
        }
    }
}

/// The definitions that a type needs, in the order in which they are sent, as text.
struct Definitions: Equatable {
    var lines: [String] = []

    init(schema: GobSchema, root: TypeIndex) {
        var numbers: [TypeIndex: Int] = [:]
        var pending = [root]
        while let type = pending.popLast() {
            guard numbers[type] == nil else { continue }
            numbers[type] = numbers.count
            lines.append("\(schema.name(of: type)): \(schema.kind(of: type).map { "\($0)" } ?? "")")
            switch schema[type] {
            case .array(let element, _), .slice(let element): pending.append(element)
            case .map(let key, let value): pending += [value, key]
            case .structure(let fields):
                lines.append(fields.map(\.name).joined(separator: ","))
                pending += fields.reversed().map(\.type)
            case .opaque(let encoding): lines.append("\(encoding)")
            case .basic, nil: break
            }
        }
    }
}

extension Vector {
    /// What the vector's declarations say, with the methods that its comments tell of, and what the
    /// program that made the vectors had registered.
    func goTypes() throws -> GoTypeSet {
        var types = try GoTypeSet(vector: declarations)
        // An alias names an embedded field, which the vector's own declaration cannot say.
        if name == "struct/embedded-alias" {
            try types.declare("type Alias = Base; type derived struct { Alias }")
        }
        return types
    }

    /// Whether JSON shows the value: not where a method of the program that made the vectors would
    /// have to be called for it.
    var isShown: Bool { !name.hasPrefix("encoder/") }

    /// Whether JSON shows all of the value: it shows no user of a URL.
    var isKept: Bool { isShown && !["url", "net/fields"].contains(name) }

    /// Whether a struct is embedded in another.
    var hasEmbedded: Bool {
        name.hasPrefix("struct/embedded") || ["stream/mixed", "ids/three-bytes"].contains(name)
    }

    /// Whether there is but one way to send the value: not where JSON has lost something, a map has
    /// several keys, or Go numbers types that it does not send.
    var isDetermined: Bool {
        let lost = ["float64/nan-", "big/", "url", "net/", "time/offset-seconds"]
        return hasFirstIDs && !hasSeveralKeys && !lost.contains { name.hasPrefix($0) }
            && expected == json
    }
}

extension BadVector {
    /// Why Go takes a stream that is refused here, or refuses one that is taken; `nil` where the two
    /// agree.
    var differs: String? {
        switch name {
        case "flipped/containers/full/528-01", "flipped/containers/full/528-ff":
            "Go does not look at a type that no stream can define where it met its own before"
        case _ where error.hasPrefix("gobbed:") || error.hasPrefix("strconv"):
            "a method of the program that made the vectors refuses its bytes"
        default: nil
        }
    }
}

extension GoTypeSet {
    /// The declarations of a vector.
    init(vector declarations: [String]) throws {
        self.init()
        try declare(
            """
            type point struct { X, Y int }
            type myInt int
            type person struct { ID int; Name string; Score float64; Tags []string }
            type nested struct { In any }
            type square struct { Side float64 }
            type circle struct { R float64 }
            type list struct { V int; Next *list }
            """
        )
        try register("short", as: "person")
        for declaration in declarations {
            try declare(declaration)
            let name = declaration.split(separator: " ")[1]
            for (comment, method) in [
                ("// has GobEncode", "GobEncode"), ("// has MarshalBinary", "MarshalBinary"),
            ] where declaration.hasSuffix(comment) {
                try declare("func (v \(name)) \(method)() ([]byte, error)")
            }
        }
    }
}

extension JSONValue {
    /// The value with the vector's spelling of an interface made ours.
    func renamed(_ vector: Vector) -> JSONValue {
        guard vector.name != "interface/time" else {
            return .object([
                Member(
                    "V",
                    .object([
                        Member("@type", .string("time.Time")),
                        Member("@value", .string("1970-01-01T00:00:01Z")),
                    ])
                )
            ])
        }
        return renamed
    }

    /// Objects of a type and a value are how the vectors show what is in an interface.
    var renamed: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.renamed))
        case .object(let members) where members.map(\.name) == ["type", "value"]:
            .object(members.map { Member("@" + $0.name, $0.value.renamed) })
        case .object(let members): .object(members.map { Member($0.name, $0.value.renamed) })
        case .null, .bool, .number, .string: self
        }
    }
}
