import Gob
import Net

/// Cuts what goes one way over a connection into commands, as it comes, without holding anything back.
struct CommandCutter: Sendable {
    /// Where in a command the stream is.
    private enum Place: Sendable {
        case name([UInt8])
        case line
        case bytes(left: Int)
        /// In a message of a gob stream, of which so much is needed to know how long it is, and what.
        case gobHead([UInt8])
        case gobBody(left: Int)
        /// After a command that nobody here knows.
        case unknown

        var kind: Part.Kind {
            switch self {
            case .name: .name
            case .line: .line
            case .bytes: .bytes
            case .gobHead, .gobBody: .message
            case .unknown: .unknown
            }
        }
    }

    /// What a step through the bytes came to.
    private enum Step {
        /// The part goes on.
        case inside
        /// The part has ended, and the command goes on.
        case partEnd
        /// The command has ended.
        case commandEnd
    }

    /// The longest name, in bytes; what is longer is none.
    static let nameLimit = Endpoint.Configuration().nameLimit
    /// How many bytes tell the length and the type of a gob message at most.
    private static let gobHeadSize = 18

    private var place = Place.name([])
    /// The gob stream that is the data of the command, if it is one.
    private var gob = GobExtent()
    private var command: String?
    private var number = 0
    private var isInsideCommand = false
    private var isInsidePart = false

    /// Cuts the next bytes into commands.
    ///
    /// - Parameters:
    ///   - bytes: What comes after all before.
    ///   - form: What follows the name of a command; `nil` for one that is not known.
    /// - Returns: The pieces, which are all of the bytes.
    mutating func cut(_ bytes: [UInt8], form: (String) -> Handler.Form?) -> [Piece] {
        var pieces: [Piece] = []
        var (start, position) = (0, 0)
        while position < bytes.count {
            guard let (_, step) = nextStep(bytes, &position, form),
                step == .commandEnd || position == bytes.count
            else { continue }
            pieces.append(piece(bytes, start..<position))
            start = position
        }
        return pieces
    }

    /// Cuts the next bytes into the parts of commands, as `cut` does into commands.
    mutating func parts(of bytes: [UInt8], form: (String) -> Handler.Form?) -> [Part] {
        var parts: [Part] = []
        var (start, position) = (0, 0)
        while position < bytes.count {
            let isBegun = !isInsidePart
            guard let (kind, step) = nextStep(bytes, &position, form) else { continue }
            parts.append(
                Part(
                    kind: kind,
                    piece: piece(bytes, start..<position),
                    isBegun: isBegun,
                    isEnded: step != .inside,
                    endsCommand: step == .commandEnd
                )
            )
            start = position
        }
        return parts
    }

    /// Goes on to the end of a part, or of the bytes.
    ///
    /// - Returns: What the part is, and what it came to; `nil` where that is neither yet.
    private mutating func nextStep(
        _ bytes: [UInt8],
        _ position: inout Int,
        _ form: (String) -> Handler.Form?,
    ) -> (kind: Part.Kind, step: Step)? {
        if !isInsideCommand { begin() }
        let kind = place.kind
        let step = step(bytes, &position, form)
        guard step != .inside || position == bytes.count else { return nil }
        isInsidePart = step == .inside
        isInsideCommand = step != .commandEnd
        return (kind, step)
    }

    /// A part of bytes, which is of the present command.
    private func piece(_ bytes: [UInt8], _ range: Range<Int>) -> Piece {
        let part = range == bytes.indices ? bytes : Array(bytes[range])
        return Piece(bytes: part, command: command, number: number)
    }

    private mutating func begin() {
        place = .name([])
        command = nil
        number += 1
        isInsideCommand = true
    }

    /// Goes on by as much of a part as there is.
    private mutating func step(
        _ bytes: [UInt8],
        _ position: inout Int,
        _ form: (String) -> Handler.Form?,
    ) -> Step {
        switch place {
        case .name(let before):
            let (part, isWhole) = line(bytes, &position)
            let name = before + part
            guard name.count <= Self.nameLimit else { return enter(.unknown) }
            return isWhole ? enter(name, form) : enter(.name(name))
        case .line: return line(bytes, &position).isWhole ? .commandEnd : .inside
        case .bytes(let left):
            let rest = left - skip(left, bytes, &position)
            place = .bytes(left: rest)
            return rest == 0 ? .commandEnd : .inside
        case .gobHead(let head):
            position += 1
            return enterGob(head + [bytes[position - 1]])
        case .gobBody(let left):
            let start = position
            let rest = left - skip(left, bytes, &position)
            gob.take(bytes[start..<position])
            return rest == 0 ? endMessage() : enter(.gobBody(left: rest))
        case .unknown:
            position = bytes.count
            return .inside
        }
    }

    private mutating func enter(_ place: Place) -> Step {
        self.place = place
        return .inside
    }

    /// Goes on after a name line.
    private mutating func enter(_ line: [UInt8], _ form: (String) -> Handler.Form?) -> Step {
        let name = Handler.name(ofLine: line)
        command = String(validating: name, as: UTF8.self)
        switch command.flatMap(form) {
        case .line: place = .line
        case .gob: (place, gob) = (.gobHead([]), GobExtent())
        case .bytes(let count): place = .bytes(left: count)
        case .nothing: return .commandEnd
        case nil: place = .unknown
        }
        return .partEnd
    }

    /// Goes on with the beginning of a gob message.
    private mutating func enterGob(_ head: [UInt8]) -> Step {
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
        gob.begin(head)
        return head.count < size ? enter(.gobBody(left: size - head.count)) : endMessage()
    }

    private mutating func endMessage() -> Step {
        place = .gobHead([])
        return gob.end() ? .commandEnd : .partEnd
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
