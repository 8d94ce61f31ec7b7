import Gob
import GobJSON

/// Parses a JSON document, and makes a gob of what describes the article's struct.
@_cdecl("LLVMFuzzerTestOneInput")
public func json(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // A number or a bracket takes a value of 17 bytes; arrays double as they grow.
    let parsed = Fuzzing.measured(memory: 4_096 + 1_000 * count) {
        Result { try JSONValue(parsing: bytes) }
    }
    switch parsed {
    case .failure(let error): _ = "\(error)"
    case .success(let document): exchange(document)
    }
    return 0
}

/// What a document describes is the same after it was sent and written as JSON.
private func exchange(_ document: JSONValue) {
    let reader = GobJSONReader(schema: schema)
    do {
        let datum = try reader.datum(document, as: type)
        let text = GobJSONWriter.text(of: datum)
        let again = try reader.datum(JSONValue(parsing: Array(text.utf8)), as: type)
        let textAgain = GobJSONWriter.text(of: again)
        Fuzzing.expect(text == textAgain, "\(text) became \(textAgain)")
    } catch {
        _ = "\(error)"
    }
}

private let (schema, type): (GobSchema, TypeIndex) = {
    var schema = GobSchema()
    let data = schema.reserve()
    let map = schema.add(.map(key: TypeIndex(.string), value: TypeIndex(.int)))
    let list = schema.add(.slice(element: TypeIndex(.float)))
    let array = schema.add(.array(element: TypeIndex(.uint), count: 2))
    let fields = [
        GobField("N", TypeIndex(.int)), GobField("S", TypeIndex(.string)), GobField("M", map),
        GobField("P", TypeIndex(.bytes)), GobField("C", data), GobField("L", list),
        GobField("A", array), GobField("B", TypeIndex(.bool)), GobField("Z", TypeIndex(.complex)),
        GobField("V", TypeIndex(.interface)),
    ]
    schema.define(data, as: .structure(fields), name: "complexData")
    return (schema, data)
}()
