/// The messages of a stream and the types it has defined: what the encoders of values share.
struct StreamWriter: ~Copyable {
    let limits: GobLimits
    var messages: MessageWriter
    private(set) var types: SentTypes

    init(
        types: SentTypes,
        limits: GobLimits,
        into writer: consuming ByteWriter = ByteWriter(),
    ) {
        self.types = types
        self.limits = limits
        messages = MessageWriter(limit: limits.messageSize, into: writer)
    }

    /// The writer of all that was written.
    consuming func writer() -> ByteWriter { messages.top }

    /// Begins the message of a value at the top of the stream, after the definitions it needs.
    ///
    /// - Parameters:
    ///   - type: Of the value.
    ///   - schema: Where the type is.
    ///   - size: What the message will have at least, in bytes.
    /// - Throws: What the type has that cannot be sent.
    mutating func beginValue(
        _ type: TypeIndex,
        in schema: GobSchema,
        expecting size: Int,
    ) throws(GobError.Fault) {
        try define(type, in: schema)
        messages.begin(expecting: size)
        try writeID(of: type)
        if schema.kind(of: type) != .structure { messages.top.uint(0) }
    }

    /// Begins the message of a value whose definitions were made before for a fresh stream; in one
    /// that is not fresh they are of no use.
    mutating func beginValue(
        _ beginning: SentDefinitions,
        expecting size: Int,
    ) throws(GobError.Fault) {
        guard types.isEmpty else {
            return try beginValue(beginning.type, in: beginning.schema, expecting: size)
        }
        types = beginning.types
        messages.top.raw(beginning.bytes)
        messages.begin(expecting: size)
        messages.top.int(beginning.id.number)
        if !beginning.isStructure { messages.top.uint(0) }
    }

    /// Sends the definitions that a type needs, each a message of its own.
    mutating func define(_ type: TypeIndex, in schema: GobSchema) throws(GobError.Fault) {
        types.use(schema)
        for definition in try types.prepare(type) {
            messages.begin()
            try define(definition)
            try messages.end()
        }
    }

    /// Begins the message of a value in an interface, whose name was written.
    ///
    /// A definition that is needed ends the message around it, and is followed by another one.
    mutating func beginInterface(_ type: TypeIndex, in schema: GobSchema) throws(GobError.Fault) {
        types.use(schema)
        let definitions = try types.prepare(type)
        for definition in definitions {
            try define(definition)
            try messages.end()
            messages.begin()
        }
        try writeID(of: type)
        messages.begin()
        if schema.kind(of: type) != .structure { messages.top.uint(0) }
    }

    private mutating func define(_ type: TypeIndex) throws(GobError.Fault) {
        guard let id = types.id(of: type), let definition = types.definition(of: type) else {
            throw .undefinedType(id: 0)
        }
        messages.top.int(-id.number)
        messages.top.wireType(definition, id: id)
    }

    private mutating func writeID(of type: TypeIndex) throws(GobError.Fault) {
        guard let id = types.id(of: type) else { throw .undefinedType(id: 0) }
        messages.top.int(id.number)
    }
}
