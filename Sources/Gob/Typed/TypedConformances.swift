extension Bool: GobTyped {
    /// `false`.
    @inlinable public static var gobZero: Bool { false }

    /// A `bool`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.scalar(Self.self, .bool, .bool, spelling: "bool")
    }
}

extension String: GobTyped {
    /// The empty string.
    @inlinable public static var gobZero: String { "" }

    /// A `string`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.scalar(Self.self, .string, .string, spelling: "string")
    }
}

extension Float: GobTyped {
    /// Zero.
    @inlinable public static var gobZero: Float { 0 }

    /// A `float32`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.scalar(Self.self, .float, .float, spelling: "float32")
    }
}

extension Double: GobTyped {
    /// Zero.
    @inlinable public static var gobZero: Double { 0 }

    /// A `float64`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.scalar(Self.self, .double, .float, spelling: "float64")
    }
}

extension GobTyped where Self: FixedWidthInteger {
    /// Zero.
    @inlinable public static var gobZero: Self { 0 }

    /// A signed or an unsigned integer of the same width.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        let operation: TypedOperation =
            switch (isSigned, bitWidth) {
            case (true, 8): .int8
            case (true, 16): .int16
            case (true, 32): .int32
            case (true, _): .int
            case (false, 8): .uint8
            case (false, 16): .uint16
            case (false, 32): .uint32
            case (false, _): .uint
            }
        return layouts.scalar(
            Self.self,
            operation,
            isSigned ? .int : .uint,
            spelling: "\(Self.self)".lowercased()
        )
    }
}

extension Int: GobTyped {}
extension Int8: GobTyped {}
extension Int16: GobTyped {}
extension Int32: GobTyped {}
extension Int64: GobTyped {}
extension UInt: GobTyped {}
extension UInt8: GobTyped {}
extension UInt16: GobTyped {}
extension UInt32: GobTyped {}
extension UInt64: GobTyped {}

extension Array: GobTyped where Element: GobTyped {
    /// The empty array, which for Go is a nil slice as well.
    @inlinable public static var gobZero: [Element] { [] }

    /// A slice; of bytes one that is sent as a piece.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        guard Element.self != UInt8.self else { return layouts.bytes(Self.self) }
        return layouts.list(Self.self, of: Element.self, access: .list(of: Element.self))
    }
}

extension InlineArray: GobTyped where Element: GobTyped {
    /// The array of zeros.
    @inlinable public static var gobZero: InlineArray<count, Element> {
        InlineArray(repeating: Element.gobZero)
    }

    /// An array.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.array(Self.self, of: Element.self, count: count)
    }
}

extension Dictionary: GobTyped where Key: GobTyped, Value: GobTyped {
    /// The empty dictionary.
    @inlinable public static var gobZero: [Key: Value] { [:] }

    /// A map that is not nil.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        let access = GobAccess.map(key: Key.self, value: Value.self)
        return layouts.map(Self.self, key: Key.self, value: Value.self, access: access)
    }
}

extension Optional: GobTyped where Wrapped: GobTyped {
    /// `nil`.
    @inlinable public static var gobZero: Wrapped? { nil }

    /// A pointer; of a ``GobAny`` an interface.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        guard Wrapped.self != GobAny.self else { return layouts.interface(Self.self) }
        return layouts.pointer(Self.self, to: Wrapped.self, access: .optional(Wrapped.self))
    }
}
