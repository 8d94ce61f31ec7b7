/// Makes lines of the parts that were written down: reads each again, alone, to say what it is.
struct InspectionLines {
    private let bytes: [UInt8]
    let types: TypeTable
    private var lines: [GobInspection.Line] = []
    /// The structs that are open, by their depth.
    private(set) var structures: [Int: TypeIndex] = [:]
    /// How deep the definition is that was begun last, and what is read of it.
    private var definitionDepth = 0
    private var definitionLevel = 0

    private init(_ bytes: [UInt8], _ types: TypeTable) {
        self.bytes = bytes
        self.types = types
    }

    /// The lines of what was read to its end.
    static func whole(
        _ bytes: [UInt8],
        _ types: TypeTable,
        _ log: InspectionLog,
        to end: Int,
    ) -> [GobInspection.Line] {
        var lines = InspectionLines(bytes, types)
        lines.add(log.parts[...], to: log.untold?.first ?? end)
        if let untold = log.untold { lines.add(untold.first..<end, 1, .untold) }
        return lines.lines
    }

    /// The lines of what was read up to a break, and of all that follows; the break is in the message
    /// that ends at `end`.
    static func broken(
        _ bytes: [UInt8],
        _ types: TypeTable,
        _ log: InspectionLog,
        messageEnd end: Int,
    ) -> [GobInspection.Line] {
        var lines = InspectionLines(bytes, types)
        var parts = log.parts[...]
        if let untold = log.untold {
            lines.add(parts, to: untold.first)
            lines.add(untold.first..<untold.last.offset, 1, .untold)
            // Which structs are open there was not told.
            lines.structures = [:]
            lines.addBreak(at: untold.last, to: end)
        } else if let last = parts.takeBreak() {
            lines.add(parts, to: last.offset)
            lines.addBreak(at: last, to: end)
        }
        if end < bytes.count { lines.add(end..<bytes.count, 0, .unread) }
        return lines.lines
    }

    private mutating func add(_ range: Range<Int>, _ depth: Int, _ meaning: GobInspection.Meaning) {
        lines.append(GobInspection.Line(range: range, depth: depth, meaning: meaning))
    }

    private mutating func add(_ parts: ArraySlice<InspectionLog.Entry>, to end: Int) {
        for (index, entry) in zip(parts.indices, parts) {
            let next = index + 1 < parts.endIndex ? parts[index + 1].offset : end
            add(entry, to: next)
        }
    }

    private mutating func add(_ entry: InspectionLog.Entry, to end: Int) {
        var reader = ByteReader(bytes, from: entry.offset, to: end, streamOffset: 0)
        if case .value(let type, let place) = entry.part, isStructure(type) {
            structures[entry.depth + 1] = type
            guard place != .field, place != .top else { return }
        } else {
            // A struct may end with its message, without a byte for it.
            guard entry.offset < end else { return }
        }
        // Every part was read before.
        guard let meaning = try? meaning(of: entry, &reader) else { return }
        add(entry.offset..<end, depth(of: entry), meaning)
    }

    private mutating func addBreak(at entry: InspectionLog.Entry, to end: Int) {
        add(entry.offset..<end, depth(of: entry), .broken(expected: expectation(of: entry)))
    }

    /// How deep a part is nested, where a message is 0 and its type's id 1.
    private mutating func depth(of entry: InspectionLog.Entry) -> Int {
        switch entry.part {
        case .messageLength: return 0
        case .typeID:
            definitionDepth = entry.depth + 1
            definitionLevel = 0
            return entry.depth + 1
        case .zero, .interfaceLength, .restLength, .field: return entry.depth + 1
        case .value: return entry.depth + 2
        case .surplus: return 1
        case .definition(.field(let wireStruct, _)):
            definitionLevel = wireStruct.level
            return definitionDepth + definitionLevel
        case .definition: return definitionDepth + definitionLevel + 1
        }
    }

    private func isStructure(_ type: TypeIndex) -> Bool {
        types.schema.kind(of: type) == .structure
    }

    private func meaning(
        of entry: InspectionLog.Entry,
        _ reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobInspection.Meaning {
        switch entry.part {
        case .messageLength: return .messageLength(try reader.uint())
        case .typeID:
            let id = try reader.int()
            let type = types.type(TypeID(id < 0 ? 0 &- id : id))
            return id < 0 ? .definition(id: 0 &- id, type) : .valueType(id: id, type)
        case .zero: return .zero
        case .value(let type, let place): return try value(of: type, place, &reader)
        case .field(let last):
            guard let structure = structures[entry.depth] else { return .surplus }
            let delta = try reader.uint()
            guard delta > 0 else { return .structureEnd(structure) }
            let fields = types.schema.fields(of: structure)
            return .field(fields[fields.startIndex + last + Int(delta)].name, delta: delta)
        case .interfaceLength: return .interfaceLength(try reader.uint())
        case .restLength: return .restLength(try reader.uint())
        case .surplus: return .surplus
        case .definition(let part): return try definition(part, &reader)
        }
    }

    private func value(
        of type: TypeIndex,
        _ place: GobInspection.Place,
        _ reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobInspection.Meaning {
        guard let kind = types.schema.kind(of: type) else { throw .undefinedType(id: 0) }
        switch kind {
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque:
            var memory = MemoryBudget(limit: .max)
            return .scalar(try reader.scalar(kind, &memory), type, place)
        case .array, .slice, .map: return .count(try reader.uint(), type, place)
        case .interface:
            return .interfaceName(try reader.name(.interfaceNameLength, .max), place)
        case .structure: return .structure(type, place)
        }
    }

    private func definition(
        _ part: DefinitionPart,
        _ reader: inout ByteReader,
    ) throws(GobError.Fault) -> GobInspection.Meaning {
        switch part {
        case .field(let wireStruct, let last):
            let delta = try reader.uint()
            guard delta > 0 else { return .definitionEnd(of: wireStruct.name) }
            let name = wireStruct.fieldNames[last + Int(delta)]
            return .definitionField(name, of: wireStruct.name, delta: delta)
        case .name: return .name(try reader.name(.nameLength, .max))
        case .id:
            let id = try reader.int()
            return .typeID(id, types.type(TypeID(id)))
        case .arrayLength: return .arrayLength(try reader.int())
        case .fieldCount: return .fieldCount(try reader.uint())
        case .end: return .surplus
        }
    }
}

extension ArraySlice<InspectionLog.Entry> {
    /// Takes the part where the walk broke, which is the last one.
    ///
    /// Where a message is cut, structs seem to end there: the innermost of them is what was not whole.
    fileprivate mutating func takeBreak() -> InspectionLog.Entry? {
        guard var last = popLast() else { return nil }
        while case .field = last.part, let before = self.last, before.offset == last.offset,
            case .field = before.part
        {
            last = before
            removeLast()
        }
        return last
    }
}
