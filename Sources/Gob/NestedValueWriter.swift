/// Encodes values without interfaces by recursion: the short way of ``ValueEncoder``, which takes a
/// third of the time; the mirror of ``NestedValueReader``.
///
/// What it refuses, ``ValueEncoder`` is given again: what is nested deeper than ``levels``, has an
/// interface, or is not of its type, which that one says the place of.
struct NestedValueWriter {
    private let nodes: [GobSchema.Node]
    private let fieldTypes: [TypeIndex]
    private let limit: Int

    /// How deep values are written by recursion; it takes some 300 bytes of stack a level.
    private static let levels = 64
    private let levels: Int

    /// A writer of values of the types in a schema, after so many bytes.
    init(_ schema: GobSchema, _ limits: GobLimits, after size: Int) {
        // No limit at all is the greatest number.
        let (limit, overflow) = limits.messageSize.addingReportingOverflow(size)
        self.limit = overflow ? .max : limit
        levels = min(Self.levels, limits.depth)
        nodes = schema.nodes
        fieldTypes = schema.fieldTypes
    }

    /// Writes a value.
    ///
    /// - Returns: Whether it could; else something is written that must be dropped.
    func write(_ value: GobValue, as type: TypeIndex, to writer: inout ByteWriter) -> Bool {
        write(value, type.position, levels, &writer) && writer.size <= limit
    }

    private func write(
        _ value: GobValue,
        _ type: Int32,
        _ levels: Int,
        _ writer: inout ByteWriter,
    ) -> Bool {
        let node = nodes[Int(type)]
        switch value {
        case .bool(let truth):
            guard node.kind == .bool else { return false }
            writer.bool(truth)
        case .int(let number):
            guard node.kind == .int else { return false }
            writer.int(number)
        case .uint(let number):
            guard node.kind == .uint else { return false }
            writer.uint(number)
        case .float(let number):
            guard node.kind == .float else { return false }
            writer.float(number)
        case .string(let text):
            guard node.kind == .string else { return false }
            writer.string(text)
        case .bytes(let bytes):
            guard node.kind == .bytes else { return false }
            writer.byteArray(bytes)
        case .structure(let values): return structure(values, node, levels, &writer)
        case .list(let values): return list(values, node, levels, &writer)
        case .map(let values): return map(values, node, levels, &writer)
        case .zero, .complex, .invalidString, .opaque:
            guard let kind = node.kind, kind.isScalar else { return false }
            do { try writer.scalar(value, kind) } catch { return false }
        case .interface: return false
        }
        return true
    }

    private func structure(
        _ values: [GobValue],
        _ node: GobSchema.Node,
        _ levels: Int,
        _ writer: inout ByteWriter,
    ) -> Bool {
        guard node.kind == .structure, values.count <= node.count, levels > 0 else { return false }
        var last = -1
        let values = values.span
        for field in values.indices {
            let type = fieldTypes[Int(node.key) + field].position
            if values[field].isOmitted(as: nodes[Int(type)].kind) { continue }
            writer.count(field - last)
            last = field
            guard write(values[field], type, levels - 1, &writer) else { return false }
        }
        writer.uint(0)
        return true
    }

    private func list(
        _ values: [GobValue],
        _ node: GobSchema.Node,
        _ levels: Int,
        _ writer: inout ByteWriter,
    ) -> Bool {
        switch node.kind {
        case .slice: break
        case .array: guard values.count == node.count else { return false }
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .structure, .map,
            .opaque, nil:
            return false
        }
        guard levels > 0, writer.size <= limit else { return false }
        writer.count(values.count)
        var position = 0
        guard let kind = nodes[Int(node.element)].kind, kind.hasFastLists else {
            let values = values.span
            for index in values.indices {
                guard write(values[index], node.element, levels - 1, &writer) else { return false }
            }
            return true
        }
        do { try writer.scalars(values, kind, from: &position) } catch { return false }
        return true
    }

    private func map(
        _ values: [GobValue],
        _ node: GobSchema.Node,
        _ levels: Int,
        _ writer: inout ByteWriter,
    ) -> Bool {
        guard node.kind == .map, values.count & 1 == 0, levels > 0 else { return false }
        writer.count(values.count / 2)
        let values = values.span
        var index = 0
        while index < values.count {
            guard write(values[index], node.key, levels - 1, &writer),
                write(values[index + 1], node.element, levels - 1, &writer)
            else { return false }
            index += 2
        }
        return true
    }
}

extension Kind {
    /// Whether `ByteWriter.scalars` has a loop of its own for lists of the kind.
    fileprivate var hasFastLists: Bool {
        switch self {
        case .int, .float, .string: true
        case .bool, .uint, .bytes, .complex, .interface, .array, .slice, .structure, .map, .opaque:
            false
        }
    }
}
