import GoTypes
import Gob
import GobJSON

/// A file of JSON documents, each the value of a Go type; its errors name the file and the place.
struct JSONFile {
    private let path: String
    private let bytes: [UInt8]
    private var reader: GobJSONReader
    private let type: GoType
    private var documents: JSONDocuments
    private var count = 0

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be read.
    init(_ path: String, as type: GoType, in types: GoTypeSet) throws {
        self.path = path
        bytes = try InputFile.read(path)
        reader = GobJSONReader(types: types)
        self.type = type
        documents = JSONDocuments(bytes)
        // A type that cannot be sent is an error of the first document.
        try? reader.prepare(for: type)
    }

    /// The value of its one document.
    func datum() throws -> GobDatum {
        do {
            return try reader.datum(JSONValue(parsing: bytes), as: type)
        } catch {
            throw failure(error)
        }
    }

    /// The messages that send the value of its next document, or `nil` where none is left; a file
    /// has one at least.
    mutating func next(_ encoder: inout GobStreamEncoder) throws -> [UInt8]? {
        do {
            guard let document = try documents.next() else {
                guard count > 0 else { throw Failure(.failed, "\(path): no value in it".harmless) }
                return nil
            }
            count += 1
            return try encoder.encode(try reader.datum(document, as: type))
        } catch let error as GobJSONError {
            throw failure(error)
        } catch let error as GobError {
            throw Failure(.failed, "\(place): \(error)".harmless)
        }
    }

    private func failure(_ error: GobJSONError) -> Failure {
        // Line and column follow the file's name without a space.
        if case .notJSON = error.fault { return Failure(.failed, "\(path):\(error)".harmless) }
        return Failure(.failed, "\(place): \(error)".harmless)
    }

    /// The file, with the line of the document where it has several.
    private var place: String {
        let isOnly = count == 0 || count == 1 && documents.isAtEnd
        return isOnly ? path : "\(path):\(documents.line)"
    }
}
