import Testing

@testable import Shell

/// Things that wait in the order in which they came.
@Suite struct BacklogTests {
    @Test("whatever is added and taken meanwhile, all come out once, in order, and are counted")
    func order() {
        var backlog = Backlog<Int> { $0 }
        var (next, taken, random) = (1, [Int](), SystemRandomNumberGenerator())
        for _ in 0..<200 {
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                backlog.append(next)
                next += 1
            }
            taken += backlog.takeFirst(Int.random(in: 0...5, using: &random))
            #expect(backlog.count == next - 1 - taken.count)
            #expect(backlog.size == (taken.count + 1..<next).reduce(0, +))
        }
        // The oldest are taken before those that came while they were.
        while backlog.size > 0 { taken += backlog.takeFirst(7) }
        #expect(taken == Array(1..<next))
        #expect(backlog.takeFirst(1) == [])
    }
}
