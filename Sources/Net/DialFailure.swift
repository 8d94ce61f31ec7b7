/// Why one address could not be connected to.
public struct DialFailure: Error, Equatable, Sendable {
    /// The address.
    public let address: Address
    /// What failed there.
    public let cause: Cause

    /// A failure at an address.
    public init(address: Address, cause: Cause) {
        self.address = address
        self.cause = cause
    }
}

extension DialFailure: CustomStringConvertible {
    /// The cause with the place: `connection refused at [::1]:61000`.
    public var description: String { "\(cause) at \(address)" }
}

extension Cause {
    /// The failures at all the addresses of a host in one: the same one, or each with its address.
    init(_ failures: [DialFailure], after total: Duration) {
        let areTimeouts = failures.allSatisfy { failure in
            if case .timedOut = failure.cause { true } else { false }
        }
        if areTimeouts {
            self = .timedOut(after: total)
        } else if let cause = failures.first?.cause, failures.allSatisfy({ $0.cause == cause }) {
            self = cause
        } else {
            self = .several(failures)
        }
    }
}

extension [DialFailure] {
    /// How many are told in a sentence: a name can have thousands of addresses.
    private static let mostTold = 8

    /// The failures as they stand at the end of a sentence.
    var sentence: String {
        let told = prefix(Self.mostTold).map(\.description).joined(separator: ", ")
        return count > Self.mostTold ? "\(told), and \(count - Self.mostTold) more" : told
    }
}
