import Gob

/// Every value of a stream that is at hand as a whole.
func decodeAll(
    _ bytes: [UInt8],
    limits: GobLimits = GobLimits(),
) throws(GobError) -> [GobDatum] {
    var decoder = GobStreamDecoder(limits: limits)
    var position = 0
    var data: [GobDatum] = []
    while let datum = try decoder.next(in: bytes, at: &position) { data.append(datum) }
    return data
}

/// Every value of a stream, given to the decoder a message at a time.
func decodeByMessage(_ bytes: [UInt8]) throws(GobError) -> [GobDatum] {
    var decoder = GobStreamDecoder()
    var rest = bytes[...]
    var data: [GobDatum] = []
    while let size = try GobFrame.size(Array(rest).span) {
        if let datum = try decoder.receive(Array(rest.prefix(size))) { data.append(datum) }
        rest = rest.dropFirst(size)
    }
    return data
}

/// Every value of a stream, with the types of the streams before it at hand.
func decodeAll(_ bytes: [UInt8], cache: GobTypeCache) throws(GobError) -> [GobDatum] {
    var decoder = GobStreamDecoder(cache: cache)
    var position = 0
    var data: [GobDatum] = []
    while let datum = try decoder.next(in: bytes, at: &position) { data.append(datum) }
    return data
}

/// Every value before the first error, and the error.
func decodeUntilError(_ bytes: [UInt8]) -> (values: Int, error: GobError?) {
    var decoder = GobStreamDecoder()
    var position = 0
    var values = 0
    do throws(GobError) {
        while try decoder.next(in: bytes, at: &position) != nil { values += 1 }
        return (values, nil)
    } catch {
        return (values, error)
    }
}

/// A stream of one value.
func encode(_ datum: GobDatum) throws(GobError) -> [UInt8] {
    var encoder = GobStreamEncoder()
    return try encoder.encode(datum)
}
