import GoTypes
import Gob

/// Writes a gob value in the manner of Go in one row, where it is short and shallow enough.
struct InlineLiteral {
    let schema: GobSchema
    /// How much of a string or of bytes is written.
    let byteLimit: Int

    /// How deep values may be nested in one row; deeper ones get rows of their own.
    private static let depthLimit = 3

    /// The value in at most `width` characters, or `nil` where it has values inside and is longer.
    func text(_ value: GobValue, _ type: TypeIndex, width: Int) -> String? {
        text(value, type, width: width, depth: Self.depthLimit)
    }

    private func text(_ value: GobValue, _ type: TypeIndex, width: Int, depth: Int) -> String? {
        switch value {
        case .structure(let values):
            let fields = Array(schema.fields(of: type))
            return sequence(type, count: values.count, width: width, depth: depth) { index, width in
                let text = text(values[index], fields[index].type, width: width, depth: depth - 1)
                return text.map { "\(fields[index].name.shown): \($0)" }
            }
        case .list(let elements):
            guard let element = schema.elementType(of: type) else { return nil }
            return sequence(type, count: elements.count, width: width, depth: depth) {
                text(elements[$0], element, width: $1, depth: depth - 1)
            }
        case .map(let pairs):
            guard case .map(let keyType, let valueType) = schema[type] else { return nil }
            guard pairs.count / 2 <= width else { return nil }
            let sorted = sortedPairs(pairs)
            return sequence(type, count: sorted.count, width: width, depth: depth) { index, width in
                let (key, value) = sorted[index]
                guard let key = text(key, keyType, width: width, depth: depth - 1) else {
                    return nil
                }
                return text(value, valueType, width: width, depth: depth - 1).map {
                    "\(key): \($0)"
                }
            }
        case .interface(let content):
            guard depth > 0 else { return nil }
            let inside = text(content.value, content.type, width: width, depth: depth - 1)
            let name = content.name.shown
            // `time.Time("…")` says already what it is.
            return inside.map { $0.hasPrefix(name + "(") ? $0 : "\(name)(\($0))" }
        case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .bytes,
            .opaque:
            return scalar(value, type)
        }
    }

    /// A value that has none inside, however long it is.
    func scalar(_ value: GobValue, _ type: TypeIndex) -> String {
        switch value {
        case .zero: zero(type)
        case .bool(let truth): "\(truth)"
        case .int(let number): "\(number)"
        case .uint(let number): "\(number)"
        case .float(let number): float(number)
        case .complex(let real, let imaginary):
            "(\(float(real))\(imaginary.sign == .minus || imaginary.isNaN ? "" : "+")\(float(imaginary))i)"
        case .string(let string): quoted(string)
        case .invalidString(let bytes): quoted(bytes)
        case .bytes(let bytes): "[]byte(\(quoted(bytes)))"
        case .opaque(let bytes): opaque(bytes, type)
        case .list, .structure, .map, .interface: "…"
        }
    }

    /// What a type of Go's library says with its bytes; the bytes of any other type.
    private func opaque(_ bytes: [UInt8], _ type: TypeIndex) -> String {
        guard case .opaque(let encoding) = schema[type],
            let (writer, reading) = OpaqueWriter.read(
                bytes,
                name: schema.name(of: type),
                encoding: encoding
            )
        else { return "\(schema.shownName(of: type))(\(quoted(bytes)))" }
        let content =
            switch reading {
            case .number(let number): number.utf8.count > byteLimit ? quoted(number) : number
            case .text(let text): quoted(text)
            case .url: quoted(bytes)
            }
        return "\(writer.rawValue)(\(content))"
    }

    private func sequence(
        _ type: TypeIndex,
        count: Int,
        width: Int,
        depth: Int,
        _ part: (_ index: Int, _ width: Int) -> String?
    ) -> String? {
        guard depth > 0, count <= width else { return nil }
        var text = schema.shownName(of: type) + "{"
        for index in 0..<count {
            if index > 0 { text += ", " }
            guard let part = part(index, width - text.utf8.count) else { return nil }
            text += part
            guard text.utf8.count < width else { return nil }
        }
        return text + "}"
    }

    /// The zero value, as far as the kind tells it: pointers are not seen on the wire.
    private func zero(_ type: TypeIndex) -> String {
        if case .opaque(let encoding) = schema[type],
            let writer = OpaqueWriter(name: schema.name(of: type), encoding: encoding)
        {
            // It is no pointer, which would come without a name.
            return "\(writer.rawValue){}"
        }
        return switch schema.kind(of: type) {
        case .bool: "false"
        case .int, .uint, .float: "0"
        case .complex: "(0+0i)"
        case .string: "\"\""
        case .bytes, .interface, .array, .slice, .structure, .map, .opaque, nil: "nil"
        }
    }

    private func float(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private func quoted(_ text: String) -> String { quoted(Array(text.utf8)) }

    private func quoted(_ bytes: [UInt8]) -> String {
        guard bytes.count > byteLimit else { return Harmless.quoted(bytes) }
        let start = Harmless.quoted(Array(bytes.prefix(byteLimit)))
        return "\(start)… /* \(bytes.count) bytes */"
    }
}
