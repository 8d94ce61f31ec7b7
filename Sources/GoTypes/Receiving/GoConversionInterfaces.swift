import Gob

/// What the receiver makes of values in interfaces.
extension GoConversion {
    /// The operation for what is in an interface.
    mutating func concrete(_ content: GobInterface) throws(GoRefusal) -> Int {
        let known: Int?
        do throws(GoTypeError) {
            known = try layout.addRegistered(content.name)
        } catch {
            throw GoRefusal(fault: .type(error), inGo: nil)
        }
        guard let node = known else { throw .notRegistered(content.name) }
        if !layout.isRegisteredByGo(node) { note(.registration(content.name)) }
        passedOver.define(content.type)
        let name = layout.spelling(of: node)
        return try compatibility.check(node, content.type, name: name, in: layout)
    }

    /// Which methods a declared type has is not known; any other type has none.
    func checkMethods(
        of node: Int,
        _ name: String,
        _ interface: Int,
    ) throws(GoRefusal) {
        guard case .interface(let methods) = layout.nodes[interface].shape, !methods.isEmpty,
            layout.base(node).package.isEmpty
        else { return }
        throw .notAssignable(
            name,
            type: layout.spelling(of: node),
            interface: layout.spelling(of: interface)
        )
    }
}

extension GoLayout {
    /// Whether Go registers a type for interfaces itself: basic ones, and slices of them (type.go,
    /// `registerBasics`).
    fileprivate func isRegisteredByGo(_ node: Int) -> Bool {
        var node = node
        if nodes[node].name.isEmpty, case .slice(let element) = nodes[node].shape { node = element }
        guard nodes[node].name.isEmpty, case .basic = nodes[node].shape else { return false }
        return true
    }
}
