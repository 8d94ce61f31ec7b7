import Gob
import GobJSON
import Testing

@testable import Shell

/// Every stream of the golden vectors, as it is told apart from others without knowing where it ends.
@Suite(.timeLimit(.minutes(5))) struct StreamVectorTests {
    @Test(
        "each value that comes unasked is told apart, in pieces of any size",
        arguments: [1, 7, 10_000]
    )
    func answers(_ size: Int) throws {
        var count = 0
        for vector in try GoVector.all() where isToldApart(vector.bytes, size) {
            var reader = AnswerReader(GobTypeCache())
            let parts = vector.bytes.pieces(of: size).flatMap { reader.take($0) }
            let expected = try values(vector.bytes)
            var found: [String] = []
            for part in parts {
                guard case .value(let datum, let stream) = part else { continue }
                found.append(GobJSONWriter.text(of: datum))
                // By itself it is the same value.
                #expect(try values(stream) == [found[found.count - 1]], "\(vector.name)")
            }
            #expect(found == expected, "\(vector.name)")
            #expect(reader.size == 0, "\(vector.name)")
            count += found.count
        }
        #expect(count > 100)
    }

    @Test("a GOB ends where its value does, and the next command begins there")
    func commands() throws {
        let next = Array("STRING\nx\n".utf8)
        for vector in try GoVector.all() {
            var (decoder, end) = (GobStreamDecoder(), 0)
            guard try decoder.next(in: vector.bytes, at: &end) != nil else { continue }
            let command = Array("GOB\n".utf8) + vector.bytes[..<end]
            for size in [command.count < 1_000 ? 1 : 500, command.count + next.count] {
                var cutter = CommandCutter()
                var pieces: [Int: [UInt8]] = [:]
                for part in (command + next).pieces(of: size) {
                    for piece in cutter.cut(part, form: { $0 == "GOB" ? .gob : .line }) {
                        pieces[piece.number, default: []] += piece.bytes
                    }
                }
                #expect(pieces == [1: command, 2: next], "\(vector.name)")
            }
        }
    }

    /// Whether a stream cannot be taken for text, as one that begins with a length of 10 bytes, and is
    /// short where it is read in small pieces.
    private func isToldApart(_ stream: [UInt8], _ size: Int) -> Bool {
        GobFrame.isDefinition(stream.span) && (size > 100 || stream.count < 1_000)
    }

    private func values(_ stream: [UInt8]) throws -> [String] {
        var (decoder, position) = (GobStreamDecoder(), 0)
        var texts: [String] = []
        while let datum = try decoder.next(in: stream, at: &position) {
            texts.append(GobJSONWriter.text(of: datum))
        }
        return texts
    }
}
