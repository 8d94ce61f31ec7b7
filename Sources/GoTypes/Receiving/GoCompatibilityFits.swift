import Gob

/// Whether a received type fits one of the receiver's (decode.go, `compatibleType`).
extension GoCompatibility {
    /// Whether values of a received type can become values of one of the receiver's.
    ///
    /// Any type fits a struct here; its fields are looked at later. A type of the receiver that is
    /// met again must meet the same received type (decode.go, `compatibleType`).
    func fits(
        _ local: Int,
        _ remote: TypeIndex,
        in layout: GoLayout,
        _ inProgress: inout [Int: TypeIndex],
    ) -> Bool {
        if let other = inProgress[local] { return other == remote }
        inProgress[local] = remote
        let node = layout.base(local)
        let received = schema[remote]
        if let opaque = node.opaque { return received == .opaque(opaque.encoding) }
        if case .opaque = received { return false }
        switch (node.shape, received) {
        case (.structure, _): return true
        case (.basic(let basic), _): return received == .basic(basic.kind)
        case (.interface, _): return received == .basic(.interface)
        case (.array(let element, let count), .array(let remoteElement, let remoteCount)):
            return count == remoteCount && fits(element, remoteElement, in: layout, &inProgress)
        case (.slice, _) where layout.isBytes(layout.nodes[local].base):
            return received == .basic(.bytes)
        case (.slice(let element), .slice(let remoteElement)):
            let base = layout.nodes[element].base
            return fits(base, remoteElement, in: layout, &inProgress)
        case (.map(let key, let value), .map(let remoteKey, let remoteValue)):
            return fits(key, remoteKey, in: layout, &inProgress)
                && fits(value, remoteValue, in: layout, &inProgress)
        case (.array, _), (.slice, _), (.map, _), (.pointer, _), (.unsent, _): return false
        }
    }

    /// The refusal of a received type that does not fit.
    func mismatch(
        _ local: Int,
        _ remote: TypeIndex,
        _ name: String,
        _ layout: GoLayout,
    ) -> GoRefusal {
        var isInterface = false
        if case .interface = layout.base(local).shape { isInterface = true }
        return .mismatch(
            received: schema.displayName(of: remote),
            wireName: schema.wireName(of: remote),
            local: layout.spelling(of: local),
            variable: name,
            isInterface: isInterface
        )
    }
}
