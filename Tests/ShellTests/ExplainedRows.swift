/// The bytes of all rows of an explanation, which are behind the offset.
func bytes(in rows: some Sequence<Substring>, behind width: Int = 8) -> [UInt8] {
    rows.flatMap { row in
        row.dropFirst(width).prefix(23).split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }
}
