/// The sending end of a gob stream: values in, messages out, each type defined once.
///
/// It does no output of its own. Where encoding fails, nothing was sent and the stream is as it was.
public struct GobStreamEncoder: Sendable {
    private let limits: GobLimits
    private let cache: GobTypeCache?
    private var types = SentTypes()

    /// An encoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
        cache = nil
    }

    /// An encoder at the beginning of a stream whose definitions an earlier one may have written.
    ///
    /// - Parameter cache: What was written; its limits hold for the stream.
    public init(cache: GobTypeCache) {
        limits = cache.limits
        self.cache = cache
    }

    /// The messages that send a value: the definitions that are still needed, then the value.
    ///
    /// What Go leaves out is left out: fields that are zero, but for arrays, structs and maps that
    /// are not nil.
    ///
    /// - Throws: ``GobError`` when the value is not of its type, or exceeds a limit.
    public mutating func encode(_ datum: GobDatum) throws(GobError) -> [UInt8] {
        var encoder = ValueEncoder(
            schema: datum.schema,
            types: types,
            limits: limits,
            cache: cache
        )
        do {
            let (stream, types) = try encoder.encode(datum.value, as: datum.type)
            self.types = types
            return stream
        } catch {
            throw GobError(error, path: encoder.path)
        }
    }
}
