/// Writes values that have none inside: the mirror of `ScalarReader.swift`.
extension ByteWriter {
    /// A value of a scalar kind.
    mutating func scalar(_ value: GobValue, _ kind: Kind) throws(GobError.Fault) {
        switch (kind, value) {
        case (.bool, .bool(let truth)): bool(truth)
        case (.int, .int(let number)): int(number)
        case (.uint, .uint(let number)): uint(number)
        case (.float, .float(let number)): float(number)
        case (.complex, .complex(let real, let imaginary)):
            float(real)
            float(imaginary)
        case (.string, .string(let text)): string(text)
        case (.string, .invalidString(let bytes)), (.bytes, .bytes(let bytes)),
            (.opaque, .opaque(let bytes)):
            byteArray(bytes)
        case (.complex, .zero):
            float(0)
            float(0)
        case (_, .zero): uint(0)
        default: throw .wrongKind(found: value.caseName, expected: kind)
        }
    }

    /// Values of a scalar kind, from a position on, which is left at a value that is none.
    mutating func scalars(
        _ values: [GobValue],
        _ kind: Kind,
        from position: inout Int,
    ) throws(GobError.Fault) {
        let rest = position
        let span = values.span
        switch kind {
        case .int:
            try uints(values.count - rest) { index throws(GobError.Fault) in
                position = rest + index
                guard case .int(let number) = span[position] else {
                    return try span[position].zero(of: kind)
                }
                return Varint.zigzag(number)
            }
        case .float:
            try uints(values.count - rest) { index throws(GobError.Fault) in
                position = rest + index
                guard case .float(let number) = span[position] else {
                    return try span[position].zero(of: kind)
                }
                return number.bitPattern.byteSwapped
            }
        case .string:
            while position < values.count {
                if case .string(let text) = span[position] {
                    string(text)
                } else {
                    try scalar(span[position], kind)
                }
                position += 1
            }
        case .bool, .uint, .bytes, .complex, .opaque, .interface, .array, .slice, .structure,
            .map:
            while position < values.count {
                try scalar(span[position], kind)
                position += 1
            }
        }
        position = values.count
    }
}

extension GobValue {
    /// What a zero value is sent as; any other is of a wrong kind.
    fileprivate func zero(of kind: Kind) throws(GobError.Fault) -> UInt64 {
        guard self == .zero else { throw .wrongKind(found: caseName, expected: kind) }
        return 0
    }
}
