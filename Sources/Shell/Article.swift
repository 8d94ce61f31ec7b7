import Gob

/// The struct of the article, and the value that its client sends.
enum Article {
    /// `complexData`, the default type of `send struct`, in a schema of its own.
    static let (schema, type): (GobSchema, TypeIndex) = {
        var schema = GobSchema()
        let data = schema.reserve()
        let map = schema.add(
            .map(key: TypeIndex(.string), value: TypeIndex(.int)),
            name: "map[string]int"
        )
        let fields = [
            GobField("N", TypeIndex(.int)), GobField("S", TypeIndex(.string)), GobField("M", map),
            GobField("P", TypeIndex(.bytes)), GobField("C", data),
        ]
        schema.define(data, as: .structure(fields), name: "complexData")
        return (schema, data)
    }()

    /// The string that the article's client sends first.
    static let text = "Additional data."

    /// The struct that it sends then.
    static let datum = GobDatum(
        schema: schema,
        type: type,
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
