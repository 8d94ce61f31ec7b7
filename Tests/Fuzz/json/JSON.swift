import GoTypes
import Gob
import GobJSON

/// Has the declarations made.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(_: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?) -> CInt {
    Fuzzing.preparing { exchange(.object([])) }
    return 0
}

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
    let reader = GobJSONReader(types: types)
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

private let (types, type): (GoTypeSet, GoType) = {
    var types = GoTypeSet()
    do {
        try types.declare(
            """
            type data struct {
                N int8; S string; M map[string]int; P []byte; C *data; L []float32
                A [2]uint16; B bool; Z complex128; V any; T time.Time; I *big.Int; E
                K map[point]bool
            }
            type point struct { X, Y int }
            type E struct { F float64; R []rune }
            """
        )
        return (types, try types.type("data"))
    } catch {
        fatalError("\(error)")
    }
}()
