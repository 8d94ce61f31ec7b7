/// The receiving end of a gob stream: messages in, values out.
///
/// It does no input of its own, so that the bytes may come from anywhere: whole, with `next`, or a
/// message at a time, with `receive`. Nothing is read beyond a value. After an error in a value the
/// next message may be given; the types defined before stay.
public struct GobStreamDecoder: Sendable {
    let limits: GobLimits
    var types: TypeTable
    private var plans: TypedPlans
    private var value: ValueDecoder?
    private(set) var root: TypeIndex?
    private var offset = 0
    private var hasPendingDefinition = false

    /// A decoder at the beginning of a stream.
    public init(limits: GobLimits = GobLimits()) {
        self.limits = limits
        types = TypeTable()
        plans = TypedPlans(cache: nil, known: nil)
    }

    /// A decoder at the beginning of a stream whose types may be known from earlier streams.
    ///
    /// - Parameter cache: What is known; its limits hold for the stream.
    public init(cache: GobTypeCache) {
        let beginning = cache.beginning
        limits = cache.limits
        types = beginning.table
        plans = TypedPlans(cache: cache, known: beginning)
    }

    /// Whether the stream may end here: between values, with no definition waiting for its value.
    public var isBetweenValues: Bool { value == nil && !hasPendingDefinition }

    /// Takes one message, as ``GobFrame/size(_:limits:offset:)`` delimits it, its length included.
    ///
    /// - Returns: The value that it completes, or `nil` when more messages are needed.
    public mutating func receive(_ frame: [UInt8]) throws(GobError) -> GobDatum? {
        var source = MessageSource(frame, at: 0, streamOffset: offset, limits)
        let datum = try message(from: &source)
        precondition(source.isAtEnd, "one whole message")
        return datum
    }

    /// Takes one message, as ``receive(_:)`` does, for a value of a Swift type.
    ///
    /// - Returns: The value that it completes, or `nil` when more messages are needed.
    public mutating func receive<Value: GobTyped>(
        _ frame: [UInt8],
        as type: Value.Type,
    ) throws(GobError) -> Value? {
        // A value that a definition may cut comes together without its Swift type.
        if root == nil {
            var source = MessageSource(frame, at: 0, streamOffset: offset, limits)
            var value = Value.gobZero
            let outcome = try unsafe withUnsafeMutablePointer(to: &value) {
                value throws(GobError) in
                let target = UnsafeMutableRawPointer(value)
                let key = TypedKey(type)
                return try unsafe message(key, into: target, from: &source, isWhole: false)
            }
            switch outcome {
            case .value: return value
            case .definition: return nil
            case .mayGoOn: break
            }
        }
        return try receive(frame)?.value(as: type, limits: limits)
    }

