import Gob

extension GobValue {
    /// The same value in one form, to compare.
    ///
    /// What a sender may leave out of a struct is left out, and types; floats are their bits, as a
    /// NaN is not equal to itself.
    var normal: GobValue {
        switch self {
        case .float(let number): .uint(number.bitPattern)
        case .complex(let real, let imaginary):
            .list([.uint(real.bitPattern), .uint(imaginary.bitPattern)])
        case .list(let values): .list(values.map(\.normal))
        case .structure(let values): .structure(values.map { $0.isOmitted ? .zero : $0.normal })
        case .map(let values): .map(values.map(\.normal))
        case .interface(let content):
            .interface(
                GobInterface(
                    name: content.name,
                    type: TypeIndex(.int),
                    value: content.value.normal
                )
            )
        case .zero, .bool, .int, .uint, .string, .invalidString, .bytes, .opaque: self
        }
    }

    /// Whether an encoder leaves it out, where it is a field.
    private var isOmitted: Bool {
        switch self {
        case .bool(let truth): !truth
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .float(let number): number == 0
        case .complex(let real, let imaginary): real == 0 && imaginary == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes), .opaque(let bytes): bytes.isEmpty
        case .list(let values): values.isEmpty
        case .zero, .invalidString, .structure, .map, .interface: false
        }
    }
}
