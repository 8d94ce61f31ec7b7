/// A number of things, in words: `1 message`, `2 messages`.
func counted(_ number: some BinaryInteger, _ thing: String) -> String {
    number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
}