    /// The next value of a stream that is at hand as a whole.
    ///
    /// - Parameters:
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: The value, or `nil` at the stream's end.
    /// - Throws: ``GobError`` with offset and path. Going on after it skips the message at fault;
    ///   where even its end is not known, the stream ends there.
    public mutating func next(
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> GobDatum? {
        try next(in: bytes, at: &position, observed: Unobserved())
    }

    /// The next value, as ``next(in:at:)`` gives it, each of whose parts is told to an observer.
    mutating func next(
        in bytes: [UInt8],
        at position: inout Int,
        observed observer: some WalkObserver,
    ) throws(GobError) -> GobDatum? {
        var source = MessageSource(bytes, at: position, streamOffset: 0, limits)
        defer { position = source.position }
        while !source.isAtEnd {
            if let datum = try message(from: &source, observer) { return datum }
        }
        observer.next(.messageLength, at: source.streamOffset, depth: 0)
        guard isBetweenValues else { throw GobError(.truncated, offset: source.position) }
        return nil
    }

    /// Takes one message, as ``receive(_:)`` does, each of whose parts is told to an observer, with
    /// offsets from its first byte.
    mutating func receive(
        _ frame: [UInt8],
        observed observer: some WalkObserver,
    ) throws(GobError) -> GobDatum? {
        var source = MessageSource(frame, at: 0, streamOffset: 0, limits)
        return try message(from: &source, observer)
    }

    /// The next value of a stream that is at hand as a whole, as one of a Swift type.
    ///
    /// - Parameters:
    ///   - type: What the value is wanted as.
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: The value, or `nil` at the stream's end.
    /// - Throws: ``GobError``, also where the types do not go together.
    @inlinable
    public mutating func next<Value: GobTyped>(
        _ type: Value.Type,
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> Value? {
        var value = Value.gobZero
        return try next(into: &value, in: bytes, at: &position) ? value : nil
    }

    /// Reads the next value into one that is there, as Go does: fields that were not sent stay,
    /// entries of a map are added.
    ///
    /// - Parameters:
    ///   - value: What to read into; after an error it may hold a part of what was sent.
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: Whether there was a value; not at the stream's end.
    /// - Throws: ``GobError``, also where the types do not go together.
    @inlinable
    public mutating func next<Value: GobTyped>(
        into value: inout Value,
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> Bool {
        try unsafe withUnsafeMutablePointer(to: &value) { value throws(GobError) in
            let target = UnsafeMutableRawPointer(value)
            return try unsafe next(TypedKey(Value.self), into: target, in: bytes, at: &position)
        }
    }

    @usableFromInline
    mutating func next(
        _ type: TypedKey,
        into target: UnsafeMutableRawPointer,
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> Bool {
        var source = MessageSource(bytes, at: position, streamOffset: 0, limits)
        defer { position = source.position }
        while !source.isAtEnd {
            let outcome = try unsafe message(type, into: target, from: &source, isWhole: true)
            if outcome == .value { return true }
        }
        guard isBetweenValues else { throw GobError(.truncated, offset: source.streamOffset) }
        return false
    }

    mutating func message(
        from source: inout MessageSource,
        _ observer: some WalkObserver = Unobserved(),
    ) throws(GobError) -> GobDatum? {
        var reader = try reader(of: &source, observer)
        do {
            let typeCount = types.schema.count
            let isGoingOn = root != nil
            let content = try content(of: &reader, observer)
            // What an interface defines inside a value is not looked for in the cache.
            if isGoingOn || content != nil || root != nil, types.schema.count != typeCount {
                plans.forgetKnown()
            }
            guard let datum = content else { return nil }
            observer.next(.surplus, at: reader.streamOffset, depth: 0)
            abandonValue()
            return datum
        } catch {
            let path = value?.path(in: types.schema) ?? ""
            abandonValue()
            throw GobError(error, offset: reader.streamOffset, path: path)
        }
    }

    /// What a message was, for a receiver with a Swift type.
    private enum Outcome {
        case definition
        case value
        /// The beginning of a value that may go on in the next message, and was not taken.
        case mayGoOn
    }

    private mutating func message(
        _ target: TypedKey,
        into value: UnsafeMutableRawPointer,
        from source: inout MessageSource,
        isWhole: Bool,
    ) throws(GobError) -> Outcome {
        let start = offset
        var reader = try reader(of: &source)
        do {
            guard let root = try valueRoot(&reader) else { return .definition }
            guard isWhole || !root.hasInterfaces else {
                offset = start
                return .mayGoOn
            }
            let plan = try plans.plan(for: target, root.type, in: types.schema)
            var typed = TypedReader(plan, reader, types, source, limits)
            defer { if root.hasInterfaces { takeIn(typed, &source) } }
            do {
                try unsafe typed.read(0, into: value)
            } catch {
                throw GobError(error, offset: typed.offset(of: error), path: typed.pathText)
            }
            abandonValue()
            return .value
        } catch let error as GobError.Fault {
            abandonValue()
            throw GobError(error, offset: reader.streamOffset)
        } catch let error as GobError {
            abandonValue()
            let offset = error.offset ?? reader.streamOffset
            throw GobError(error.fault, offset: offset, path: error.path)
        } catch {
            preconditionFailure("an error of another kind: \(error)")
        }
    }

    /// Goes on where a value with interfaces ended, or could not be read: with the types that it
    /// brought, behind the messages that it took.
    private mutating func takeIn(_ typed: TypedReader, _ source: inout MessageSource) {
        // What an interface defines inside a value is not looked for in the cache.
        if types.schema.count != typed.types.schema.count { plans.forgetKnown() }
        types = typed.types
        source = typed.source
    }

    /// The next message, after its length; where its end is not known nothing after it can be read.
    private mutating func reader<Observer: WalkObserver>(
        of source: inout MessageSource,
        _ observer: Observer = Unobserved(),
    ) throws(GobError) -> ByteReader {
        let start = source.streamOffset
        observer.next(.messageLength, at: start, depth: 0)
        do {
            let reader = try source.next()
            offset = source.streamOffset
            return reader
        } catch {
            if Observer.isListening, error == .truncated, var reader = source.beginning(at: start) {
                // There is no value, but there are bytes to be explained.
                _ = try? content(of: &reader, observer)
            }
            abandonValue()
            throw GobError(error, offset: error == .truncated ? source.streamOffset : start)
        }
    }

    private mutating func content<Observer: WalkObserver>(
        of reader: inout ByteReader,
        _ observer: Observer,
    ) throws(GobError.Fault) -> GobDatum? {
        if let root { return try value?.resume(&reader, &types, observer).map { datum(root, $0) } }
        guard let found = try valueRoot(&reader, observer) else { return nil }
        let type = found.type
        if !found.hasInterfaces, !Observer.isListening {
            var nested = NestedValueReader(reader, types.schema, limits)
            if let value = try? nested.value(type) {
                reader = nested.reader
                return datum(type, value)
            }
        }
        root = type
        value = ValueDecoder(limits: limits)
        return try value?.start(type, &reader, &types, observer).map { datum(type, $0) }
    }

    /// The type of the value that a message begins with; `nil` for a definition, which is taken in.
    private mutating func valueRoot(
        _ reader: inout ByteReader,
        _ observer: some WalkObserver = Unobserved(),
    ) throws(GobError.Fault) -> TypeTable.Root? {
        observer.next(.typeID, at: reader.streamOffset, depth: 0)
        let id = try reader.int()
        guard id < 0 else {
            let root = try types.completeType(TypeID(id))
            observer.next(.zero, at: reader.streamOffset, depth: 0)
            try reader.singletonMark(before: types.schema.kind(of: root.type))
            return root
        }
        try define(TypeID(0 &- id), from: &reader, observer)
        return nil
    }

    /// Takes in a definition that is a message of its own.
    private mutating func define(
        _ id: TypeID,
        from reader: inout ByteReader,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) {
        hasPendingDefinition = true
        let message = reader.message
        if let table = plans.table(after: message) { return types.take(table) }
        let isRepeated = types.defines(id)
        guard reader.remaining <= limits.definitionSize else {
            throw .limitExceeded(.definitionSize, limits.definitionSize)
        }
        try types.define(id, from: &reader, limits: limits, observer)
        guard reader.isAtEnd else { throw .extraData(count: reader.remaining) }
        // What is accepted here is not what other streams may say.
        if isRepeated { plans.forgetKnown() } else { plans.extend(by: message, to: types) }
    }

    private func datum(_ type: TypeIndex, _ value: GobValue) -> GobDatum {
        GobDatum(schema: types.schema, type: type, value: value)
    }

    /// Forgets what was begun of a value, and that one was announced.
    mutating func abandonValue() {
        value = nil
        root = nil
        hasPendingDefinition = false
    }
}
