import Gob
import Testing

/// What ``GobLimits`` refuses of typed values, and what it must not.
@Suite struct TypedLimitTests {
    /// A list of lists, in a struct so that there is a type for it.
    private static func nested(_ depth: Int) -> Tree {
        (1..<depth).reduce(Tree(v: "leaf")) { tree, _ in Tree(kids: [tree]) }
    }

    @Test("values of 1,000 levels go both ways, and one more is refused with a short path")
    func depth() throws {
        // A struct and a pointer, or a struct and a list, are two levels.
        let chain = try encoded(ComplexData.chain(length: 500))
        #expect(try decoded(chain, as: ComplexData.self) == .chain(length: 500))
        let trees = try encoded(Self.nested(500))
        #expect(try decoded(trees, as: Tree.self) == Self.nested(500))

        let fault = GobError.Fault.limitExceeded(.depth, 1_000)
        let sending = errorOf { () throws(GobError) in try encoded(ComplexData.chain(length: 501)) }
        #expect(sending?.fault == fault)
        #expect(sending?.path.hasPrefix("C.C.C.C") == true)
        #expect(sending?.path.utf8.count ?? 0 < 100)
        var limits = GobLimits()
        limits.typedDepth = 1_100
        let longer = try encoded(ComplexData.chain(length: 501), limits: limits)
        let receiving = errorOf { () throws(GobError) in try decoded(longer, as: ComplexData.self) }
        #expect(receiving?.fault == fault)
        #expect(receiving?.offset != nil)
        #expect(try decoded(longer, limits: limits) == ComplexData.chain(length: 501))
        let deep = errorOf { () throws(GobError) in try encoded(Self.nested(501)) }
        #expect(deep?.fault == fault)
    }

