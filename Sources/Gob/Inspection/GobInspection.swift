/// Every byte of a value's messages, explained: what ``GobInspector`` gives.
///
/// The ranges of ``lines`` follow one another without a gap, so that their bytes, joined, are those
/// of the stream.
public struct GobInspection: Sendable {
    /// Some bytes that belong together, and what they mean.
    public struct Line: Sendable {
        /// Where in the stream the bytes are; none for the beginning of a struct, and for what was
        /// expected at the end of a stream.
        public let range: Range<Int>
        /// How deep they are nested.
        public let depth: Int
        /// What they mean.
        public let meaning: Meaning
    }

    /// Which part of the value around it a value is.
    public enum Place: Sendable, Hashable {
        /// There is none around it.
        case top
        /// The field whose number is in the line before.
        case field
        /// An element of an array or a slice, counted from 0.
        case element(Int)
        /// The key of a map's entry.
        case key
        /// The value of a map's entry.
        case entry
        /// What is in an interface.
        case content
    }

    /// What bytes mean.
    public enum Meaning: Sendable {
        /// How many bytes the message has after this.
        case messageLength(UInt64)
        /// A negative id: the definition of a type follows; `nil` where the stream breaks before it.
        case definition(id: Int64, TypeIndex?)
        /// The id of the type of the value that follows.
        case valueType(id: Int64, TypeIndex?)
        /// The zero before a value that is no struct.
        case zero
        /// A field of a struct of which definitions are made: its name, that of the struct, and how
        /// far it is from the field before.
        case definitionField(String, of: String, delta: UInt64)
        /// The end of such a struct.
        case definitionEnd(of: String)
        /// The name of a type or a field.
        case name(String)
        /// The id of a type, in a definition.
        case typeID(Int64, TypeIndex?)
        /// The length of an array type.
        case arrayLength(Int64)
        /// How many fields a struct type has.
        case fieldCount(UInt64)
        /// A field of a struct, and how far it is from the one before.
        case field(String, delta: UInt64)
        /// The end of a struct.
        case structureEnd(TypeIndex)
        /// The beginning of a struct in a list, a map or an interface; it takes no byte.
        case structure(TypeIndex, Place)
        /// How many elements or entries a value of a type has.
        case count(UInt64, TypeIndex, Place)
        /// A value that has none inside, and its type.
        case scalar(GobValue, TypeIndex, Place)
        /// The name of the type in an interface; empty for nil.
        case interfaceName(String, Place)
        /// How long the value in an interface is.
        case interfaceLength(UInt64)
        /// How long the rest of the message is, after a definition inside it.
        case restLength(UInt64)
        /// Bytes after a value, which no receiver reads.
        case surplus
        /// Parts of a value that has too many of them to be told one by one.
        case untold
        /// Where another stream begins, and which one it is in a file of several; it takes no byte.
        case stream(number: Int)
        /// Messages of types that are not defined.
        case undefined
        /// Where the stream breaks: what was expected here, in words.
        case broken(expected: String)
        /// What comes after the break, of which nothing is known.
        case unread
    }

    /// The bytes in their order.
    public let lines: [Line]
    /// The types as far as they are defined at the end.
    public let schema: GobSchema
    /// The value that the messages are of; `nil` where the stream breaks.
    public let value: GobDatum?
    /// Why it breaks.
    public let error: GobError?
}
