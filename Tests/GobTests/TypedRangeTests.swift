import Gob
import Testing

/// What goes into the scalars of Swift, and what is out of their range.
@Suite struct TypedRangeTests {
    /// A number on the wire, and what a narrower type makes of it.
    struct Narrowing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let check: @Sendable () -> Void

        init<Wide: GobTyped & Sendable, Narrow: GobTyped & Equatable & Sendable>(
            _ wide: Wide,
            _ expected: Narrow?,
            as type: Narrow.Type,
        ) {
            testDescription = "\(wide) as \(type)"
            check = {
                let fault = GobError.Fault.outOfRange("\(wide)", type: Self.goName(of: type))
                let alone = Result { () throws(GobError) in try decoded(encoded(wide), as: type) }
                let inField = Result { () throws(GobError) in
                    try decoded(encoded(Holding(wide)), as: Holding<Narrow>.self).content
                }
                // Not in a slice: one of bytes is of another kind.
                let inArray = Result { () throws(GobError) in
                    let array: InlineArray<2, Wide> = [wide, wide]
                    return try decoded(encoded(array), as: InlineArray<2, Narrow>.self)[1]
                }
                for (result, path) in [(alone, ""), (inField, "H"), (inArray, "[0]")] {
                    switch (result, expected) {
                    case (.success(let value), let expected?): #expect(value == expected)
                    case (.failure(let error), nil):
                        #expect(error.fault == fault)
                        #expect(error.path == path)
                        #expect(error.offset != nil)
                    case (.success(let value), nil): Issue.record("\(value)")
                    case (.failure(let error), .some): Issue.record("\(error)")
                    }
                }
            }
        }

        private static func goName(of type: Any.Type) -> String {
            type == Float.self ? "float32" : "\(type)".lowercased()
        }
    }

    private static let narrowings: [Narrowing] =
        signed(Int8.self) + signed(Int16.self) + signed(Int32.self)
        + unsigned(UInt8.self) + unsigned(UInt16.self) + unsigned(UInt32.self)
        + [
            Narrowing(Int64.max, Int.max, as: Int.self),
            Narrowing(Int64.min, Int.min, as: Int.self),
            Narrowing(UInt64.max, UInt.max, as: UInt.self),
            Narrowing(1.5, 1.5, as: Float.self),
            Narrowing(Double(Float.greatestFiniteMagnitude), .greatestFiniteMagnitude),
            Narrowing(1e39, nil, as: Float.self),
            Narrowing(-1e39, nil, as: Float.self),
            Narrowing(Double.infinity, .infinity, as: Float.self),
            Narrowing(-Double.infinity, -.infinity, as: Float.self),
            // What is too small for it is zero, or near it.
            Narrowing(1e-50, 0, as: Float.self),
            Narrowing(0.1, 0.1, as: Float.self),
        ]

    private static func signed<Narrow: FixedWidthInteger & GobTyped & Sendable>(
        _ type: Narrow.Type
    ) -> [Narrowing] {
        [
            Narrowing(Int(Narrow.max), Narrow.max, as: type),
            Narrowing(Int(Narrow.max) + 1, nil, as: type),
            Narrowing(Int(Narrow.min), Narrow.min, as: type),
            Narrowing(Int(Narrow.min) - 1, nil, as: type),
            Narrowing(Int.max, nil, as: type),
            Narrowing(Int.min, nil, as: type),
        ]
    }

    private static func unsigned<Narrow: FixedWidthInteger & GobTyped & Sendable>(
        _ type: Narrow.Type
    ) -> [Narrowing] {
        [
            Narrowing(UInt(Narrow.max), Narrow.max, as: type),
            Narrowing(UInt(Narrow.max) + 1, nil, as: type),
            Narrowing(UInt(0), 0, as: type),
            Narrowing(UInt.max, nil, as: type),
        ]
    }

    @Test("a number that a type has no room for is refused, at both ends", arguments: narrowings)
    func narrows(_ item: Narrowing) {
        item.check()
    }

    @Test("both parts of a complex64 have a float32's range")
    func complex() throws {
        let wide = try encoded(GobComplex(real: 0.5, imaginary: 1e39))
        #expect(
            errorOf { () throws(GobError) in try decoded(wide, as: GobComplex<Float>.self) }?.fault
                == .outOfRange("1e+39", type: "float32")
        )
        let narrow = try encoded(GobComplex<Float>(real: 0.5, imaginary: -2))
        #expect(try decoded(narrow) == GobComplex(real: 0.5, imaginary: -2.0))
    }

    @Test("a string that is not UTF-8 is an error for a String, and kept by a GobString")
    func notUTF8() throws {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x61, 0x80]] {
            let stream = try encoded(GobString(bytes))
            #expect(try decoded(stream) == GobString(bytes))
            let error = errorOf { () throws(GobError) in try decoded(stream, as: String.self) }
            #expect(error == GobError(.notUTF8, offset: stream.count))
        }
        let list = try encoded([GobString("a"), GobString([0xFF])])
        let error = errorOf { () throws(GobError) in try decoded(list, as: [String].self) }
        #expect(error?.path == "[1]")
        #expect(try decoded(encoded("é"), as: GobString.self) == GobString("é"))
        #expect(try decoded(encoded(GobString("é")), as: String.self) == "é")
    }

    @Test("a zero of any sign is left out of a struct")
    func zeros() throws {
        #expect(try encoded(Holding(-0.0)) == encoded(Holding(0.0)))
        #expect(try decoded(encoded(Holding(-0.0)), as: Holding<Double>.self).content.sign == .plus)
        #expect(try decoded(encoded(-0.0), as: Double.self).sign == .minus)
    }
}

extension TypedRangeTests.Narrowing {
    fileprivate init(_ wide: Double, _ expected: Float) {
        self.init(wide, expected, as: Float.self)
    }
}
