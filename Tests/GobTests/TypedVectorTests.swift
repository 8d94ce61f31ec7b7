import Gob
import Testing

/// Streams made by real Go, as values of Swift types.
@Suite struct TypedVectorTests {
    @Test("there is a Swift type for 232 cases, each of a vector")
    func count() {
        #expect(TypedCase.all.count == 232)
        #expect(TypedCase.all.allSatisfy { item in Vector.all.contains { $0.name == item.name } })
    }

    @Test("a stream has the values that Go sent, however it arrives", arguments: TypedCase.all)
    func decodes(_ item: TypedCase) throws {
        let bytes = try Vector.named(item.name).bytes
        #expect(try item.receives(bytes, nil))
        #expect(try item.receivesByMessage(bytes))
    }

    @Test("values are encoded to Go's very bytes", arguments: TypedCase.all.filter(\.isExact))
    func encodes(_ item: TypedCase) throws {
        #expect(try item.sends(nil).hex == Vector.named(item.name).hex)
    }

    @Test("values that Go writes in several ways are encoded to one", arguments: TypedCase.all)
    func encodesAgain(_ item: TypedCase) throws {
        #expect(try item.receives(item.sends(nil), nil))
    }

    @Test("with a cache it is the same, for the first stream and later ones")
    func cached() throws {
        let cache = GobTypeCache()
        for _ in 0..<2 {
            for item in TypedCase.all {
                let bytes = try Vector.named(item.name).bytes
                #expect(try item.receives(bytes, cache), "\(item.name)")
                guard item.isExact else { continue }
                #expect(try item.sends(cache) == bytes, "\(item.name)")
            }
        }
    }

    @Test(
        "a stream cut anywhere gives the values before the cut, then an error",
        arguments: TypedCase.all
    )
    func cut(_ item: TypedCase) throws {
        let bytes = try Vector.named(item.name).bytes
        let ends = try valueEnds(bytes)
        for length in 0..<min(bytes.count, 2_000) {
            let (values, error) = item.readsUntilError(Array(bytes.prefix(length)))
            #expect(values == ends.count { $0 <= length })
            if length == 0 || ends.contains(length) {
                #expect(error == nil)
            } else {
                #expect(error == GobError(.truncated, offset: length, path: error?.path ?? ""))
            }
        }
    }

    @Test("a changed byte gives an error or a value, and no trap", arguments: TypedCase.all)
    func changed(_ item: TypedCase) throws {
        let bytes = try Vector.named(item.name).bytes
        let cache = GobTypeCache()
        for index in bytes.indices.prefix(600) {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= change
                #expect(item.readsUntilError(damaged).values <= bytes.count)
                _ = try? item.receivesByMessage(damaged)
                _ = try? item.receives(damaged, cache)
            }
        }
        #expect(try item.receives(bytes, cache))
    }
}
