import GoTypes
import Gob
import Testing

/// Received fields that go to fields of embedded structs.
@Suite struct PromotionTests {
    @Test(
        "a field of an embedded struct is found as reflect finds it",
        arguments: [
            ("type R struct { In; Y int }; type In struct { X int }", "[[1], 2]"),
            ("type R struct { In; X, Y int }; type In struct { X int }", "[[0], 1, 2]"),
            (
                "type R struct { L; M; Y int }; type L struct { X int }; type M struct { X int }",
                "[[0], [0], 2]"
            ),
            (
                "type R struct { L; M; Y int }; type L struct { In }; type M struct { In }; "
                    + "type In struct { X int }", "[[[0]], [[0]], 2]"
            ),
            ("type R struct { *In; Y int }; type In struct { X int }", "nil"),
            ("type R struct { in; Y int }; type in struct { X int }", "[2]"),
        ]
    )
    func promoted(_ declarations: String, _ expected: String) throws {
        var types = GoTypeSet()
        try types.declare(declarations)
        var schema = GobSchema()
        let int = TypeIndex(.int)
        let type = schema.add(.structure([GobField("X", int), GobField("Y", int)]), name: "S")
        let datum = GobDatum(schema: schema, type: type, value: .structure([.int(1), .int(2)]))
        var receiver = try GoReceiver(types.type("R"), in: types)
        if expected == "nil" {
            let error = #expect(throws: GoReceiveError.self) { try receiver.receive(datum) }
            #expect(
                error?.inGo
                    == "panic: reflect: indirection through nil pointer to embedded struct"
            )
        } else {
            #expect(try receiver.receive(datum).value.numbers == expected)
        }
    }
}

extension GobValue {
    /// The numbers in structs.
    fileprivate var numbers: String {
        switch self {
        case .int(let number): "\(number)"
        case .structure(let values): "[\(values.map(\.numbers).joined(separator: ", "))]"
        default: "?"
        }
    }
}
