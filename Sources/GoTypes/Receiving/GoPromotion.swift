/// Where the received fields of a struct go: the fields of one of the receiver's, by name, those of
/// embedded structs included (reflect, `FieldByName`).
enum GoPromotion {
    /// The way to a field: through embedded structs to the field itself, which is the last step.
    struct Destination: Sendable {
        let steps: [Step]

        struct Step: Sendable {
            /// The field's number among those that are sent; `nil` where it is not.
            let number: Int?
            let type: Int
        }

        var type: Int { steps[steps.count - 1].type }
    }

    /// A struct that is embedded at some depth, and whether it is there more than once.
    private struct Embedded {
        let node: Int
        let steps: [Destination.Step]
        let isRepeated: Bool
    }

    /// The fields of a struct by name: of two at one depth neither counts, and a deeper one is hidden.
    static func destinations(in root: Int, _ layout: GoLayout) -> [String: Destination] {
        var found: [String: Destination?] = [:]
        var seen: Set<Int> = []
        var level = [Embedded(node: root, steps: [], isRepeated: false)]
        while !level.isEmpty {
            var atThisDepth: [String: Destination?] = [:]
            var next: [Embedded] = []
            for outer in level where seen.insert(outer.node).inserted {
                guard case .structure(let fields) = layout.nodes[outer.node].shape else { continue }
                for field in fields {
                    guard let type = field.type else { continue }
                    let steps = outer.steps + [.init(number: field.number, type: type)]
                    if field.name.isExportedInGo {
                        let isOnly = atThisDepth[field.name] == nil && !outer.isRepeated
                        atThisDepth[field.name] = .some(isOnly ? Destination(steps: steps) : nil)
                    }
                    guard field.isEmbedded else { continue }
                    let node = layout.nodes[type].base
                    let other = next.firstIndex { $0.node == node }
                    let isRepeated = outer.isRepeated || other != nil
                    let embedded = Embedded(node: node, steps: steps, isRepeated: isRepeated)
                    if let other { next[other] = embedded } else { next.append(embedded) }
                }
            }
            found.merge(atThisDepth) { shallower, _ in shallower }
            level = next
        }
        return found.compactMapValues { $0 }
    }
}
