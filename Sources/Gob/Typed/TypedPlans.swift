/// What a decoder knows beyond its types: where they stand in the cache, and the plans made so far.
struct TypedPlans: Sendable {
    private let cache: GobTypeCache?
    /// Where the definitions so far stand in the cache, as long as they do.
    private var known: KnownTypes?
    private var layouts: TypedLayouts
    private var plans: [Key: TypedPlan] = [:]
    private var last: (key: Key, plan: TypedPlan)?

    /// A Swift type and a type of the stream.
    struct Key: Hashable, Sendable {
        let type: ObjectIdentifier
        let wire: TypeIndex
    }

    init(cache: GobTypeCache?, known: KnownTypes?) {
        self.cache = cache
        self.known = known
        layouts = TypedLayouts(cache: cache)
    }

    /// The plan by which values of a type of the stream become values of a Swift type.
    mutating func plan(
        for type: TypedKey,
        _ wire: TypeIndex,
        in schema: GobSchema,
    ) throws(GobError) -> TypedPlan {
        let key = Key(type: type.id, wire: wire)
        if let last, last.key == key { return last.plan }
        var plan = known?.plan(key) ?? plans[key]
        if plan == nil { plan = try make(type, key, in: schema) }
        guard let plan else { preconditionFailure("a plan that was made") }
        last = (key, plan)
        return plan
    }

    /// The types after a definition, where an earlier stream had the same one here.
    mutating func table(after message: ArraySlice<UInt8>) -> TypeTable? {
        guard let next = known?.after(message) else { return nil }
        known = next
        return next.table
    }

    /// Remembers a definition for later streams.
    mutating func extend(by message: ArraySlice<UInt8>, to table: TypeTable) {
        if let known { self.known = cache?.extend(known, by: message, to: table) }
    }

    /// Goes on without the cache.
    mutating func forgetKnown() {
        known = nil
    }

    private mutating func make(
        _ type: TypedKey,
        _ key: Key,
        in schema: GobSchema,
    ) throws(GobError) -> TypedPlan {
        let plan = try TypedPlan(layouts.layout(of: type), key.wire, in: schema)
        if let known { known.remember(plan, key) } else { plans[key] = plan }
        return plan
    }
}

/// The layouts of the Swift types that a stream has met, or that all streams of a cache have.
struct TypedLayouts: Sendable {
    private let cache: GobTypeCache?
    private var layouts: [ObjectIdentifier: TypedLayout] = [:]
    private var last: (type: ObjectIdentifier, layout: TypedLayout)?

    init(cache: GobTypeCache?) {
        self.cache = cache
    }

    /// The layout of a type, made the first time.
    mutating func layout(of type: TypedKey) -> TypedLayout {
        if let last, last.type == type.id { return last.layout }
        let layout = cache?.layout(of: type) ?? layouts[type.id] ?? TypedLayout(type)
        if cache == nil { layouts[type.id] = layout }
        last = (type.id, layout)
        return layout
    }
}
