import Gob
import Testing

/// What ``GobLimits`` refuses, and what it must not.
@Suite struct LimitTests {
    @Test("a chain of 10,000 structs decodes, is encoded again, compared and freed")
    func deepChain() throws {
        let chain = Article.chain(length: 10_000)
        let bytes = try encode(chain)
        let data = try decodeAll(bytes)
        #expect(data.count == 1)
        #expect(try encode(data[0]) == bytes)
        #expect(Article.depth(of: data[0].value) == 10_000)
    }

    @Test("a chain one longer is refused, with the offset, in both directions")
    func tooDeep() throws {
        let chain = Article.chain(length: 10_001)
        #expect(throws: GobError.Fault.limitExceeded(.depth, 10_000)) {
            try faultOf { try encode(chain) }
        }
        var limits = GobLimits()
        limits.depth = 20_000
        var encoder = GobStreamEncoder(limits: limits)
        let bytes = try encoder.encode(chain)
        let error = try #require(decodeUntilError(bytes).error)
        #expect(error.fault == .limitExceeded(.depth, 10_000))
        #expect(error.offset != nil)
        #expect(try decodeAll(bytes, limits: limits).count == 1)
    }

    @Test("a message above its limit is refused before it is read")
    func messageSize() throws {
        var limits = GobLimits()
        limits.messageSize = 100
        let long = GobDatum(
            schema: GobSchema(),
            type: TypeIndex(.bytes),
            value: .bytes(.init(repeating: 1, count: 100))
        )
        let bytes = try encode(long)
        #expect(throws: GobError(.limitExceeded(.messageSize, 100), offset: 0)) {
            try decodeAll(Array(bytes.prefix(3)), limits: limits)
        }
        var encoder = GobStreamEncoder(limits: limits)
        #expect(throws: GobError(.limitExceeded(.messageSize, 100))) { try encoder.encode(long) }
    }

    @Test(
        "memory, elements, types and names are limited",
        arguments: [
            (limits { $0.memory = 1_000 }, GobError.Limit.memory, 1_000, "slice/len-200"),
            (limits { $0.elementCount = 199 }, .elementCount, 199, "slice/len-200"),
            (limits { $0.elementCount = 2 }, .elementCount, 2, "recursive/article"),
            (limits { $0.typeCount = 1 }, .typeCount, 1, "recursive/article"),
            (limits { $0.definitionSize = 60 }, .definitionSize, 60, "recursive/article"),
            (limits { $0.nameLength = 4 }, .nameLength, 4, "struct/both"),
            (limits { $0.interfaceNameLength = 9 }, .interfaceNameLength, 9, "interface/struct"),
        ]
    )
    func others(_ limits: GobLimits, _ name: GobError.Limit, _ value: Int, _ vector: String) throws
    {
        let bytes = try Vector.named(vector).bytes
        #expect(throws: GobError.Fault.limitExceeded(name, value)) {
            try faultOf { try decodeAll(bytes, limits: limits) }
        }
        #expect(try decodeAll(bytes).count == 1)
    }

    @Test("no limit on messages is no trap")
    func unlimited() throws {
        var limits = GobLimits()
        limits.messageSize = .max
        let bytes = Array(hex: "f87ffffffffffffffe")
        #expect(throws: GobError(.limitExceeded(.messageSize, .max), offset: 0)) {
            try decodeAll(bytes, limits: limits)
        }
    }

    @Test("nil interfaces behind a definition that cut the message are counted, too")
    func memoryAfterCut() throws {
        var schema = GobSchema()
        let point = schema.add(.structure([GobField("X", TypeIndex(.int))]), name: "point")
        let list = schema.add(.slice(element: TypeIndex(.interface)))
        let first = GobInterface(name: "main.point", type: point, value: .structure([.int(1)]))
        let nils = [GobValue](repeating: .zero, count: 100_000)
        let datum = GobDatum(schema: schema, type: list, value: .list([.interface(first)] + nils))
        let bytes = try encode(datum)
        var limits = GobLimits()
        limits.memory = 1 << 20
        #expect(throws: GobError.Fault.limitExceeded(.memory, 1 << 20)) {
            try faultOf { try decodeAll(bytes, limits: limits) }
        }
        guard case .list(let values) = try decodeAll(bytes)[0].value else {
            Issue.record("no list")
            return
        }
        #expect(values.dropFirst().elementsEqual(nils))
    }

    @Test("structs of many fields cannot take more memory than is allowed")
    func amplification() throws {
        // One byte for each element, each a struct of 100 fields.
        var schema = GobSchema()
        let wide = schema.add(.structure((0..<100).map { GobField("F\($0)", TypeIndex(.int)) }))
        let list = schema.add(.slice(element: wide))
        let zeros = [GobValue](repeating: .zero, count: 100_000)
        let bytes = try encode(GobDatum(schema: schema, type: list, value: .list(zeros)))
        var limits = GobLimits()
        limits.memory = 16 << 20
        #expect(throws: GobError.Fault.limitExceeded(.memory, 16 << 20)) {
            try faultOf { try decodeAll(bytes, limits: limits) }
        }
    }
}

/// The defaults, with a change.
private func limits(_ change: (inout GobLimits) -> Void) -> GobLimits {
    var limits = GobLimits()
    change(&limits)
    return limits
}

/// Does something, and throws the fault alone where it fails.
private func faultOf(_ body: () throws -> some Any) throws {
    do {
        _ = try body()
    } catch let error as GobError {
        throw error.fault
    }
}
