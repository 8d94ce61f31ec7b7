import Gob

// Swift structs for the Go types of the golden vectors, under the names that those have.

struct Point: GobStructure, Hashable {
    var x = 0
    var y = 0
    static let gobName = "point"
    static let gobFields: [Field] = [Field("X", \.x), Field("Y", \.y)]
}

struct Gaps: GobStructure, Equatable {
    var a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0
    static let gobName = "gaps"
    static let gobFields: [Field] = [
        Field("A", \.a), Field("B", \.b), Field("C", \.c), Field("D", \.d), Field("E", \.e),
        Field("F", \.f), Field("G", \.g), Field("H", \.h),
    ]
}

struct SomeKind: GobStructure, Equatable {
    var a = 0
    var c = ""
    static let gobName = "someKind"
    static let gobFields: [Field] = [Field("A", \.a), Field("C", \.c)]
}

/// `struct { A int; B string }`: an unnamed type has an empty name.
struct Anonymous: GobStructure, Equatable {
    var a = 0
    var b = ""
    static let gobName = ""
    static let gobFields: [Field] = [Field("A", \.a), Field("B", \.b)]
}

struct Base: GobStructure, Equatable {
    var id = 0
    static let gobFields: [Field] = [Field("ID", \.id)]
}

/// An embedded struct is a field with the name of its type.
struct Embedder: GobStructure, Equatable {
    var base = Base()
    var name = ""
    static let gobName = "embedder"
    static let gobFields: [Field] = [Field("Base", \.base), Field("Name", \.name)]
}

struct EmbedderPtr: GobStructure, Equatable {
    var base: Base?
    var name = ""
    static let gobName = "embedderPtr"
    static let gobFields: [Field] = [Field("Base", \.base), Field("Name", \.name)]
}

struct Derived: GobStructure, Equatable {
    var alias = Base()
    static let gobName = "derived"
    static let gobFields: [Field] = [Field("Alias", \.alias)]
}

/// A field of one type, in a struct without a name.
struct Holding<Content: GobTyped & Sendable>: GobStructure, Sendable {
    var content = Content.gobZero
    static var gobName: String { "" }
    static var gobFields: [Field] { [Field("H", \.content)] }

    init() {}

    init(_ content: Content) {
        self.content = content
    }
}

struct Scalars: GobStructure, Equatable {
    var b = false
    var i = 0
    var i8: Int8 = 0, i16: Int16 = 0, i32: Int32 = 0, i64: Int64 = 0
    var u: UInt = 0
    var u8: UInt8 = 0, u16: UInt16 = 0, u32: UInt32 = 0, u64: UInt64 = 0, ptr: UInt = 0
    var f32: Float = 0, f64 = 0.0
    var c64 = GobComplex<Float>(), c128 = GobComplex<Double>()
    var s = ""
    var raw: [UInt8] = []
    static let gobName = "scalars"
    static let gobFields: [Field] = [
        Field("B", \.b), Field("I", \.i), Field("I8", \.i8), Field("I16", \.i16),
        Field("I32", \.i32), Field("I64", \.i64), Field("U", \.u), Field("U8", \.u8),
        Field("U16", \.u16), Field("U32", \.u32), Field("U64", \.u64), Field("Ptr", \.ptr),
        Field("F32", \.f32), Field("F64", \.f64), Field("C64", \.c64), Field("C128", \.c128),
        Field("S", \.s), Field("Raw", \.raw),
    ]
}

struct Pointers: GobStructure, Equatable {
    var i: Int?
    var ii: Int??
    var s: String?
    var p: Point?
    var pp: Point??
    var b: [UInt8]?
    var m: [String: Int]?
    static let gobName = "pointers"
    static let gobFields: [Field] = [
        Field("I", \.i), Field("II", \.ii), Field("S", \.s), Field("P", \.p), Field("PP", \.pp),
        Field("B", \.b), Field("M", \.m),
    ]
}

/// The article's type.
struct ComplexData: GobStructure, Equatable, Sendable {
    var n = 0
    var s = ""
    var m: [String: Int]?
    var p: [UInt8] = []
    var c = GobPointer<ComplexData>()
    static let gobName = "complexData"
    static let gobFields: [Field] = [
        Field("N", \.n), Field("S", \.s), Field("M", \.m), Field("P", \.p), Field("C", \.c),
    ]

    /// What the article's client sends.
    static let example = ComplexData(
        n: 23,
        s: "string data",
        m: ["one": 1, "two": 2, "three": 3],
        p: Array("abc".utf8),
        c: GobPointer(
            ComplexData(
                n: 256,
                s: "Recursive structs? Piece of cake!",
                m: ["01": 1, "10": 2, "11": 3]
            )
        )
    )

    /// So many values, each in the field `C` of the one before.
    static func chain(length: Int) -> ComplexData {
        (1..<length).reduce(ComplexData(n: 1)) { chain, _ in ComplexData(c: GobPointer(chain)) }
    }
}

struct List: GobStructure, Equatable, Sendable {
    var v = 0
    var next = GobPointer<List>()
    static let gobName = "list"
    static let gobFields: [Field] = [Field("V", \.v), Field("Next", \.next)]
}

struct Tree: GobStructure, Equatable, Sendable {
    var v = ""
    var kids: [Tree] = []
    static let gobName = "tree"
    static let gobFields: [Field] = [Field("V", \.v), Field("Kids", \.kids)]
}

struct TreeMap: GobStructure, Equatable, Sendable {
    var kids: [String: GobPointer<TreeMap>]?
    static let gobName = "treeMap"
    static let gobFields: [Field] = [Field("Kids", \.kids)]
}

struct EvenNode: GobStructure, Equatable, Sendable {
    var v = 0
    var odd = GobPointer<OddNode>()
    static let gobName = "evenNode"
    static let gobFields: [Field] = [Field("V", \.v), Field("Odd", \.odd)]
}

struct OddNode: GobStructure, Equatable, Sendable {
    var v = 0
    var even = GobPointer<EvenNode>()
    static let gobName = "oddNode"
    static let gobFields: [Field] = [Field("V", \.v), Field("Even", \.even)]
}

struct Containers: GobStructure, Sendable {
    var s: [Int] = []
    var ss: [[String]] = []
    var a: InlineArray<3, Int> = [0, 0, 0]
    var aa: InlineArray<2, InlineArray<2, Double>> = [[0, 0], [0, 0]]
    var b: InlineArray<4, UInt8> = [0, 0, 0, 0]
    var m: [String: [Int]]?
    var mm: [String: [Int: Bool]]?
    var ms: [String: Point]?
    var sm: [[String: Int]] = []
    var sp: [Point?] = []
    var mp: [String: Point?]?
    static let gobName = "containers"
    static let gobFields: [Field] = [
        Field("S", \.s), Field("SS", \.ss), Field("A", \.a), Field("AA", \.aa), Field("B", \.b),
        Field("M", \.m), Field("MM", \.mm), Field("MS", \.ms), Field("SM", \.sm),
        Field("SP", \.sp), Field("MP", \.mp),
    ]
}

/// `[2]int` where a map needs a key: what has one field only is sent as that.
struct Pair: GobTyped, Hashable {
    var elements: InlineArray<2, Int> = [0, 0]
    static let gobZero = Pair()

    static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        InlineArray<2, Int>.gobLayout(in: &layouts)
    }

    static func == (left: Pair, right: Pair) -> Bool {
        left.elements[0] == right.elements[0] && left.elements[1] == right.elements[1]
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(elements[0])
        hasher.combine(elements[1])
    }
}
