extension GobValue {
    /// The key of a Swift dictionary, as far as the path to an error shows it.
    init(key: Any) {
        switch key {
        case let text as String: self = .string(text)
        case let truth as Bool: self = .bool(truth)
        case let number as any SignedInteger: self = .int(Int64(truncatingIfNeeded: number))
        case let number as any UnsignedInteger: self = .uint(UInt64(truncatingIfNeeded: number))
        case let number as Double: self = .float(number)
        case let number as Float: self = .float(Double(number))
        default: self = .zero
        }
    }
}
