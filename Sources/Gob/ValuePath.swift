/// The way from a value to one inside it, as people write it in Go: `C.M["x"]`, `Kids[2].V`.
///
/// Names and keys come from a stream, and so does the depth: of a long way the middle is left out,
/// of a long name the end.
public struct ValuePath: Sendable, Hashable {
    private var first: [String] = []
    private var last: [String] = []
    private var omitted = 0

    /// How many steps are kept at each end.
    private static let stepLimit = 8
    /// How much of a name or a key is kept, in characters.
    private static let nameLimit = 64

    /// The top.
    public init() {}

    /// The path; empty at the top.
    public var text: String {
        let middle = omitted > 0 ? ["…"] : []
        let text = (first + middle + last).joined()
        return text.hasPrefix(".") ? String(text.dropFirst()) : text
    }

    /// Goes on into a field.
    public mutating func field(_ name: String) {
        add(".\(Self.shortened(name))")
    }

    /// Goes on to an element.
    public mutating func index(_ index: Int) {
        add("[\(index)]")
    }

    /// Goes on to the value of a key of a map.
    public mutating func key(_ key: GobValue) {
        switch key {
        case .string(let text): add("[\"\(Self.shortened(text))\"]")
        case .int(let number): add("[\(number)]")
        case .uint(let number): add("[\(number)]")
        case .bool(let truth): add("[\(truth)]")
        case .float(let number): add("[\(number)]")
        case .zero, .complex, .invalidString, .bytes, .opaque, .list, .structure, .map,
            .interface:
            add("[…]")
        }
    }

    private mutating func add(_ step: String) {
        guard first.count == Self.stepLimit else { return first.append(step) }
        last.append(step)
        guard last.count > Self.stepLimit else { return }
        last.removeFirst()
        omitted += 1
    }

    private static func shortened(_ name: String) -> String {
        let start = name.prefix(nameLimit)
        return start.endIndex == name.endIndex ? name : start + "…"
    }
}