    @Test("the limit on all values' depth holds for typed ones, too")
    func commonDepth() throws {
        var limits = GobLimits()
        limits.depth = 10
        let bytes = try encoded(ComplexData.chain(length: 10))
        let fault = GobError.Fault.limitExceeded(.depth, 10)
        #expect(
            errorOf { () throws(GobError) in
                try decoded(bytes, as: ComplexData.self, limits: limits)
            }?.fault == fault
        )
        #expect(
            errorOf { () throws(GobError) in
                try encoded(ComplexData.chain(length: 10), limits: limits)
            }?.fault == fault
        )
    }

    @Test("an unwanted field may be nested deeper, as no stack is used for it")
    func unwanted() throws {
        let bytes = try encode(Article.chain(length: 9_000))
        struct OnlyN: GobStructure {
            var n = 7
            static let gobFields: [Field] = [Field("N", \.n)]
        }
        #expect(try decoded(bytes, as: OnlyN.self).n == 7)
    }

    @Test("the limits of a stream hold where its messages come one at a time")
    func byMessage() throws {
        struct Linked: GobStructure {
            var value: GobAny?
            var next = GobPointer<Linked>()
            static let gobFields: [Field] = [Field("Value", \.value), Field("Next", \.next)]
        }
        let chain = (0..<20).reduce(Linked()) { chain, _ in Linked(next: GobPointer(chain)) }
        var limits = GobLimits()
        limits.typedDepth = 30
        let bytes = try encoded(chain)
        let fault = GobError.Fault.limitExceeded(.depth, 30)
        #expect(
            errorOf { () throws(GobError) in
                try decodeByMessage(bytes, as: Linked.self, limits: limits)
            }?.fault == fault
        )
        #expect(
            errorOf { () throws(GobError) in
                try decoded(bytes, as: Linked.self, limits: limits)
            }?.fault == fault
        )
        #expect(try decodeByMessage(bytes, as: Linked.self).count == 1)
    }

    @Test(
        "more memory than the limit is refused before it is taken",
        arguments: [
            TypedRead([String](repeating: "0123456789", count: 1_000)),
            TypedRead([Int](repeating: 1, count: 2_000)),
            TypedRead([Double](repeating: 1, count: 2_000)),
            TypedRead([Point](repeating: Point(), count: 2_000)),
            TypedRead([UInt8](repeating: 1, count: 20_000)),
            TypedRead(String(repeating: "x", count: 20_000)),
            TypedRead(Dictionary(uniqueKeysWithValues: (0..<2_000).map { ($0, $0) })),
        ]
    )
    func memory(_ item: TypedRead) throws {
        var limits = GobLimits()
        limits.memory = 10_000
        #expect(item.read(item.bytes, limits)?.fault == .limitExceeded(.memory, 10_000))
        #expect(item.read(item.bytes, GobLimits()) == nil)
    }

    @Test("a message longer than the limit is refused in both directions")
    func messageSize() throws {
        var limits = GobLimits()
        limits.messageSize = 100
        let text = String(repeating: "x", count: 100)
        let error = GobError(.limitExceeded(.messageSize, 100))
        #expect(errorOf { () throws(GobError) in try encoded(text, limits: limits) } == error)
        let bytes = try encoded(text)
        #expect(
            errorOf { () throws(GobError) in
                try decoded(bytes, as: String.self, limits: limits)
            }?.fault == error.fault
        )
        limits.messageSize = .max
        #expect(try decoded(encoded([text], limits: limits), limits: limits) == [text])
        #expect(try encode(GobDatum([text])).count > 100)
    }

    @Test(
        "a hostile count is not believed",
        arguments: [
            TypedRead([Int](), hex: "0b7f020102ff800001040000 0c ff80 00 f8 4000000000000000 02"),
            TypedRead([Int32](), hex: "0b7f020102ff800001040000 0c ff80 00 f8 7fffffffffffffff 02"),
            TypedRead([Int](), hex: "0b7f020102ff800001040000 0c ff80 00 f8 ffffffffffffffff 02"),
            TypedRead(
                [Int: Int](),
                hex: "0d7f040102ff800001040104 0000 0c ff80 00 f8 7fffffffffffffff 02"
            ),
            TypedRead(
                [GobAny?](),
                hex: "0b7f020102ff800001100000 0c ff80 00 f8 7fffffffffffffff 00"
            ),
            TypedRead(
                [Int: GobAny?](),
                hex: "0d7f040102ff800001040110 0000 0d ff80 00 f8 7fffffffffffffff 0200"
            ),
            TypedRead("", hex: "0c 0c 00 f8 7fffffffffffffff 02 02"),
            TypedRead([UInt8](), hex: "0c 0a 00 f8 7fffffffffffffff 02 02"),
            TypedRead(
                [Empty](),
                hex: "0cff81020102ff820001ff800000 077f030102ff80000000"
                    + "0aff820000fa010000000000"
            ),
        ]
    )
    func hostileCounts(_ item: TypedRead) {
        var limits = GobLimits()
        limits.elementCount = .max
        #expect(item.read(item.bytes, limits)?.fault == .pastEndOfMessage)
    }

    @Test("large values go both ways")
    func large() throws {
        let numbers = (0..<300_000).map { $0 * 7 }
        #expect(try decoded(encoded(numbers)) == numbers)
        let points = (0..<50_000).map { Point(x: $0, y: -$0) }
        #expect(try decoded(encoded(points)) == points)
        let map = Dictionary(uniqueKeysWithValues: (0..<50_000).map { ("\($0)", [$0]) })
        #expect(try decoded(encoded(map)) == map)
    }
}

/// Bytes that are read as a Swift type.
struct TypedRead: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// The error with which reading ends.
    let read: @Sendable (_ bytes: [UInt8], _ limits: GobLimits) -> GobError?

    /// Bytes for such a value: what it is sent as, unless they are given.
    init<Value: GobTyped>(_ value: Value, hex: String? = nil) {
        testDescription = "\(Value.self)"
        bytes = hex.map { Array(hex: $0) } ?? (try? encoded(value)) ?? []
        read = { bytes, limits in
            errorOf { () throws(GobError) in try decoded(bytes, as: Value.self, limits: limits) }
        }
    }
}
