/// Names that must differ: one that is taken gets a number.
struct UniqueNames {
    private var taken: Set<String> = []
    private var numbers: [String: Int] = [:]

    mutating func unique(_ name: String) -> String {
        guard !taken.insert(name).inserted else { return name }
        while true {
            let number = numbers[name, default: 1] + 1
            numbers[name] = number
            if taken.insert("\(name)\(number)").inserted { return "\(name)\(number)" }
        }
    }
}
