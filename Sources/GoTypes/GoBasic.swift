package import Gob

extension GoType.Basic {
    /// The kind under which gob sends it.
    package var kind: Kind {
        switch self {
        case .bool: .bool
        case .string: .string
        case .int, .int8, .int16, .int32, .int64: .int
        case .uint, .uint8, .uint16, .uint32, .uint64, .uintptr: .uint
        case .float32, .float64: .float
        case .complex64, .complex128: .complex
        }
    }

    /// How many bits a number has, or each part of a complex one; 64 where the machine decides.
    package var bits: Int {
        switch self {
        case .int8, .uint8: 8
        case .int16, .uint16: 16
        case .int32, .uint32, .float32, .complex64: 32
        case .bool, .string, .int, .int64, .uint, .uint64, .uintptr, .float64, .complex128: 64
        }
    }

    /// Whether a signed integer of this width can be the number.
    package func holds(_ number: Int64) -> Bool {
        let limit = Int64.max >> (64 - bits)
        return (~limit...limit).contains(number)
    }

    /// Whether an unsigned integer of this width can be the number.
    package func holds(_ number: UInt64) -> Bool {
        number <= UInt64.max >> (64 - bits)
    }

    /// Whether a float of this width can be the number: what is not finite always fits, and what is
    /// too small becomes zero (decode.go, `float32FromBits`).
    package func holds(_ number: Double) -> Bool {
        bits == 64 || !number.isFinite || number.magnitude <= Double(Float.greatestFiniteMagnitude)
    }

    /// The float of this width that is nearest to a number.
    package func rounded(_ number: Double) -> Double {
        bits == 64 ? number : Double(Float(number))
    }
}
