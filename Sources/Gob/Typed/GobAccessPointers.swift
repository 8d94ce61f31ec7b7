extension GobAccess {
    /// An optional: a pointer whose pointee is in the same place.
    @inlinable
    static func optional<Wrapped: GobTyped>(_ type: Wrapped.Type) -> GobAccess {
        unsafe GobAccess { (reader, _, element, target) throws(GobError.Fault) in
            let target = unsafe target.assumingMemoryBound(to: Wrapped?.self)
            var value = unsafe target.pointee ?? Wrapped.gobZero
            unsafe target.pointee = nil
            try unsafe withUnsafeMutablePointer(to: &value) { value throws(GobError.Fault) in
                try unsafe reader.read(element, into: UnsafeMutableRawPointer(value))
            }
            unsafe target.pointee = value
        } write: { (writer, _, element, source) throws(GobError.Fault) in
            let value = unsafe source.assumingMemoryBound(to: Wrapped?.self).pointee
            guard let value else { return try writer.writeNil(element) }
            try writer.write(element, value: value)
        } isOmitted: { (writer, element, source) in
            let value = unsafe source.assumingMemoryBound(to: Wrapped?.self).pointee
            guard let value else { return true }
            return unsafe withUnsafePointer(to: value) { value in
                unsafe writer.isOmitted(element, at: UnsafeRawPointer(value))
            }
        }
    }

    /// A ``GobPointer``.
    @inlinable
    static func pointer<Pointee: GobTyped>(to type: Pointee.Type) -> GobAccess {
        unsafe GobAccess { (reader, _, element, target) throws(GobError.Fault) in
            let target = unsafe target.assumingMemoryBound(to: GobPointer<Pointee>.self)
            if unsafe target.pointee.storage.isEmpty {
                unsafe target.pointee.storage = [Pointee.gobZero]
            }
            try unsafe target.pointee.storage.withUnsafeMutableBufferPointer {
                buffer throws(GobError.Fault) in
                guard let value = buffer.baseAddress else { return }
                try unsafe reader.read(element, into: UnsafeMutableRawPointer(value))
            }
        } write: { (writer, _, element, source) throws(GobError.Fault) in
            let pointer = unsafe source.assumingMemoryBound(to: GobPointer<Pointee>.self)
            guard unsafe !pointer.pointee.storage.isEmpty else { throw .nilElement }
            try unsafe pointer.pointee.storage.withUnsafeBufferPointer {
                buffer throws(GobError.Fault) in
                guard let value = buffer.baseAddress else { return }
                try unsafe writer.write(element, from: UnsafeRawPointer(value))
            }
        } isOmitted: { (writer, element, source) in
            let pointer = unsafe source.assumingMemoryBound(to: GobPointer<Pointee>.self)
            return unsafe pointer.pointee.storage.withUnsafeBufferPointer { buffer in
                guard buffer.count > 0, let value = buffer.baseAddress else { return true }
                return unsafe writer.isOmitted(element, at: UnsafeRawPointer(value))
            }
        }
    }

    /// A type that writes itself; it is not left out as a field, because Go asks whether the memory
    /// is all zero, which a Swift type does not show.
    @inlinable
    static func opaque<Value: GobOpaque>(_ type: Value.Type) -> GobAccess {
        unsafe GobAccess { (reader, _, _, target) throws(GobError.Fault) in
            guard let value = Value(gobBytes: try reader.byteArray()) else {
                throw .malformedOpaque(type: Value.gobName)
            }
            unsafe target.assumingMemoryBound(to: Value.self).pointee = value
        } write: { (writer, _, _, source) throws(GobError.Fault) in
            writer.write(bytes: unsafe source.assumingMemoryBound(to: Value.self).pointee.gobBytes)
        } isOmitted: { (_, _, _) in
            false
        }
    }
}
