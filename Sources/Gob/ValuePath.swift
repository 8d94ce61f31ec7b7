/// The way from a value to one inside it, as people write it in Go: `C.M["x"]`, `Kids[2].V`.
public struct ValuePath: Sendable, Hashable {
    /// The path so far; empty at the top.
    public private(set) var text = ""

    /// The top.
    public init() {}

    /// Goes on into a field.
    public mutating func field(_ name: String) {
        if !text.isEmpty { text += "." }
        text += name
    }

    /// Goes on to an element.
    public mutating func index(_ index: Int) {
        text += "[\(index)]"
    }

    /// Goes on to the value of a key of a map.
    public mutating func key(_ key: GobValue) {
        switch key {
        case .string(let text): self.text += "[\"\(text)\"]"
        case .int(let number): text += "[\(number)]"
        case .uint(let number): text += "[\(number)]"
        case .bool(let truth): text += "[\(truth)]"
        case .float(let number): text += "[\(number)]"
        case .zero, .complex, .invalidString, .bytes, .opaque, .list, .structure, .map,
            .interface:
            text += "[…]"
        }
    }
}
