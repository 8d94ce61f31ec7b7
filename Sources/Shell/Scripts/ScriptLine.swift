/// A line of a script: one of its file, or several that `\` joins.
struct ScriptLine: Sendable {
    /// A place in the file.
    struct Spot: Equatable {
        /// The number of the file's line, from 1.
        let number: Int
        /// The file's line.
        let text: [UInt8]
        /// Where in it, in bytes from 1.
        let column: Int
    }

    /// A line of the file that another one follows.
    private struct Joint {
        /// How many bytes the lines up to it have, without what joins them.
        let end: Int
    }

    /// What is run.
    private(set) var bytes: [UInt8]
    /// The number of its first line in the file, from 1.
    let number: Int
    private var joints: [Joint] = []

    /// A line of the file.
    init(_ bytes: [UInt8], number: Int) {
        self.bytes = bytes
        self.number = number
    }

    /// Whether another line belongs to it: it ends with `\`, and is no comment.
    var isOpen: Bool {
        guard bytes.last == UInt8(ascii: "\\") else { return false }
        return bytes.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            != UInt8(ascii: "#")
    }

    /// Takes the next line of the file in place of the `\` at the end.
    mutating func join(_ next: [UInt8]) {
        bytes.removeLast()
        joints.append(Joint(end: bytes.count))
        bytes += next
    }

    /// Where a column is in the file.
    func spot(ofColumn column: Int) -> Spot {
        let index = joints.firstIndex { column <= $0.end } ?? joints.count
        let start = index == 0 ? 0 : joints[index - 1].end
        let end = index < joints.count ? joints[index].end : bytes.count
        let mark = index < joints.count ? [UInt8(ascii: "\\")] : []
        let text = Array(bytes[start..<end]) + mark
        return Spot(number: number + index, text: text, column: column - start)
    }
}
