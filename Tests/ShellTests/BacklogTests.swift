import Testing

@testable import Shell

/// Things that wait in the order in which they came.
@Suite struct BacklogTests {
    @Test("whatever is added and taken meanwhile, all come out once, in order, and are counted")
    func order() {
        var backlog = Backlog<Int> { $0 }
        var (next, taken, random) = (1, [Int](), SystemRandomNumberGenerator())
        for most in [5, 500, 5_000] {
            for _ in 0..<200 {
                for _ in 0..<Int.random(in: 0...most, using: &random) {
                    backlog.append(next)
                    next += 1
                }
                for _ in 0..<Int.random(in: 0...most / 256 + 1, using: &random) {
                    let few = backlog.takeFirst()
                    #expect(few.count <= 256)
                    taken += few
                }
                #expect(backlog.count == next - 1 - taken.count)
                #expect(backlog.size == (taken.count + 1..<next).reduce(0, +))
            }
            while backlog.count > 0 { taken += backlog.takeFirst() }
        }
        #expect(taken == Array(1..<next))
        #expect(backlog.takeFirst() == [])
    }
}
