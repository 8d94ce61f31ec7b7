/// Reads type definitions. A definition is itself a gob struct, of types that every peer knows.
extension ByteReader {
    /// A `wireType`: a struct of which one field is sent, whose number says what is defined.
    ///
    /// Where there are several the first one counts; but no type writes itself and is also
    /// something else (decode.go, `compatibleType`).
    mutating func wireType(_ limits: GobLimits) throws(GobError.Fault) -> WireType {
        var cursor = FieldCursor()
        guard let field = try cursor.next(in: &self, count: 7) else {
            throw .malformedDefinition("it defines nothing")
        }
        let type = try wireType(field: field, limits)
        while let other = try cursor.next(in: &self, count: 7) {
            guard case .opaque = try wireType(field: other, limits).shape else { continue }
            throw .malformedDefinition("it defines two types at once")
        }
        return type
    }

    private mutating func wireType(
        field: Int,
        _ limits: GobLimits,
    ) throws(GobError.Fault) -> WireType {
        switch field {
        case 0: try arrayType(limits)
        case 1: try sliceType(limits)
        case 2: try structType(limits)
        case 3: try mapType(limits)
        case 4: try opaqueType(.gob, limits)
        case 5: try opaqueType(.binary, limits)
        default: try opaqueType(.text, limits)
        }
    }

    /// `arrayType { CommonType; Elem typeId; Len int }`.
    private mutating func arrayType(_ limits: GobLimits) throws(GobError.Fault) -> WireType {
        var name = ""
        var element = TypeID(0)
        var count: Int64 = 0
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &self, count: 3) {
            switch field {
            case 0: name = try commonName(limits)
            case 1: element = TypeID(try int())
            default: count = try int()
            }
        }
        guard count >= 0 else { throw .malformedDefinition("an array of length \(count)") }
        return WireType(name: name, shape: .array(element: element, count: Int(count)))
    }

    /// `sliceType { CommonType; Elem typeId }`.
    private mutating func sliceType(_ limits: GobLimits) throws(GobError.Fault) -> WireType {
        var name = ""
        var element = TypeID(0)
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &self, count: 2) {
            switch field {
            case 0: name = try commonName(limits)
            default: element = TypeID(try int())
            }
        }
        return WireType(name: name, shape: .slice(element: element))
    }

    /// `structType { CommonType; Field []fieldType }`.
    private mutating func structType(_ limits: GobLimits) throws(GobError.Fault) -> WireType {
        var name = ""
        var fields: [WireType.Field] = []
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &self, count: 2) {
            switch field {
            case 0: name = try commonName(limits)
            default:
                for _ in 0..<(try count()) { fields.append(try fieldType(limits)) }
            }
        }
        return WireType(name: name, shape: .structure(fields))
    }

    /// `fieldType { Name string; Id typeId }`.
    private mutating func fieldType(_ limits: GobLimits) throws(GobError.Fault) -> WireType.Field {
        let (name, id) = try nameAndID(limits)
        guard !name.isEmpty else { throw .malformedDefinition("a field without a name") }
        return WireType.Field(name: name, type: id)
    }

    /// `mapType { CommonType; Key, Elem typeId }`.
    private mutating func mapType(_ limits: GobLimits) throws(GobError.Fault) -> WireType {
        var name = ""
        var key = TypeID(0)
        var value = TypeID(0)
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &self, count: 3) {
            switch field {
            case 0: name = try commonName(limits)
            case 1: key = TypeID(try int())
            default: value = TypeID(try int())
            }
        }
        return WireType(name: name, shape: .map(key: key, value: value))
    }

    /// `gobEncoderType { CommonType }`.
    private mutating func opaqueType(
        _ encoding: OpaqueEncoding,
        _ limits: GobLimits,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var cursor = FieldCursor()
        while try cursor.next(in: &self, count: 1) != nil {
            name = try commonName(limits)
        }
        return WireType(name: name, shape: .opaque(encoding))
    }

    /// The name in a `CommonType { Name string; Id typeId }`.
    private mutating func commonName(_ limits: GobLimits) throws(GobError.Fault) -> String {
        try nameAndID(limits).name
    }

    private mutating func nameAndID(
        _ limits: GobLimits,
    ) throws(GobError.Fault) -> (name: String, id: TypeID) {
        var name = ""
        var id = TypeID(0)
        var cursor = FieldCursor()
        while let field = try cursor.next(in: &self, count: 2) {
            switch field {
            case 0: name = try self.name(.nameLength, limits.nameLength)
            default: id = TypeID(try int())
            }
        }
        return (name, id)
    }
}
