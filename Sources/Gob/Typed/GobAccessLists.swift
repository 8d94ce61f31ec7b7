extension GobAccess {
    /// `[]T`.
    @inlinable
    static func list<Element: GobTyped>(of type: Element.Type) -> GobAccess {
        if type == String.self { return strings }
        if type == Int.self { return integers }
        if type == Double.self { return doubles }
        return unsafe GobAccess { (reader, _, element, target) throws(GobError.Fault) in
            let values: [Element] = try reader.list(element)
            unsafe target.assumingMemoryBound(to: [Element].self).pointee = values
        } write: { (writer, _, element, source) throws(GobError.Fault) in
            let values = unsafe source.assumingMemoryBound(to: [Element].self)
            try unsafe writer.list(values, element)
        } isOmitted: { (_, _, source) in
            unsafe source.assumingMemoryBound(to: [Element].self).pointee.isEmpty
        }
    }

    /// `[]string`.
    @usableFromInline static let strings = unsafe GobAccess {
        (reader, _, _, target) throws(GobError.Fault) in
        let values = try reader.strings()
        unsafe target.assumingMemoryBound(to: [String].self).pointee = values
    } write: { (writer, _, _, source) throws(GobError.Fault) in
        let values = unsafe source.assumingMemoryBound(to: [String].self)
        writer.stream.messages.top.count(unsafe values.pointee.count)
        unsafe values.pointee.withUnsafeBufferPointer { values in
            guard let first = values.baseAddress else { return }
            for index in 0..<values.count {
                unsafe writer.stream.messages.top.string(at: UnsafeRawPointer(first + index))
            }
        }
    } isOmitted: { (_, _, source) in
        unsafe source.assumingMemoryBound(to: [String].self).pointee.isEmpty
    }

    /// `[]int` of 64 bits.
    @usableFromInline static let integers = unsafe GobAccess {
        (reader, _, _, target) throws(GobError.Fault) in
        let values = try reader.numbers { (reader) throws(GobError.Fault) in
            Int(try reader.int())
        }
        unsafe target.assumingMemoryBound(to: [Int].self).pointee = values
    } write: { (writer, _, _, source) throws(GobError.Fault) in
        let values = unsafe source.assumingMemoryBound(to: [Int].self).pointee.span
        writer.stream.messages.top.count(values.count)
        try writer.stream.messages.top.uints(values.count) { Varint.zigzag(Int64(values[$0])) }
    } isOmitted: { (_, _, source) in
        unsafe source.assumingMemoryBound(to: [Int].self).pointee.isEmpty
    }

    /// `[]float64`.
    @usableFromInline static let doubles = unsafe GobAccess {
        (reader, _, _, target) throws(GobError.Fault) in
        let values = try reader.numbers { (reader) throws(GobError.Fault) in
            try reader.float()
        }
        unsafe target.assumingMemoryBound(to: [Double].self).pointee = values
    } write: { (writer, _, _, source) throws(GobError.Fault) in
        let values = unsafe source.assumingMemoryBound(to: [Double].self).pointee.span
        writer.stream.messages.top.count(values.count)
        try writer.stream.messages.top.uints(values.count) { values[$0].bitPattern.byteSwapped }
    } isOmitted: { (_, _, source) in
        unsafe source.assumingMemoryBound(to: [Double].self).pointee.isEmpty
    }
}

extension TypedReader {
    /// A slice, read in parts, so that no memory is used before its elements have come.
    @inlinable
    mutating func list<Element: GobTyped>(
        _ node: Int32
    ) throws(GobError.Fault) -> [Element] {
        let stride = MemoryLayout<Element>.stride
        let (count, atHand) = try count(-1, node, size: stride)
        guard count == atHand else { return try longList(node, count, atHand) }
        let zero = Element.gobZero
        var fault: GobError.Fault?
        let values = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            do throws(GobError.Fault) {
                while initialized < count {
                    let part = Swift.min(count - initialized, 1_024)
                    let start = unsafe base + initialized
                    unsafe start.initialize(repeating: zero, count: part)
                    initialized += part
                    try unsafe elements(
                        node,
                        part,
                        into: UnsafeMutableRawPointer(start),
                        stride,
                        from: initialized - part
                    )
                }
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        return values
    }

    /// A slice of more elements than bytes are left: an interface inside brings more messages.
    @inlinable
    mutating func longList<Element: GobTyped>(
        _ node: Int32,
        _ count: Int,
        _ atHand: Int,
    ) throws(GobError.Fault) -> [Element] {
        let stride = MemoryLayout<Element>.stride
        var values: [Element] = []
        while values.count < count {
            if values.count >= atHand { try chargeMore(stride) }
            var value = Element.gobZero
            let index = values.count
            try unsafe withUnsafeMutablePointer(to: &value) { value throws(GobError.Fault) in
                let target = UnsafeMutableRawPointer(value)
                try unsafe elements(node, 1, into: target, stride, from: index)
            }
            values.append(value)
        }
        return values
    }

    /// A slice of strings.
    mutating func strings() throws(GobError.Fault) -> [String] {
        let count = try listCount(stride: MemoryLayout<String>.stride)
        var fault: GobError.Fault?
        let values = unsafe [String](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(GobError.Fault) {
                while initialized < count {
                    unsafe buffer.initializeElement(at: initialized, to: try string())
                    initialized += 1
                }
            } catch {
                path.append(.index(initialized))
                fault = error
            }
        }
        if let fault { throw fault }
        return values
    }

    /// A slice of numbers of eight bytes.
    @inline(__always)
    mutating func numbers<Number>(
        _ number: (inout ByteReader) throws(GobError.Fault) -> Number
    ) throws(GobError.Fault) -> [Number] {
        let count = try listCount(stride: MemoryLayout<Number>.stride)
        var values: [Number] = []
        values.reserveCapacity(count)
        do throws(GobError.Fault) {
            for _ in 0..<count { values.append(try number(&reader)) }
        } catch {
            path.append(.index(values.count))
            throw error
        }
        return values
    }
}

extension TypedWriter {
    /// A slice.
    @inlinable
    mutating func list<Element: GobTyped>(
        _ values: UnsafePointer<[Element]>,
        _ node: Int32,
    ) throws(GobError.Fault) {
        try unsafe values.pointee.withUnsafeBufferPointer { buffer throws(GobError.Fault) in
            writeCount(buffer.count)
            guard let base = buffer.baseAddress else { return }
            try unsafe elements(
                node,
                buffer.count,
                from: UnsafeRawPointer(base),
                MemoryLayout<Element>.stride
            )
        }
    }
}
