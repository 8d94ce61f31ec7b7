import Gob
import GobJSON

/// Decodes a gob stream in all ways there are, which must agree, and encodes its values again.
@_cdecl("LLVMFuzzerTestOneInput")
public func decode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = Fuzzing.measured(memory: 10 * limits.memory) {
        outcome(bytes, GobStreamDecoder(limits: limits))
    }
    let cache = GobTypeCache(limits: limits)
    for _ in 0..<2 {
        let cached = outcome(bytes, GobStreamDecoder(cache: cache))
        Fuzzing.expect(cached == whole, "with a cache: \(cached), without: \(whole)")
    }
    let byMessage = outcomeByMessage(bytes)
    Fuzzing.expect(byMessage.values == whole.values, "by message: \(byMessage), whole: \(whole)")
    for (index, datum) in whole.data.enumerated() {
        _ = "\(datum.schema.displayName(of: datum.type)) \(datum.value)"
        Fuzzing.measured(memory: 10 * limits.memory) {
            expectDocument(GobJSONWriter.text(of: datum))
            encodeAgain(datum, index)
        }
    }
    return 0
}

/// Small ones, so that an input of some bytes can come near them.
private let limits: GobLimits = {
    var limits = GobLimits()
    limits.messageSize = 1 << 20
    limits.depth = 1_000
    limits.typeCount = 200
    limits.definitionSize = 64 << 10
    limits.nameLength = 1 << 10
    limits.memory = 1 << 20
    return limits
}()

/// How many values are decoded behind errors: a stream may have one in every message.
private let errorLimit = 8

private struct Outcome: Equatable {
    var data: [GobDatum] = []
    var errors: [GobError] = []
    var values: [GobValue] { data.map(\.value.normal) }

    static func == (a: Outcome, b: Outcome) -> Bool {
        a.values == b.values && a.errors == b.errors
    }
}

/// What comes of a stream that is at hand as a whole.
private func outcome(_ bytes: [UInt8], _ decoder: GobStreamDecoder) -> Outcome {
    var decoder = decoder
    var position = 0
    var outcome = Outcome()
    while outcome.errors.count < errorLimit {
        do throws(GobError) {
            guard let datum = try decoder.next(in: bytes, at: &position) else { return outcome }
            outcome.data.append(datum)
        } catch {
            outcome.errors.append(error)
        }
    }
    return outcome
}

/// What comes of a stream that arrives a message at a time.
private func outcomeByMessage(_ bytes: [UInt8]) -> Outcome {
    var decoder = GobStreamDecoder(limits: limits)
    var rest = bytes[...]
    var outcome = Outcome()
    while outcome.errors.count < errorLimit,
        let size = try? GobFrame.size(Array(rest).span, limits: limits), size <= rest.count
    {
        do throws(GobError) {
            if let datum = try decoder.receive(Array(rest.prefix(size))) {
                outcome.data.append(datum)
            }
        } catch {
            outcome.errors.append(error)
        }
        rest = rest.dropFirst(size)
    }
    return outcome
}

/// A value that came can be sent, and comes back.
private func encodeAgain(_ datum: GobDatum, _ index: Int) {
    do throws(GobError) {
        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(datum)
        var decoder = GobStreamDecoder()
        var position = 0
        guard let again = try decoder.next(in: bytes, at: &position) else {
            fatalError("value \(index) was not sent: \(datum.value)")
        }
        Fuzzing.expect(position == bytes.count, "value \(index): \(bytes)")
        Fuzzing.expect(
            again.value.normal == datum.value.normal,
            "value \(index): \(again.value) instead of \(datum.value)"
        )
    } catch {
        // Only of what the wire can have and Go cannot.
        guard case .nothingToSend = error.fault else {
            fatalError("value \(index): \(error): \(datum.value)")
        }
    }
}

/// What is written as JSON can be read, where it is not too deep for that.
private func expectDocument(_ text: String) {
    do throws(GobJSONError) {
        _ = try JSONValue(parsing: Array(text.utf8))
    } catch {
        Fuzzing.expect("\(error)".contains("nested"), "\(error): \(text.prefix(500))")
    }
}
