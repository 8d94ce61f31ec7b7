extension String {
    /// The text that bytes are as UTF-8; `nil` where they are not.
    ///
    /// `String(validating:)` costs three times as much here: ASCII needs no validation, and a text
    /// that had to be repaired differs from its bytes.
    @inline(__always)
    init?(utf8 bytes: UnsafeRawBufferPointer) {
        if unsafe bytes.isASCII {
            let span = unsafe Span<UInt8>(_unsafeBytes: bytes)
            self = unsafe String(copying: UTF8Span(unchecked: span, isKnownASCII: true))
            return
        }
        unsafe self.init(decoding: bytes.assumingMemoryBound(to: UInt8.self), as: UTF8.self)
        guard unsafe utf8.elementsEqual(bytes) else { return nil }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether no byte has its highest bit set; looks at eight at a time.
    fileprivate var isASCII: Bool {
        var bits: UInt64 = 0
        var index = 0
        while index &+ 8 <= count {
            unsafe bits |= loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        while index < count {
            unsafe bits |= UInt64(self[index])
            index &+= 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }
}
