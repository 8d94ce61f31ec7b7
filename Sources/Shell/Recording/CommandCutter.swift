import Gob
import Net

/// Cuts what goes one way over a connection into commands, as it comes, without holding anything back.
struct CommandCutter: Sendable {
    /// Bytes of one command: the whole of it, or what a write or read had of it.
    struct Piece: Sendable, Equatable {
        let bytes: [UInt8]
        /// The command; `nil` while its name has not come whole, and where none can be told any more.
        let command: String?
        /// Which command of the connection it is, from 1.
        let number: Int
    }

    /// Where in a command the stream is.
    private enum Place: Sendable {
        case name([UInt8])
        case line
        case bytes(left: Int)
        /// In a message of a gob stream, of which so much is needed to know how long it is, and what.
        case gobHead([UInt8])
        case gobBody(left: Int, isLast: Bool)
        /// After a command that nobody here knows.
        case unknown
    }

    /// The longest name, in bytes; what is longer is none.
    private static let nameLimit = Endpoint.Configuration().nameLimit
    /// How many bytes tell the length and the type of a gob message at most.
    private static let gobHeadSize = 18

    private var place = Place.name([])
    private var command: String?
    private var number = 0
    private var isInside = false

    /// Cuts the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: What comes after all before.
    ///   - form: What follows the name of a command; `nil` for one that is not known.
    /// - Returns: The pieces, which are all of the bytes.
    mutating func cut(_ bytes: [UInt8], form: (String) -> Handler.Form?) -> [Piece] {
        var pieces: [Piece] = []
        var (start, position) = (0, 0)
        while position < bytes.count {
            if !isInside { begin() }
            let isOver = step(bytes, &position, form)
            guard isOver || position == bytes.count else { continue }
            let part = Array(bytes[start..<position])
            pieces.append(Piece(bytes: part, command: command, number: number))
            start = position
            isInside = !isOver
        }
        return pieces
    }

    private mutating func begin() {
        place = .name([])
        command = nil
        number += 1
        isInside = true
    }

    /// Goes on by one part of a command; true where that is its end.
    private mutating func step(
        _ bytes: [UInt8],
        _ position: inout Int,
        _ form: (String) -> Handler.Form?,
    ) -> Bool {
        switch place {
        case .name(let before):
            let (part, isWhole) = line(bytes, &position)
            let name = before + part
            guard name.count <= Self.nameLimit else { return enter(.unknown) }
            return isWhole ? enter(name, form) : enter(.name(name))
        case .line: return line(bytes, &position).isWhole
        case .bytes(let left):
            let rest = left - skip(left, bytes, &position)
            place = .bytes(left: rest)
            return rest == 0
        case .gobHead(let head):
            position += 1
            return enterGob(head + [bytes[position - 1]])
        case .gobBody(let left, let isLast):
            let rest = left - skip(left, bytes, &position)
            place = rest > 0 ? .gobBody(left: rest, isLast: isLast) : .gobHead([])
            return rest == 0 && isLast
        case .unknown:
            position = bytes.count
            return false
        }
    }

    private mutating func enter(_ place: Place) -> Bool {
        self.place = place
        return false
    }

    /// Goes on after a name line; true where the command ends there.
    private mutating func enter(_ line: [UInt8], _ form: (String) -> Handler.Form?) -> Bool {
        let name = Handler.name(ofLine: line)
        command = String(validating: name, as: UTF8.self)
        switch command.flatMap(form) {
        case .line: return enter(.line)
        case .gob: return enter(.gobHead([]))
        case .bytes(let count): return enter(.bytes(left: count))
        case .nothing: return true
        case nil: return enter(.unknown)
        }
    }

    /// Goes on with the beginning of a gob message; true where the command ends there.
    private mutating func enterGob(_ head: [UInt8]) -> Bool {
        var limits = GobLimits()
        limits.messageSize = .max
        let size: Int?
        do {
            size = try GobFrame.size(head.span, limits: limits)
        } catch {
            return enter(.unknown)
        }
        guard let size, head.count >= min(size, Self.gobHeadSize) else {
            return enter(.gobHead(head))
        }
        let isLast = !GobFrame.isDefinition(head.span)
        guard head.count < size else {
            place = .gobHead([])
            return isLast
        }
        return enter(.gobBody(left: size - head.count, isLast: isLast))
    }
}

/// What is left of a line, without its end, and whether the end is there.
private func line(_ bytes: [UInt8], _ position: inout Int) -> (part: [UInt8], isWhole: Bool) {
    let end = bytes[position...].firstIndex(of: lineEnd)
    defer { position = end.map { $0 + 1 } ?? bytes.count }
    return (Array(bytes[position..<(end ?? bytes.count)]), end != nil)
}

/// Goes beyond so many bytes, as far as they are there.
private func skip(_ count: Int, _ bytes: [UInt8], _ position: inout Int) -> Int {
    let part = min(count, bytes.count - position)
    position += part
    return part
}
