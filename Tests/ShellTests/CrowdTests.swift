import Testing

@testable import Shell

/// What is noticed of many connections.
@Suite(.timeLimit(.minutes(5)))
struct CrowdTests {
    private let crowd: Crowd
    private let gone: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        let (gone, continuation) = AsyncStream.makeStream(of: Void.self)
        self.gone = gone
        self.continuation = continuation
        crowd = Crowd(delay: .zero) { continuation.yield() }
    }

    @Test("it is noticed that most of a crowd has gone, and then that the rest has")
    func crowdAndRest() async {
        var times = gone.makeAsyncIterator()
        for _ in 1...300 { crowd.enter() }
        for _ in 1...240 { crowd.leave() }
        await times.next()
        for _ in 1...60 { crowd.leave() }
        await times.next()
    }

    @Test("connections that are few at a time are nothing to be noticed")
    func few() async {
        for _ in 1...1_000 {
            for _ in 1...100 { crowd.enter() }
            for _ in 1...100 { crowd.leave() }
        }
        continuation.finish()
        var times = gone.makeAsyncIterator()
        #expect(await times.next() == nil)
    }
}
