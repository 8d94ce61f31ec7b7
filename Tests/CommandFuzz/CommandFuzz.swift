import ArgumentParser
import Glibc
import NIOCore
import NIOEmbedded
import Net
import Shell

/// Gives the endpoint of the program streams of random and mutated bytes, in pieces of every size.
///
/// Everything runs on one thread, over channels in memory, so that a stream costs microseconds. It
/// traps with the program, and ends with 1 where a connection stays, a reply is none, or memory
/// grows.
@main
struct CommandFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "commandfuzz")

    @Option(help: "How many streams.")
    var streams = 1_000_000

    @Option(help: "For what is random: the same gives the same streams.")
    var seed: UInt64 = 1

    @Option(help: "By how many MiB memory may grow from the first tenth to the end.")
    var growth = 32

    func run() throws {
        let loop = EmbeddedEventLoop()
        let strangers = try Strangers(loop)
        var mutator = Mutator(seed: seed)
        var early = 0
        for number in 0..<streams {
            if number == streams / 10 { early = residentMemory() }
            try strangers.talk(mutator.stream(), &mutator.random)
            // Half of them are shown, which takes another way through the program.
            if number % 1_000 == 0 { strangers.setQuiet(number % 2_000 == 0) }
        }
        let late = residentMemory()
        strangers.end()
        print(
            #"{"streams":\#(streams),"seed":\#(seed),"bytes":\#(mutator.byteCount),"#
                + #""messages":\#(strangers.messageCount),"replies":\#(strangers.replyCount),"#
                + #""complaints":\#(strangers.complaints.count),"#
                + #""kib_at_a_tenth":\#(early),"kib_at_the_end":\#(late)}"#
        )
        guard late - early <= growth << 10 else {
            throw Fault(description: "memory grew from \(early) to \(late) KiB")
        }
    }
}

/// A promise that was broken.
struct Fault: Error, CustomStringConvertible {
    let description: String
}

/// The resident memory of this process in KiB.
private func residentMemory() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 200)
    guard fgets(&line, 200, file) != nil else { return 0 }
    let words = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
        separator: " "
    )
    return (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) / 1024
}
