import Gob
import Testing

/// Streams as they are found in files, made of the golden ones.
@Suite struct FoundStreamsTests {
    @Test(
        "a stream appended to any other one, and to itself, has the values of both",
        arguments: Vector.all
    )
    func appended(_ vector: Vector) throws {
        let article = try Vector.named("recursive/article").bytes
        for (first, second) in [
            (vector.bytes, article), (article, vector.bytes), (vector.bytes, vector.bytes),
        ] {
            var streams = FoundStreams(cache: GobTypeCache())
            var position = 0
            var found: [GobDatum] = []
            while let datum = try streams.next(in: first + second, at: &position) {
                found.append(datum)
            }
            let values = try values(first) + values(second)
            #expect(found.map(\.bits) == values.map(\.bits))
            #expect(streams.sightings.skipped == nil)
            #expect(streams.sightings.repeatedDefinitions == 0)
            #expect(streams.sightings.streams <= 2)
        }
    }

    @Test("a strict decoder that shares the cache goes on to refuse what is said again")
    func strict() throws {
        let stream = try Vector.named("struct/both").bytes
        let cache = GobTypeCache()
        var streams = FoundStreams(cache: cache)
        var position = 0
        while try streams.next(in: stream + stream, at: &position) != nil {}
        var decoder = GobStreamDecoder(cache: cache)
        position = 0
        _ = try decoder.next(in: stream + stream, at: &position)
        #expect(throws: GobError.self) { try decoder.next(in: stream + stream, at: &position) }
    }

    @Test("every byte is explained, in a file that is cut anywhere, or has any byte changed")
    func hostile() throws {
        let names = ["interface/nested", "recursive/article"]
        let file = try names.flatMap { try Vector.named($0).bytes }
        for index in file.indices {
            var changed = file
            changed[index] ^= 0x41
            for bytes in [Array(file[..<index]), Array(file[index...]), changed] {
                var inspector = GobInspector(foundWithin: GobLimits())
                var position = 0
                var explained: [UInt8] = []
                var values = 0
                while let part = inspector.next(in: bytes, at: &position) {
                    for line in part.lines { explained += bytes[line.range] }
                    values += part.value == nil ? 0 : 1
                }
                #expect(explained == bytes)
                #expect(try self.count(bytes) == values)
            }
        }
    }

    /// How many values are read of a file, up to an error.
    private func count(_ bytes: [UInt8]) throws -> Int {
        var streams = FoundStreams(cache: GobTypeCache())
        var (position, count) = (0, 0)
        do throws(GobError) {
            while try streams.next(in: bytes, at: &position) != nil { count += 1 }
        } catch {
            // What breaks has no further values.
            #expect(position <= bytes.count)
        }
        return count
    }

    private func values(_ stream: [UInt8]) throws -> [GobDatum] {
        var decoder = GobStreamDecoder()
        var position = 0
        var values: [GobDatum] = []
        while let datum = try decoder.next(in: stream, at: &position) { values.append(datum) }
        return values
    }
}

extension GobDatum {
    /// A value in a form in which a NaN is equal to itself.
    fileprivate var bits: String { "\(schema.displayName(of: type)) \(value)" }
}
