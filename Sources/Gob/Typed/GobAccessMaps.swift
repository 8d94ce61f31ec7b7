extension GobAccess {
    /// `map[K]V`, which is not left out as a field: one that is empty is not nil.
    @inlinable
    static func map<Key: GobTyped & Hashable, Value: GobTyped>(
        key: Key.Type,
        value: Value.Type,
    ) -> GobAccess {
        if key == String.self, value == Int.self { return stringToInt }
        if key == String.self, value == String.self { return stringToString }
        return unsafe GobAccess { (reader, key, element, target) throws(GobError.Fault) in
            let target = unsafe target.assumingMemoryBound(to: [Key: Value].self)
            try unsafe reader.map(into: target, key, element)
        } write: { (writer, key, element, source) throws(GobError.Fault) in
            let map = unsafe source.assumingMemoryBound(to: [Key: Value].self)
            try unsafe writer.map(map, key, element)
        } isOmitted: { (_, _, _) in
            false
        }
    }
}

extension TypedReader {
    /// A map, read into what is there already, as Go does.
    @inlinable
    mutating func map<Key: GobTyped & Hashable, Value: GobTyped>(
        into target: UnsafeMutablePointer<[Key: Value]>,
        _ key: Int32,
        _ element: Int32,
    ) throws(GobError.Fault) {
        // A dictionary leaves a quarter of its places free, and keeps some bits for each.
        let size = (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride + 8) * 4 / 3
        let (count, atHand) = try count(key, element, size: size)
        var map = [Key: Value](minimumCapacity: atHand)
        if unsafe !target.pointee.isEmpty {
            unsafe swap(&map, &target.pointee)
            map.reserveCapacity(map.count + atHand)
        }
        for index in 0..<count {
            if index >= atHand { try chargeMore(size) }
            try expectMore()
            var name = Key.gobZero
            try unsafe withUnsafeMutablePointer(to: &name) { name throws(GobError.Fault) in
                try unsafe read(key, into: UnsafeMutableRawPointer(name))
            }
            let value: Value = try value(element, of: name)
            map[name] = value
        }
        unsafe target.pointee = map
    }

    /// The value of a key.
    @inlinable
    mutating func value<Value: GobTyped>(
        _ node: Int32,
        of key: some Hashable,
    ) throws(GobError.Fault) -> Value {
        var value = Value.gobZero
        do throws(GobError.Fault) {
            try expectMore()
            try unsafe withUnsafeMutablePointer(to: &value) { value throws(GobError.Fault) in
                try unsafe read(node, into: UnsafeMutableRawPointer(value))
            }
        } catch {
            note(key: key)
            throw error
        }
        return value
    }
}

extension TypedWriter {
    /// A map; its order is that of the dictionary, unless sorting was asked for.
    @inlinable
    mutating func map<Key: GobTyped & Hashable, Value: GobTyped>(
        _ map: UnsafePointer<[Key: Value]>,
        _ key: Int32,
        _ element: Int32,
    ) throws(GobError.Fault) {
        writeCount(unsafe map.pointee.count)
        guard !sortsMaps else {
            for name in try sorted(Array(unsafe map.pointee.keys), key) {
                guard let value = unsafe map.pointee[name] else { continue }
                try write(key, value: name)
                try write(element, value: value, of: name)
            }
            return
        }
        for (name, value) in unsafe map.pointee {
            try write(key, value: name)
            try write(element, value: value, of: name)
        }
    }

    /// Writes the value of a key.
    @inlinable
    mutating func write<Value: GobTyped>(
        _ node: Int32,
        value: Value,
        of key: some Hashable,
    ) throws(GobError.Fault) {
        do throws(GobError.Fault) {
            try write(node, value: value)
        } catch {
            note(key: key)
            throw error
        }
    }

    /// Writes a value that stands somewhere else.
    @inlinable
    mutating func write<Value: GobTyped>(
        _ node: Int32,
        value: Value,
    ) throws(GobError.Fault) {
        try unsafe withUnsafePointer(to: value) { value throws(GobError.Fault) in
            try unsafe write(node, from: UnsafeRawPointer(value))
        }
    }

    /// Keys in the order of their encodings.
    @inlinable
    func sorted<Key: GobTyped>(
        _ keys: [Key],
        _ node: Int32,
    ) throws(GobError.Fault) -> [Key] {
        var encoded: [(key: Key, bytes: [UInt8])] = []
        for key in keys {
            try unsafe withUnsafePointer(to: key) { place throws(GobError.Fault) in
                encoded.append((key, try unsafe bytes(of: node, at: UnsafeRawPointer(place))))
            }
        }
        return encoded.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.key)
    }
}
