import Gob

/// What the receiver makes of values that have none inside.
extension GoConversion {
    mutating func opaque(
        _ value: GobValue,
        _ opaque: GoLayout.Opaque,
    ) throws(GoRefusal) -> GobValue {
        guard case .opaque(let bytes) = value else { return value }
        guard let writer = OpaqueWriter(rawValue: opaque.writer) else {
            note(.ownMethods(of: opaque.writer))
            return value
        }
        if let reason = writer.refusal(of: bytes) {
            throw GoRefusal(fault: .badBytes(type: opaque.writer), inGo: reason)
        }
        return value
    }

    /// A number in the width that the receiver has for it, and other basic values.
    mutating func scalar(
        _ value: GobValue,
        _ basic: GoType.Basic,
        _ local: Int,
        _ name: String,
    ) throws(GoRefusal) -> GobValue {
        switch value {
        case .int(let number):
            guard basic.holds(number) else { throw outOfRange("\(number)", local, name) }
            return value
        case .uint(let number):
            guard basic.holds(number) else { throw outOfRange("\(number)", local, name) }
            return value
        case .float(let number):
            return .float(try rounded(number, basic, local, name))
        case .complex(let real, let imaginary):
            return .complex(
                real: try rounded(real, basic, local, name),
                imaginary: try rounded(imaginary, basic, local, name)
            )
        case .zero, .bool, .string, .invalidString, .bytes, .opaque, .list, .structure, .map,
            .interface:
            return value
        }
    }

    private mutating func rounded(
        _ number: Double,
        _ basic: GoType.Basic,
        _ local: Int,
        _ name: String,
    ) throws(GoRefusal) -> Double {
        guard basic.holds(number) else { throw outOfRange("\(number)", local, name) }
        let rounded = basic.rounded(number)
        if rounded != number, !number.isNaN {
            note(.rounded(to: layout.spelling(of: layout.nodes[local].base)))
        }
        return rounded
    }

    private func outOfRange(_ number: String, _ local: Int, _ name: String) -> GoRefusal {
        .outOfRange(number, type: layout.spelling(of: local), name: name)
    }
}
