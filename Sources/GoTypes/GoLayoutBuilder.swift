private import Gob

/// Finds each type once: unnamed ones by what they consist of, others by name.
extension GoLayout {
    mutating func intern(_ type: GoType, depth: Int) throws(GoTypeError) -> Int {
        guard depth < Self.depthLimit else { throw GoTypeError(.tooDeep(limit: Self.depthLimit)) }
        if case .named(let name) = type { return try intern(named: name, depth: depth) }
        let shape = try shape(of: type, depth: depth)
        let key = shape.key
        if let node = interned[key] { return node }
        let node = try reserve(key)
        nodes[node].shape = shape
        if case .interface("Error() string") = shape { nodes[node].name = "error" }
        return node
    }

    private mutating func reserve(_ key: Key) throws(GoTypeError) -> Int {
        guard nodes.count < Self.nodeLimit else {
            throw GoTypeError(.tooLarge("the type", limit: Self.nodeLimit))
        }
        nodes.append(Node())
        interned[key] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func intern(named name: String, depth: Int) throws(GoTypeError) -> Int {
        guard let declaration = types.declaration(named: name) else {
            throw types.undeclared(name)
        }
        let fullName = "\(declaration.package).\(declaration.name)"
        switch declaration.body {
        case .refused(let error): throw error
        case .alias(let type):
            if let node = interned[.alias(fullName)] {
                guard node >= 0 else { throw GoTypeError(.endless(name)) }
                return node
            }
            interned[.alias(fullName)] = -1
            let node = try intern(type, depth: depth + 1)
            interned[.alias(fullName)] = node
            return node
        case .type(let type):
            if let node = interned[.named(fullName)] { return node }
            let node = try reserve(.named(fullName))
            nodes[node].name = declaration.name
            nodes[node].package = declaration.package
            if let encoding = declaration.encoding {
                nodes[node].opaque = Opaque(
                    encoding: encoding.encoding,
                    isOnPointer: encoding.isOnPointer,
                    writer: fullName
                )
            }
            let underlying = try underlyingType(of: type, name: name)
            nodes[node].shape = try shape(of: underlying, depth: depth + 1)
            return node
        }
    }

    /// What a declared type is in the end: `type A B` makes `A` what `B` is, without its methods.
    private func underlyingType(of type: GoType, name: String) throws(GoTypeError) -> GoType {
        var type = type
        for _ in 0..<Self.depthLimit {
            guard case .named(let next) = type else { return type }
            guard let declaration = types.declaration(named: next) else {
                throw types.undeclared(next)
            }
            switch declaration.body {
            case .type(let following), .alias(let following): type = following
            case .refused(let error): throw error
            }
        }
        throw GoTypeError(.endless(name))
    }

    private mutating func shape(of type: GoType, depth: Int) throws(GoTypeError) -> Shape {
        switch type {
        case .basic(let basic): return .basic(basic)
        case .interface(let methods): return .interface(methods: methods)
        case .pointer(let element): return .pointer(try intern(element, depth: depth + 1))
        case .slice(let element): return .slice(try intern(element, depth: depth + 1))
        case .array(let count, let element):
            return .array(try intern(element, depth: depth + 1), count: count)
        case .map(let key, let value):
            return .map(
                key: try intern(key, depth: depth + 1),
                value: try intern(value, depth: depth + 1)
            )
        case .structure(let fields): return .structure(try self.fields(fields, depth: depth))
        case .unsent(let text): return .unsent(text)
        case .named: preconditionFailure("a name where its type is needed")
        }
    }

    private mutating func fields(
        _ declared: [GoField],
        depth: Int,
    ) throws(GoTypeError) -> [Field] {
        var fields: [Field] = []
        fields.reserveCapacity(declared.count)
        var number = 0
        for field in declared {
            var result = Field(
                name: field.name,
                type: nil,
                isEmbedded: field.isEmbedded,
                tag: field.tag,
                number: nil
            )
            if field.name.isExportedInGo {
                result.type = try intern(field.type, depth: depth + 1)
                if !isUnsent(field.type) {
                    result.number = number
                    number += 1
                }
            } else if field.isEmbedded {
                result.type = internIfKnown(field.type, depth: depth)
            }
            fields.append(result)
        }
        return fields
    }

    /// An embedded type that is not exported, whose fields JSON shows nevertheless.
    private mutating func internIfKnown(_ type: GoType, depth: Int) -> Int? {
        let before = self
        if let node = try? intern(type, depth: depth + 1) { return node }
        self = before
        return nil
    }

    /// Whether a field of this type is left out: a channel or a function, or a pointer to one.
    private func isUnsent(_ type: GoType) -> Bool {
        var type = type
        for _ in 0..<Self.depthLimit {
            switch type {
            case .unsent: return true
            case .pointer(let element): type = element
            case .named(let name):
                switch types.declaration(named: name)?.body {
                case .type(let next), .alias(let next): type = next
                case .refused, nil: return false
                }
            case .basic, .interface, .slice, .array, .map, .structure: return false
            }
        }
        return false
    }
}

extension GoLayout.Shape {
    fileprivate var key: GoLayout.Key {
        switch self {
        case .basic(let basic): .basic(basic)
        case .interface(let methods): .interface(methods)
        case .pointer(let element): .pointer(element)
        case .slice(let element): .slice(element)
        case .array(let element, let count): .array(element, count)
        case .map(let key, let value): .map(key, value)
        case .structure(let fields): .structure(fields)
        case .unsent(let text): .unsent(text)
        }
    }
}
