import Foundation
import GoTypes
import Gob
import GobJSON
import Testing

/// What `schema` prints of streams of Go, taken by Go's compiler and by `load`.
@Suite(.timeLimit(.minutes(5))) struct SchemaVectorTests {
    @Test("the schema of each struct vector compiles, and its types have the same values in Go")
    func vectors() async throws {
        let vectors = try GoVector.all()
        try await Peer.with { peer in
            try await withFolder { folder in
                var samples: [GoSchemas.Sample] = []
                for vector in vectors {
                    try folder.write("gob", vector.bytes)
                    let source = try await peer.output(of: "schema \(folder)/gob")
                    guard source.contains("struct") else { continue }
                    try folder.write("types.go", source)
                    if source.contains("\ntype ") { try await peer.run("load \(folder)/types.go") }
                    samples.append(try sample(vector, source))
                }
                #expect(samples.count > 100)
                try FileManager.default.removeItem(at: folder.url.appending(component: "types.go"))
                let differences = try await GoSchemas(samples, in: folder).differences()
                #expect(differences == [])
            }
        }
    }

    /// The vector's values, encoded as the types of the source.
    private func sample(_ vector: GoVector, _ source: String) throws -> GoSchemas.Sample {
        var types = GoTypeSet()
        if source.contains("\ntype ") { try types.declare(source) }
        let known = source.list(after: "// values: ")
        let registered = source.list(after: "// in interfaces: ").map { text in
            let parts = text.components(separatedBy: " is ")
            return (name: parts[0], type: parts[1])
        }
        for (name, type) in registered {
            try types.register(name, as: (name.hasPrefix("*") ? "*" : "") + type)
        }
        var decoder = GobStreamDecoder()
        var encoder = GobStreamEncoder()
        var (position, seen, named) = (0, [TypeIndex](), [String]())
        var encoded: [UInt8] = []
        while let datum = try decoder.next(in: vector.bytes, at: &position) {
            if !seen.contains(datum.type) { seen.append(datum.type) }
            let name = known[try #require(seen.firstIndex(of: datum.type))]
            named.append(name)
            var receiver = try GoReceiver(types.type(name), in: types)
            encoded += try encoder.encode(receiver.receive(datum))
        }
        return GoSchemas.Sample(
            name: vector.name,
            source: source,
            types: named,
            registered: registered,
            streams: [vector.bytes, encoded]
        )
    }
}

extension String {
    /// What a line lists, without its beginning.
    fileprivate func list(after start: String) -> [String] {
        let line = split(separator: "\n").first { $0.hasPrefix(start) }
        return line.map { $0.dropFirst(start.count).components(separatedBy: ", ") } ?? []
    }
}
