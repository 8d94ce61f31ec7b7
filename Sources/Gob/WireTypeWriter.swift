/// Writes type definitions: the mirror of `WireTypeReader.swift`.
extension ByteWriter {
    /// A `wireType`, as Go writes it: fields that are zero are left out.
    mutating func wireType(_ type: WireType, id: TypeID) {
        switch type.shape {
        case .array(let element, let count):
            uint(1)
            common(type.name, id)
            identifier(element)
            if count != 0 {
                uint(1)
                int(Int64(count))
            }
            uint(0)
        case .slice(let element):
            uint(2)
            common(type.name, id)
            identifier(element)
            uint(0)
        case .structure(let fields):
            uint(3)
            common(type.name, id)
            structFields(fields)
            uint(0)
        case .map(let key, let value):
            uint(4)
            common(type.name, id)
            identifier(key)
            identifier(value)
            uint(0)
        case .opaque(let encoding):
            uint(5 + UInt64(encoding.rawValue))
            common(type.name, id)
            uint(0)
        }
        uint(0)
    }

    private mutating func structFields(_ fields: [WireType.Field]) {
        guard !fields.isEmpty else { return }
        uint(1)
        count(fields.count)
        for field in fields { nameAndID(field.name, field.type) }
    }

    /// The embedded `CommonType`, field 0 of every definition.
    private mutating func common(_ name: String, _ id: TypeID) {
        uint(1)
        nameAndID(name, id)
    }

    private mutating func nameAndID(_ name: String, _ id: TypeID) {
        if name.isEmpty {
            uint(2)
        } else {
            uint(1)
            string(name)
            uint(1)
        }
        int(id.number)
        uint(0)
    }

    /// The next field, a type's id.
    private mutating func identifier(_ id: TypeID) {
        uint(1)
        int(id.number)
    }
}
