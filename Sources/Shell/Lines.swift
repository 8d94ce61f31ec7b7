/// What ends a line.
let lineEnd = UInt8(ascii: "\n")

extension [UInt8] {
    /// The lines, each with its end, which the last one may lack.
    var lines: [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = self[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: lineEnd).map { $0 + 1 } ?? rest.endIndex
            lines.append(Array(rest[..<end]))
            rest = rest[end...]
        }
        return lines
    }
}
