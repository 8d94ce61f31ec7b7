import GoTypes
import Gob

/// The struct of the article, and the value that its client sends.
enum Article {
    /// `complexData`, the default type of `send struct`, as the article declares it.
    static let declaration = """
        type complexData struct {
        \tN int
        \tS string
        \tM map[string]int
        \tP []byte
        \tC *complexData
        }
        """

    /// The types that are declared, and the one of them that is sent.
    static let (types, type): (GoTypeSet, GoType) = {
        var types = GoTypeSet()
        do {
            try types.declare(declaration)
            return (types, try types.type("complexData"))
        } catch {
            preconditionFailure("the article's own declaration: \(error)")
        }
    }()

    /// What Go sends of them.
    private static let (schema, index): (GobSchema, TypeIndex) = {
        do {
            return try types.schema(of: type)
        } catch {
            preconditionFailure("the article's own type: \(error)")
        }
    }()

    /// The string that the article's client sends first.
    static let text = "Additional data."

    /// The struct that it sends then.
    static let datum = GobDatum(
        schema: schema,
        type: index,
        value: .structure([
            .int(23), .string("string data"), map(["one": 1, "two": 2, "three": 3]),
            .bytes(Array("abc".utf8)),
            .structure([
                .int(256), .string("Recursive structs? Piece of cake!"),
                map(["01": 1, "10": 2, "11": 3]), .zero, .zero,
            ]),
        ])
    )

    private static func map(_ pairs: KeyValuePairs<String, Int64>) -> GobValue {
        .map(pairs.flatMap { [.string($0.key), .int($0.value)] })
    }
}
