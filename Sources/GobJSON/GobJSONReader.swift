public import GoTypes
public import Gob

/// Makes gob values of JSON documents, as Go's `encoding/json` does for the same Go type.
///
/// Field names match exactly, else without regard to case; fields of embedded structs go by their
/// own names, or inside their struct's. Bytes are base64, a list of numbers, or `{"@text": "…"}`.
/// Map keys are strings, or numbers in strings; a map with other keys is a list of pairs. `"NaN"`,
/// `"+Inf"` and `"-Inf"` are floats, `[re, im]` is a complex number. What is in an interface is
/// `{"@type": "main.Point", "@value": …}`, or plain JSON.
public struct GobJSONReader: Sendable {
    private let types: GoTypeSet
    private var prepared: (type: GoType, conversion: JSONConversion)?

    /// A reader of values of the types in a set.
    public init(types: GoTypeSet) {
        self.types = types
    }

    /// Makes ready for many values of one type, so that its parts are looked up once.
    ///
    /// - Throws: ``GobJSONError`` where the type is not declared, or cannot be sent.
    public mutating func prepare(for type: GoType) throws(GobJSONError) {
        prepared = (type, try conversion(to: type))
    }

    /// The value of a type that a document describes.
    ///
    /// - Parameters:
    ///   - json: The document; what its parser accepts is nested to 512 levels at most.
    ///   - type: The type of the whole, of this reader's set.
    /// - Returns: The value, with the types that Go would send.
    /// - Throws: ``GobJSONError`` with the path of the place that does not fit.
    public func datum(_ json: JSONValue, as type: GoType) throws(GobJSONError) -> GobDatum {
        var conversion = try conversion(to: type)
        let value = try conversion.value(json, conversion.layout.root, .top, path: JSONPath())
        let layout = conversion.layout
        return GobDatum(schema: layout.schema, type: layout.wireType(of: layout.root), value: value)
    }

    private func conversion(to type: GoType) throws(GobJSONError) -> JSONConversion {
        if let prepared, prepared.type == type { return prepared.conversion }
        do {
            let layout = try GoLayout(types: types, type: type)
            try layout.checkSendable(layout.root)
            return JSONConversion(layout: layout)
        } catch {
            throw GobJSONError(.type(error))
        }
    }
}
