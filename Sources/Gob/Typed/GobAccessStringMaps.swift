extension GobAccess {
    /// `map[string]int` of 64 bits, which is common enough for code of its own.
    @usableFromInline static let stringToInt = unsafe GobAccess {
        (reader, _, _, target) throws(GobError.Fault) in
        let target = unsafe target.assumingMemoryBound(to: [String: Int].self)
        try unsafe reader.stringMap(into: target) { (reader) throws(GobError.Fault) in
            Int(try reader.reader.int())
        }
    } write: { (writer, key, element, source) throws(GobError.Fault) in
        let map = unsafe source.assumingMemoryBound(to: [String: Int].self)
        guard !writer.sortsMaps else { return try unsafe writer.map(map, key, element) }
        unsafe writer.stringMap(map) { $0.int(Int64($1)) }
    } isOmitted: { (_, _, _) in
        false
    }

    /// `map[string]string`.
    @usableFromInline static let stringToString = unsafe GobAccess {
        (reader, _, _, target) throws(GobError.Fault) in
        let target = unsafe target.assumingMemoryBound(to: [String: String].self)
        try unsafe reader.stringMap(into: target) { (reader) throws(GobError.Fault) in
            try reader.string()
        }
    } write: { (writer, key, element, source) throws(GobError.Fault) in
        let map = unsafe source.assumingMemoryBound(to: [String: String].self)
        guard !writer.sortsMaps else { return try unsafe writer.map(map, key, element) }
        unsafe writer.stringMap(map) { $0.string($1) }
    } isOmitted: { (_, _, _) in
        false
    }
}

extension TypedReader {
    /// A map of scalars by string, read into what is there already.
    @inline(__always)
    fileprivate mutating func stringMap<Value>(
        into target: UnsafeMutablePointer<[String: Value]>,
        _ value: (inout TypedReader) throws(GobError.Fault) -> Value,
    ) throws(GobError.Fault) {
        // A dictionary leaves a quarter of its places free, and keeps some bits for each.
        let size = (MemoryLayout<String>.stride + MemoryLayout<Value>.stride + 8) * 4 / 3
        let count = try mapCount(size: size)
        var map = [String: Value](minimumCapacity: count)
        if unsafe !target.pointee.isEmpty {
            unsafe swap(&map, &target.pointee)
            map.reserveCapacity(map.count + count)
        }
        for _ in 0..<count {
            let name = try string()
            do throws(GobError.Fault) {
                map[name] = try value(&self)
            } catch {
                note(key: name)
                throw error
            }
        }
        unsafe target.pointee = map
    }
}

extension TypedWriter {
    /// A map of scalars by string, in the order of the dictionary.
    @inline(__always)
    fileprivate mutating func stringMap<Value>(
        _ map: UnsafePointer<[String: Value]>,
        _ value: (inout ByteWriter, Value) -> Void,
    ) {
        unsafe stream.messages.top.count(map.pointee.count)
        for (name, element) in unsafe map.pointee {
            stream.messages.top.string(name)
            value(&stream.messages.top, element)
        }
    }
}
