import Net
import Shell
import Testing

/// What is kept of the messages received.
@Suite struct MessageLogTests {
    private static let origin = Message.Origin(
        peer: .ipv4(127, 0, 0, 1, port: 1),
        connection: 1
    )

    @Test("the latest messages are kept, under the numbers that they got")
    func count() {
        let log = MessageLog(countLimit: 100)
        for number in 1...1_000 {
            let message = log.add(
                .text(Array("\(number)".utf8)),
                command: "STRING",
                from: Self.origin
            )
            #expect(message.number == number)
        }
        #expect(log.total == 1_000)
        #expect(log.latest(2).map(\.number) == [999, 1_000])
        #expect(log[901]?.number == 901)
        #expect(log[700] == nil)
        #expect(log[0] == nil)
        #expect(log[1_001] == nil)
        #expect((100...125).contains(log.latest(.max).count))
    }

    @Test("no more is kept than the limit of bytes, but for one message")
    func size() {
        let log = MessageLog(sizeLimit: 1_000)
        for _ in 1...10 {
            _ = log.add(
                .text(.init(repeating: 0, count: 300)),
                command: "STRING",
                from: Self.origin
            )
        }
        #expect(log.latest(.max).map(\.number) == [8, 9, 10])
        _ = log.add(.text(.init(repeating: 0, count: 5_000)), command: "STRING", from: Self.origin)
        #expect(log.latest(.max).map(\.number) == [11])
    }

    @Test("a log that nobody asks keeps one")
    func one() {
        let log = MessageLog(countLimit: 1)
        for _ in 1...10 { _ = log.add(.text([]), command: "STRING", from: Self.origin) }
        #expect(log[10]?.number == 10)
        #expect(log.latest(.max).count <= 2)
    }
}
