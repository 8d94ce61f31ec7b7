import Gob

/// Decodes a gob stream into Swift structs, encodes what comes, and decodes that: whatever the bytes
/// are, the memory of the structs is as their types have it.
@_cdecl("LLVMFuzzerTestOneInput")
public func typed(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    Fuzzing.measured(memory: 10 * limits.memory) {
        exchange(Article.self, bytes)
        exchange(Everything.self, bytes)
        exchange([Everything].self, bytes)
        exchange([String: [Int]].self, bytes)
        exchange([[String]].self, bytes)
        exchange(GobAny?.self, bytes)
        exchangeCodable(CodableArticle.self, bytes)
        exchangeCodable([String: CodableArticle].self, bytes)
    }
    return 0
}

/// Small ones, so that an input of some bytes can come near them.
private let limits: GobLimits = {
    var limits = GobLimits()
    limits.messageSize = 1 << 20
    limits.depth = 500
    limits.typedDepth = 100
    limits.typeCount = 200
    limits.memory = 1 << 20
    return limits
}()

private let cache = GobTypeCache(limits: limits)

/// The article's struct.
private struct Article: GobStructure, Equatable {
    var n = 0
    var s = ""
    var m: [String: Int]?
    var p: [UInt8] = []
    var c = GobPointer<Article>()

    static let gobName = "complexData"
    static let gobFields: [Field] = [
        Field("N", \.n), Field("S", \.s), Field("M", \.m), Field("P", \.p), Field("C", \.c),
    ]
}

/// A field of every kind, with the names that the golden vectors have most.
private struct Everything: GobStructure {
    var bool = false
    var small: Int8 = 0
    var byte: UInt8 = 0
    var narrow: Float = 0
    var complex = GobComplex<Float>()
    var text = GobString()
    var list: [Everything] = []
    var array = InlineArray<3, Int16>(repeating: 0)
    var map: [UInt16: [Double]] = [:]
    var pointer: Double??
    var any: GobAny?
    var time = Bytes(gobBytes: [])

    static let gobFields: [Field] = [
        Field("A", \.bool), Field("B", \.small), Field("C", \.byte), Field("D", \.narrow),
        Field("E", \.complex), Field("S", \.text), Field("X", \.list), Field("Y", \.array),
        Field("M", \.map), Field("P", \.pointer), Field("V", \.any), Field("T", \.time),
    ]
}

/// A type that writes itself, whatever the bytes.
private struct Bytes: GobOpaque {
    static let gobName = "Time"
    static var gobZero: Bytes { Bytes(gobBytes: []) }
    let gobBytes: [UInt8]
}

private final class CodableArticle: Codable {
    var N: Int
    var S: String
    var M: [String: Int]?
    var P: [UInt8]
    var C: CodableArticle?
}

/// What is decoded can be sent, and comes back.
private func exchange<Value: GobTyped>(_ type: Value.Type, _ bytes: [UInt8]) {
    for isCached in [false, true] {
        var decoder = isCached ? GobStreamDecoder(cache: cache) : GobStreamDecoder(limits: limits)
        var position = 0
        for _ in 0..<8 {
            do throws(GobError) {
                guard let value = try decoder.next(type, in: bytes, at: &position) else { break }
                sendAgain(value)
            } catch {
                _ = "\(error)"
            }
        }
    }
}

private func sendAgain<Value: GobTyped>(_ value: Value) {
    var encoder = GobStreamEncoder()
    encoder.sortsMaps = true
    guard let first = try? encoder.encode(value) else { return }
    var decoder = GobStreamDecoder()
    var position = 0
    do throws(GobError) {
        guard let again = try decoder.next(Value.self, in: first, at: &position) else {
            fatalError("nothing came back of \(first)")
        }
        var encoder = GobStreamEncoder()
        encoder.sortsMaps = true
        let second = try encoder.encode(again)
        Fuzzing.expect(first == second, "\(second) instead of \(first)")
    } catch {
        fatalError("\(error): \(first)")
    }
}

private func exchangeCodable<Value: Codable>(_ type: Value.Type, _ bytes: [UInt8]) {
    var decoder = GobStreamDecoder(limits: limits)
    var position = 0
    for _ in 0..<8 {
        do {
            guard let value = try decoder.next(codable: type, in: bytes, at: &position) else {
                break
            }
            let datum = try GobDatum(encoding: value)
            _ = try datum.decoded(as: type)
        } catch {
            _ = "\(error)"
        }
    }
}
