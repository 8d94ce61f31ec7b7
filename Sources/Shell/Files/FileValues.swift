import Gob

/// The values of a gob file, or a part of each of them.
struct FileValues {
    private(set) var file: GobFile
    private let part: StructPath?
    private var hasAny = false

    /// The values of a file; where a part is wanted, those that have it.
    init(_ file: GobFile, _ part: StructPath?) {
        (self.file, self.part) = (file, part)
    }

    /// The types of all its values as Go source, as far as it can be read.
    var source: String? {
        var copy = file
        return copy.source().text
    }

    /// The next value or part, or `nil` where no more comes.
    ///
    /// - Throws: ``Failure`` where a stream breaks, or where a part is wanted that no value has.
    mutating func next() throws -> GobDatum? {
        while let datum = try file.next() {
            guard let part else { return datum }
            guard let found = part.value(in: datum) else { continue }
            hasAny = true
            return GobDatum(schema: datum.schema, type: found.type, value: found.value)
        }
        if let part, !hasAny {
            throw Failure(.failed, "\(file.name): no value in it has \(part.text)".harmless)
        }
        return nil
    }
}
