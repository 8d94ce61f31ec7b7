import GoTypes
import Gob

/// The types of gob streams as Go source: what its values are, what is in their interfaces, and the
/// declarations of both.
struct GobSource {
    private var merge = SchemaMerge()
    private var values: [TypeIndex] = []
    private var registered: [(name: String, type: TypeIndex)] = []
    private var names: Set<String> = []

    private var schema: GobSchema { merge.schema }

    /// Takes in a value.
    mutating func add(_ datum: GobDatum) {
        let type = merge.add(datum.type, of: datum.schema)
        if !values.contains(type) { values.append(type) }
        var pending = [datum.value]
        while let value = pending.popLast() {
            switch value {
            case .list(let parts), .structure(let parts), .map(let parts):
                pending += parts.reversed()
            case .interface(let content):
                pending.append(content.value)
                guard names.insert(content.name).inserted else { continue }
                registered.append((content.name, merge.add(content.type, of: datum.schema)))
            case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .bytes,
                .opaque:
                continue
            }
        }
    }

    /// The values' types, as the source calls them.
    var types: [String] { Array(source.types.prefix(values.count)) }

    /// The declarations alone; empty where none is needed.
    var declarations: String { source.declarations }

    private var source: GoSource { GoSource(of: values, registered: named, in: schema) }

    /// What is in interfaces; what Go registers itself needs no word.
    private var named: [(name: String, type: TypeIndex)] {
        registered.filter { !schema.isBasic($0.type) || $0.name.contains(".") }
    }

    /// The source as a file of Go, or `nil` where there was no value.
    var text: String? {
        guard !values.isEmpty else { return nil }
        let (registered, source) = (named, source)
        let contents = zip(registered, source.types.dropFirst(values.count)).map { known, type in
            "\(known.name.shown) is \(type)"
        }
        var rows = ["// values: " + source.types.prefix(values.count).joined(separator: ", ")]
        if !contents.isEmpty {
            rows.append("// in interfaces: " + contents.joined(separator: ", "))
        }
        if !source.unknowns.isEmpty {
            rows += ["//", "// A gob does not tell"] + source.unknowns.map { "//   \($0)" }
        }
        rows += ["", "package \(package(of: registered.map(\.name)))"]
        if !source.imports.isEmpty { rows += [""] + source.imports.map { "import \"\($0)\"" } }
        if !source.declarations.isEmpty { rows += ["", source.declarations] }
        return rows.joined(separator: "\n")
    }

    /// The package whose types the names in interfaces are, where it is one, so that values for them
    /// can be declared again.
    private func package(of names: [String]) -> String {
        let packages = Set(
            names.compactMap { name -> String? in
                let parts = name.drop { $0 == "*" }.split(separator: ".")
                return parts.count == 2 ? String(parts[0]) : nil
            }
        )
        guard let package = packages.first, packages.count == 1, package.isFreeGoName else {
            return "main"
        }
        return package
    }
}

extension GobSchema {
    /// Whether a type is known to every stream, without a definition.
    func isBasic(_ type: TypeIndex) -> Bool {
        if case .basic = self[type] { true } else { false }
    }
}
