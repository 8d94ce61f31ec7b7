import Gob

/// Says what the messages of one gob stream are, as they come.
struct GobNotes: Sendable {
    /// How much of a message is looked at.
    private static let messageLimit = 64 << 10
    /// How long a value may be that is shown beside its bytes.
    private static let valueWidth = 60

    private var inspector: GobInspector
    private var message: [UInt8] = []
    /// Whether not all of the message is kept.
    private var isCut = false

    /// At the beginning of a stream.
    init() {
        var limits = GobLimits()
        // Only the beginning of a long one is looked at.
        limits.messageSize = .max
        // Nobody waits for this, and a few bytes can be a large value.
        limits.memory = 1 << 20
        inspector = GobInspector(limits: limits)
        inspector.lineLimit = 1 << 10
    }

    /// Takes bytes of a message.
    ///
    /// - Parameters:
    ///   - bytes: What follows the bytes before.
    ///   - isEnded: Whether they are the last of their message.
    /// - Returns: What the message is, once it is there; `nil` before, and where nobody can tell.
    mutating func take(_ bytes: [UInt8], isEnded: Bool) -> String? {
        let room = Self.messageLimit - message.count
        message += bytes.prefix(room)
        isCut = isCut || bytes.count > room
        guard isEnded else { return nil }
        defer { (message, isCut) = ([], false) }
        return meaning(of: inspector.explain(message))
    }

    private func meaning(of inspection: GobInspection) -> String? {
        let words = InspectionWords(inspection, style: .plain)
        guard let head = inspection.lines.first(where: \.meaning.isHead) else { return nil }
        let value = inspection.value.flatMap { datum in
            InlineLiteral(schema: datum.schema, byteLimit: Self.valueWidth)
                .text(datum.value, datum.type, width: Self.valueWidth)
        }
        let fault = isBroken(inspection) ? inspection.error.map { "broken: \($0)".harmless } : nil
        return ([words.text(of: head)] + [value, fault].compactMap(\.self)).joined(separator: ": ")
    }

    /// Whether the message itself is at fault, and not that too little of it is looked at.
    private func isBroken(_ inspection: GobInspection) -> Bool {
        guard !isCut, let error = inspection.error else { return false }
        if case .limitExceeded = error.fault { return false }
        return true
    }
}

extension GobInspection.Meaning {
    /// Whether it says what a message is.
    fileprivate var isHead: Bool {
        switch self {
        case .definition, .valueType: true
        case .messageLength, .zero, .definitionField, .definitionEnd, .name, .typeID, .arrayLength,
            .fieldCount, .field, .structureEnd, .structure, .count, .scalar, .interfaceName,
            .interfaceLength, .restLength, .surplus, .untold, .stream, .undefined, .broken, .unread:
            false
        }
    }
}
