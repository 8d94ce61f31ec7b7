/// The Go types that `Encodable` types turned out to have, by what was encoded of them.
struct LearntTypes: Sendable {
    /// Where a type is among those learnt.
    typealias Place = Int

    /// What is known of a type.
    enum Shape: Sendable, Equatable {
        /// Nothing yet.
        case unseen
        case basic(Kind)
        case slice(Place)
        case map(key: Place, value: Place)
        case structure([Field])
        case opaque(OpaqueEncoding)
        /// What another one is, such as an enum what its raw value is.
        case same(Place)
    }

    struct Field: Sendable, Equatable {
        let name: String
        var type: Place
    }

    private struct Entry: Sendable {
        /// As Go has it: that of a struct, or the spelling of a field's type that has none.
        var name: String
        var shape: Shape
    }

    private var entries = Kind.builtIn.map { Entry(name: "", shape: .basic($0)) }
    private var places: [ObjectIdentifier: Place] = [:]
    private var schema = GobSchema()
    private var indices: [TypeIndex] = []
    private var isSchemaCurrent = false
    /// Whether anything was learnt since this was last set to `false`.
    var hasChanged = false

    /// The place of a basic kind.
    static func place(of kind: Kind) -> Place { Int(kind.rawValue) }

    /// Where a Swift type is, if it was met.
    func place(of type: ObjectIdentifier) -> Place? { places[type] }

    /// Takes a place for a Swift type.
    mutating func reserve(_ type: ObjectIdentifier?, name: String) -> Place {
        entries.append(Entry(name: name, shape: .unseen))
        if let type { places[type] = entries.count - 1 }
        change()
        return entries.count - 1
    }

    /// Says that a Swift type is another one, such as an enum that of its raw value.
    mutating func alias(_ type: ObjectIdentifier, to place: Place) {
        places[type] = place
        change()
    }

    func shape(of place: Place) -> Shape { entries[resolve(place)].shape }

    /// Whether two places stand for one Go type.
    func areSame(_ first: Place, _ second: Place) -> Bool {
        first == second || resolve(first) == resolve(second)
    }

    private func resolve(_ place: Place) -> Place {
        var place = place
        while case .same(let other) = entries[place].shape { place = other }
        return place
    }

    mutating func set(_ place: Place, _ shape: Shape) {
        let place = resolve(place)
        guard entries[place].shape != shape else { return }
        entries[place].shape = shape
        change()
    }

    /// The number of a struct's field, which is the next one where the name is new.
    mutating func field(_ name: String, of place: Place, type: Place, guess: Int) -> Int {
        guard case .structure(let fields) = shape(of: place) else {
            set(place, .structure([Field(name: name, type: type)]))
            return 0
        }
        let isGuessed = guess < fields.count && fields[guess].name == name
        let found =
            isGuessed
            ? guess
            : fields.dropFirst(guess).firstIndex { $0.name == name }
                ?? fields.firstIndex { $0.name == name }
        guard let found else {
            set(place, .structure(fields + [Field(name: name, type: type)]))
            return fields.count
        }
        return found
    }

    /// The type of a struct's field.
    func type(ofField field: Int, of place: Place) -> Place? {
        guard case .structure(let fields) = shape(of: place), field < fields.count else {
            return nil
        }
        return fields[field].type
    }

    /// A value with its types, as they are known now.
    mutating func datum(_ value: GobValue, _ place: Place) -> GobDatum {
        if !isSchemaCurrent { makeSchema() }
        return GobDatum(schema: schema, type: indices[place], value: value)
    }

    /// Gives a field's type that has no name of its own the one that Go gives it.
    private mutating func nameUnnamed(_ place: Place) {
        let place = resolve(place)
        guard entries[place].name.isEmpty else { return }
        entries[place].name = spelling(of: place, depth: 4)
    }

    private func spelling(of place: Place, depth: Int) -> String {
        let entry = entries[resolve(place)]
        guard depth > 0 else { return "…" }
        switch entry.shape {
        case .basic(let kind): return kind.goName
        case .slice(let element): return "[]\(spelling(of: element, depth: depth - 1))"
        case .map(let key, let value):
            let key = spelling(of: key, depth: depth - 1)
            return "map[\(key)]\(spelling(of: value, depth: depth - 1))"
        case .structure, .opaque, .unseen, .same: return "main.\(entry.name)"
        }
    }

    private mutating func change() {
        isSchemaCurrent = false
        hasChanged = true
    }

    private mutating func makeSchema() {
        schema = GobSchema()
        indices = entries.map { entry in
            switch entry.shape {
            case .basic(let kind): TypeIndex(kind)
            case .same: TypeIndex(.bool)
            case .unseen, .slice, .map, .structure, .opaque: schema.reserve()
            }
        }
        for place in entries.indices { indices[place] = indices[resolve(place)] }
        for case .structure(let fields) in entries.map(\.shape) {
            for field in fields { nameUnnamed(field.type) }
        }
        for (place, entry) in entries.enumerated() {
            let index = indices[place]
            switch entry.shape {
            case .basic, .same: break
            case .unseen: schema.define(index, as: .structure([]), name: entry.name)
            case .slice(let element):
                schema.define(index, as: .slice(element: indices[element]), name: entry.name)
            case .map(let key, let value):
                let shape = GobType.map(key: indices[key], value: indices[value])
                schema.define(index, as: shape, name: entry.name)
            case .structure(let fields):
                let fields = fields.map { GobField($0.name, indices[$0.type]) }
                schema.define(index, as: .structure(fields), name: entry.name)
            case .opaque(let encoding):
                schema.define(index, as: .opaque(encoding), name: entry.name)
            }
        }
        isSchemaCurrent = true
    }
}
