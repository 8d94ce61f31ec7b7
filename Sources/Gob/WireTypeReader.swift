/// Reads type definitions. A definition is itself a gob struct, of types that every peer knows.
extension ByteReader {
    /// A `wireType`: a struct of which one field is sent, whose number says what is defined.
    ///
    /// Where there are several the first one counts; but no type writes itself and is also
    /// something else (decode.go, `compatibleType`).
    mutating func wireType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var cursor = FieldCursor()
        guard let field = try next(&cursor, of: .wireType, observer) else {
            throw .malformedDefinition("it defines nothing")
        }
        let type = try wireType(field: field, limits, observer)
        while let other = try next(&cursor, of: .wireType, observer) {
            let type = try wireType(field: other, limits, observer)
            guard case .opaque = type.shape else { continue }
            throw .malformedDefinition("it defines two types at once")
        }
        return type
    }

    private mutating func wireType(
        field: Int,
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        switch field {
        case 0: try arrayType(limits, observer)
        case 1: try sliceType(limits, observer)
        case 2: try structType(limits, observer)
        case 3: try mapType(limits, observer)
        case 4: try opaqueType(.gob, limits, observer)
        case 5: try opaqueType(.binary, limits, observer)
        default: try opaqueType(.text, limits, observer)
        }
    }

    /// `arrayType { CommonType; Elem typeId; Len int }`.
    private mutating func arrayType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var element = TypeID(0)
        var count: Int64 = 0
        var cursor = FieldCursor()
        while let field = try next(&cursor, of: .arrayType, observer) {
            switch field {
            case 0: name = try commonName(limits, observer)
            case 1: element = try typeID(observer)
            default: count = try arrayLength(observer)
            }
        }
        guard count >= 0 else { throw .malformedDefinition("an array of length \(count)") }
        return WireType(name: name, shape: .array(element: element, count: Int(count)))
    }

    /// `sliceType { CommonType; Elem typeId }`.
    private mutating func sliceType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var element = TypeID(0)
        var cursor = FieldCursor()
        while let field = try next(&cursor, of: .sliceType, observer) {
            switch field {
            case 0: name = try commonName(limits, observer)
            default: element = try typeID(observer)
            }
        }
        return WireType(name: name, shape: .slice(element: element))
    }

    /// `structType { CommonType; Field []fieldType }`.
    private mutating func structType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var fields: [WireType.Field] = []
        var cursor = FieldCursor()
        while let field = try next(&cursor, of: .structType, observer) {
            switch field {
            case 0: name = try commonName(limits, observer)
            default:
                tell(observer, .fieldCount)
                for _ in 0..<(try count()) { fields.append(try fieldType(limits, observer)) }
            }
        }
        return WireType(name: name, shape: .structure(fields))
    }

    /// `fieldType { Name string; Id typeId }`.
    private mutating func fieldType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType.Field {
        let (name, id) = try nameAndID(of: .fieldType, limits, observer)
        guard !name.isEmpty else { throw .malformedDefinition("a field without a name") }
        return WireType.Field(name: name, type: id)
    }

    /// `mapType { CommonType; Key, Elem typeId }`.
    private mutating func mapType(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var key = TypeID(0)
        var value = TypeID(0)
        var cursor = FieldCursor()
        while let field = try next(&cursor, of: .mapType, observer) {
            switch field {
            case 0: name = try commonName(limits, observer)
            case 1: key = try typeID(observer)
            default: value = try typeID(observer)
            }
        }
        return WireType(name: name, shape: .map(key: key, value: value))
    }

    /// `gobEncoderType { CommonType }`.
    private mutating func opaqueType(
        _ encoding: OpaqueEncoding,
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> WireType {
        var name = ""
        var cursor = FieldCursor()
        while try next(&cursor, of: .opaqueType, observer) != nil {
            name = try commonName(limits, observer)
        }
        return WireType(name: name, shape: .opaque(encoding))
    }

    /// The name in a `CommonType { Name string; Id typeId }`.
    private mutating func commonName(
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> String {
        try nameAndID(of: .commonType, limits, observer).name
    }

    private mutating func nameAndID(
        of wireStruct: WireStruct,
        _ limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> (name: String, id: TypeID) {
        var name = ""
        var id = TypeID(0)
        var cursor = FieldCursor()
        while let field = try next(&cursor, of: wireStruct, observer) {
            switch field {
            case 0:
                tell(observer, .name)
                name = try self.name(.nameLength, limits.nameLength)
            default: id = try typeID(observer)
            }
        }
        return (name, id)
    }

    /// The next field of a struct that a definition is made of, or `nil` at its end.
    private mutating func next(
        _ cursor: inout FieldCursor,
        of wireStruct: WireStruct,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) -> Int? {
        tell(observer, .field(of: wireStruct, after: cursor.field))
        return try cursor.next(in: &self, count: wireStruct.fieldCount)
    }

    private mutating func typeID(
        _ observer: some WalkObserver
    ) throws(GobError.Fault) -> TypeID {
        tell(observer, .id)
        return TypeID(try int())
    }

    private mutating func arrayLength(
        _ observer: some WalkObserver
    ) throws(GobError.Fault) -> Int64 {
        tell(observer, .arrayLength)
        return try int()
    }

    private func tell(_ observer: some WalkObserver, _ part: DefinitionPart) {
        observer.next(.definition(part), at: streamOffset, depth: 0)
    }
}
