/// A Go string of any bytes, which a Swift string cannot hold unless they are UTF-8.
public struct GobString: GobTyped, Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]

    /// A string of these bytes.
    @inlinable
    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// A string of a text's UTF-8.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The empty string.
    @inlinable public static var gobZero: GobString { GobString() }

    /// A `string`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.scalar(Self.self, .byteString, .string, spelling: "string")
    }
}

/// A complex number: Go's `complex128` where its parts are `Double`, `complex64` where `Float`.
public struct GobComplex<Part: BinaryFloatingPoint & GobTyped>: GobTyped {
    /// The real part.
    public var real: Part
    /// The imaginary part.
    public var imaginary: Part

    /// The number with these parts.
    @inlinable
    public init(real: Part = 0, imaginary: Part = 0) {
        self.real = real
        self.imaginary = imaginary
    }

    /// Zero.
    @inlinable public static var gobZero: GobComplex { GobComplex() }

    /// A `complex64` or `complex128`.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        let isNarrow = Part.self == Float.self
        precondition(
            isNarrow || Part.self == Double.self,
            "Go has no complex number of \(Part.self)"
        )
        return layouts.scalar(
            Self.self,
            isNarrow ? .complex64 : .complex128,
            .complex,
            spelling: isNarrow ? "complex64" : "complex128"
        )
    }
}

extension GobComplex: Sendable where Part: Sendable {}
extension GobComplex: Equatable where Part: Equatable {}
extension GobComplex: Hashable where Part: Hashable {}
