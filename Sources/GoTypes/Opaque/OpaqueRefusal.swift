extension OpaqueWriter {
    /// What the type's own method says of bytes that it does not take, as far as that is known.
    func refusal(of bytes: [UInt8]) -> String? {
        switch self {
        case .time: timeRefusal(of: bytes)
        case .bigInt: refusal(of: bytes, "Int", version: bytes.first.map { $0 >> 1 }, least: 0)
        case .bigRat: refusal(of: bytes, "Rat", version: bytes.first.map { $0 >> 1 }, least: 5)
        case .bigFloat: refusal(of: bytes, "Float", version: bytes.first, least: 6)
        case .address: Self.addressRefusal(of: bytes.count)
        case .addressPort: Self.addressRefusal(of: bytes.count - 2)
        case .prefix: Self.addressRefusal(of: bytes.count - 1)
        case .uuid: bytes.count == 16 ? nil : "invalid UUID (got \(bytes.count) bytes)"
        case .decimal, .url: nil
        }
    }

    /// Of a time (time.go, `UnmarshalBinary`).
    private func timeRefusal(of bytes: [UInt8]) -> String? {
        let reason: String?
        switch bytes.first {
        case nil: reason = "no data"
        case 1: reason = bytes.count == 15 ? nil : "invalid length"
        case 2: reason = bytes.count == 16 ? nil : "invalid length"
        default: reason = "unsupported version"
        }
        return reason.map { "Time.UnmarshalBinary: \($0)" }
    }

    /// Of a number of math/big, which is zero where there are no bytes (intmarsh.go and its kin).
    private func refusal(
        of bytes: [UInt8],
        _ type: String,
        version: UInt8?,
        least: Int,
    ) -> String? {
        guard let version else { return nil }
        if bytes.count < least { return "\(type).GobDecode: buffer too small" }
        guard version != 1 else { return nil }
        return "\(type).GobDecode: encoding version \(version) not supported"
    }

    /// Of an address of so many bytes (netip.go, `UnmarshalBinary`).
    private static func addressRefusal(of count: Int) -> String? {
        count == 0 || count == 4 || count >= 16 ? nil : "unexpected slice size"
    }
}
