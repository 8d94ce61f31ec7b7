import Gob

/// The article's type, `complexData`, and values of it.
enum Article {
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

    static func datum(_ value: GobValue) -> GobDatum {
        GobDatum(schema: schema, type: type, value: value)
    }

    /// So many structs, each in the field `C` of the one before.
    static func chain(length: Int) -> GobDatum {
        var value = GobValue.structure([.int(1), .zero, .zero, .zero, .zero])
        for _ in 1..<length { value = .structure([.zero, .zero, .zero, .zero, value]) }
        return datum(value)
    }

    static func depth(of value: GobValue) -> Int {
        var depth = 0
        var value = value
        while case .structure(let fields) = value {
            depth += 1
            value = fields[4]
        }
        return depth
    }
}
