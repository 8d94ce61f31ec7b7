import Testing

@testable import Shell

/// What is noticed of many connections.
@Suite(.timeLimit(.minutes(5)))
struct CrowdTests {
    @Test("each crowd that has gone is noticed once, and a few connections are not")
    func everyCrowd() async {
        let (gone, continuation) = AsyncStream.makeStream(of: Void.self)
        let crowd = Crowd(delay: .zero) { continuation.yield() }
        var times = gone.makeAsyncIterator()
        for _ in 1...2 {
            for _ in 1...300 { crowd.enter() }
            for _ in 1...300 { crowd.leave() }
            await times.next()
            for _ in 1...1_000 {
                crowd.enter()
                crowd.leave()
            }
        }
        continuation.finish()
        #expect(await times.next() == nil)
    }
}
