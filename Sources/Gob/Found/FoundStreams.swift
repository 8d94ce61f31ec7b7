/// Reads gob streams as they are found in files: several of them appended, with definitions that are
/// repeated, or without their beginning.
///
/// ``GobStreamDecoder`` reads every message; this decides by which decoder it is read, and what is
/// passed over because nothing can be known of it:
///
/// - Another stream begins where type ids start anew: where the first type of a stream is defined
///   again after a value, or any type is defined differently.
/// - A definition that says again what was said before is accepted.
/// - A value whose type was never defined is passed over; where nothing could be read before it,
///   everything is up to the first definition that can be.
package struct FoundStreams: Sendable {
    /// What was found besides plain values.
    package private(set) var sightings = StreamSightings()

    /// Messages that belong together.
    enum Part {
        /// A value, with its definitions.
        case value(GobDatum)
        /// Definitions, after which something else comes.
        case definitions
        /// The place where another stream begins.
        case stream
        /// Bytes of which nothing can be known.
        case skipped(Range<Int>)
        /// There is nothing more.
        case end
    }

    /// What is to be done next.
    private enum Step {
        case read
        /// Another stream begins; some of its definitions may have been read already.
        case begin([Int64])
        case skip(Range<Int>, messages: Int)
    }

    private let fresh: GobStreamDecoder
    private(set) var decoder: GobStreamDecoder
    /// The decoder of the stream before this one.
    private var previous: GobStreamDecoder?
    /// The type that the stream defined first.
    private var firstID: Int64?
    /// Where the stream has defined its types.
    private var definitions: [Int64: Int] = [:]
    /// The types that were defined since its last value.
    private var latest: [Int64] = []
    /// Whether a message could be read yet, a beginning was looked for, and a value could be read.
    private var hasMessage = false
    private var hasSearched = false
    private var hasValue = false
    /// Where a value is that cannot be of the stream, and whether another one has begun there.
    private var contradiction: Int?
    private var hasBegun = false
    /// Why the first bytes cannot be read, where they cannot.
    private var reason: GobError?

    /// Streams that are held to the limits of a cache, and whose types it may know.
    package init(cache: GobTypeCache) {
        self.init(GobStreamDecoder(cache: cache))
    }

    /// Streams that are held to limits.
    init(limits: GobLimits) {
        self.init(GobStreamDecoder(limits: limits))
    }

    private init(_ decoder: GobStreamDecoder) {
        var decoder = decoder
        decoder.acceptsRepeats = true
        fresh = decoder
        self.decoder = decoder
    }

    /// The next value, or `nil` where no more comes.
    ///
    /// - Parameters:
    ///   - bytes: All of the streams, the same at each call.
    ///   - position: Where to go on, at first 0.
    /// - Returns: The value.
    /// - Throws: ``GobError`` where a stream breaks, or where no value could be read at all.
    package mutating func next(
        in bytes: [UInt8],
        at position: inout Int,
    ) throws(GobError) -> GobDatum? {
        while true {
            switch try part(in: bytes, at: &position, observed: Unobserved()) {
            case .value(let datum): return datum
            case .definitions, .stream, .skipped: continue
            case .end: return nil
            }
        }
    }

    /// The next part, whose messages are told to an observer.
    mutating func part(
        in bytes: [UInt8],
        at position: inout Int,
        observed observer: some WalkObserver,
    ) throws(GobError) -> Part {
        let start = position
        while position < bytes.count {
            switch step(in: bytes, at: position) {
            case .read:
                let place = position
                do throws(GobError) {
                    if let datum = try read(in: bytes, at: &position, observer) {
                        return .value(datum)
                    }
                } catch {
                    guard case .duplicateType = error.fault, contradiction != place,
                        !decoder.isInsideValue
                    else { throw error }
                    // What a value defines inside it shows that it is of another stream.
                    (contradiction, hasBegun, position) = (place, false, place)
                }
            case .begin(let own):
                guard position == start else { return .definitions }
                begin(with: own, in: bytes)
                return .stream
            case .skip(let range, let messages):
                guard position == start else { return .definitions }
                sightings.skip(range, messages: messages)
                decoder.abandonValue()
                latest = []
                position = range.upperBound
                return .skipped(range)
            }
        }
        observer.next(.messageLength, at: position, depth: 0)
        guard decoder.isBetweenValues else { throw GobError(.truncated, offset: position) }
        if !hasValue, let reason { throw reason }
        return position == start ? .end : .definitions
    }

    private mutating func read(
        in bytes: [UInt8],
        at position: inout Int,
        _ observer: some WalkObserver,
    ) throws(GobError) -> GobDatum? {
        let start = position
        let isGoingOn = decoder.isInsideValue
        let datum = try decoder.message(in: bytes, at: &position, observed: observer)
        hasMessage = true
        if datum != nil { (hasValue, latest) = (true, []) }
        guard let id = GobFrame.typeID(bytes.span.extracting(start...)), id < 0, !isGoingOn else {
            return datum
        }
        if definitions.updateValue(start, forKey: id) != nil { sightings.repeatedDefinitions += 1 }
        firstID = firstID ?? id
        latest.append(id)
        return datum
    }

    /// Begins a stream, some of whose definitions were read.
    private mutating func begin(with own: [Int64], in bytes: [UInt8]) {
        let places = own.compactMap { id in definitions[id].map { (id, $0) } }
        previous = decoder
        decoder = fresh.reading(places.map(\.1), in: bytes) ?? fresh
        definitions = Dictionary(places) { _, last in last }
        (firstID, latest) = (own.first, own)
        sightings.streams += 1
        hasBegun = true
    }

    // MARK: What comes next

    private mutating func step(in bytes: [UInt8], at position: Int) -> Step {
        if contradiction == position, !hasBegun { return .begin(latest) }
        if decoder.isInsideValue { return .read }
        let rest = bytes.span.extracting(position...)
        guard let size = try? GobFrame.size(rest, limits: decoder.limits), size <= rest.count,
            let id = GobFrame.typeID(rest)
        else { return search(in: bytes, at: position) ?? .read }
        if id < 0, hasMessage { return step(definition: id, in: bytes, at: position) }
        if id < 0 || decoder.knows(TypeID(id)) {
            // What can be read first may be anything, what cannot is no beginning.
            if hasMessage || decoder.error(in: bytes, at: position) == nil { return .read }
            return search(in: bytes, at: position) ?? .read
        }
        if goesOn(TypeID(id), in: bytes) { return .read }
        if reason == nil { reason = GobError(.undefinedType(id: id), offset: position) }
        return search(in: bytes, at: position) ?? .skip(position..<position + size, messages: 1)
    }

    private mutating func step(definition id: Int64, in bytes: [UInt8], at position: Int) -> Step {
        guard decoder.defines(TypeID(0 &- id)) else { return .read }
        let isAnew = id == firstID && !latest.contains(id)
        guard isAnew || decoder.contradicts(bytes, at: position) else { return .read }
        // What came since the last value is of the stream that begins.
        return .begin(latest.filter { $0 != id })
    }

    /// Goes on with the stream before, where this one says again only some of what that has said.
    private mutating func goesOn(_ id: TypeID, in bytes: [UInt8]) -> Bool {
        guard let stream = previous else { return false }
        previous = nil
        let places = definitions.values.sorted()
        guard var merged = stream.reading(places, in: bytes), merged.knows(id) else { return false }
        decoder = merged
        sightings.streams -= 1
        sightings.repeatedDefinitions += places.count
        return true
    }

    /// Passes over everything up to a definition that can be read, if nothing could be read before.
    private mutating func search(in bytes: [UInt8], at position: Int) -> Step? {
        guard !hasMessage, !hasSearched else { return nil }
        hasSearched = true
        let error = decoder.error(in: bytes, at: position)
        if case .limitExceeded? = error?.fault, GobFrame.isWhole(bytes.span, at: position) {
            return nil
        }
        guard let found = BeginningSearch.find(in: bytes, after: position, for: fresh) else {
            return nil
        }
        reason = reason ?? error
        return .skip(position..<found.start, messages: found.messages)
    }
}

extension GobStreamDecoder {
    /// The decoder after some messages; `nil` where it cannot read them.
    fileprivate func reading(_ places: [Int], in bytes: [UInt8]) -> GobStreamDecoder? {
        var decoder = self
        for place in places {
            var position = place
            let message: GobDatum?? = try? decoder.message(
                in: bytes,
                at: &position,
                observed: Unobserved()
            )
            guard message != nil else { return nil }
        }
        return decoder
    }

    /// Whether a definition says something else of a type than one before.
    fileprivate func contradicts(_ bytes: [UInt8], at position: Int) -> Bool {
        if case .duplicateType? = error(in: bytes, at: position)?.fault { true } else { false }
    }
}
