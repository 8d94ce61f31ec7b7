private import Glibc
internal import NIOCore

/// Handles a command at once: without a task, from the bytes that have arrived.
///
/// It is called on an event loop and must not block. It returns false, and has written nothing then,
/// where the command's data has not come whole, is wrong, or has to wait for something: the
/// command's `HandleFunc` is called in its place.
public typealias QuickFunc = @Sendable (inout QuickCommand) -> Bool

/// A command whose name has been read, while its connection needs no task.
///
/// It mirrors what a `HandleFunc` does with `Conn`, without waiting.
public struct QuickCommand {
    /// The address of the other side.
    public let peer: Address
    /// The number of the connection.
    public let connection: Int
    /// What has arrived and was not read: the command's data, or its beginning, and what follows.
    ///
    /// The bytes are there until the `QuickFunc` returns.
    public private(set) var input: UnsafeRawBufferPointer
    var output: ByteBuffer

    /// Reads a line up to and without its `\n`; nil where it has not come whole within `limit` bytes.
    public mutating func readLine(limit: Int) -> UnsafeRawBufferPointer? {
        guard let base = input.baseAddress else { return nil }
        let window = min(input.count, limit + 1)
        guard let end = memchr(base, Int32(UInt8(ascii: "\n")), window) else { return nil }
        return read(UnsafeRawPointer(end) - base, andSkip: 1)
    }

    /// Reads `count` bytes; nil where fewer have come.
    public mutating func read(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count <= input.count else { return nil }
        return read(count, andSkip: 0)
    }

    /// Writes bytes; they are sent when all commands that have arrived whole are handled.
    public mutating func write(_ bytes: [UInt8]) {
        output.writeBytes(bytes)
    }

    /// Writes a line of these bytes and its `\n`, as `write` does.
    public mutating func writeLine(_ bytes: [UInt8]) {
        output.writeBytes(bytes)
        output.writeInteger(UInt8(ascii: "\n"))
    }

    private mutating func read(_ count: Int, andSkip skipped: Int) -> UnsafeRawBufferPointer {
        let bytes = UnsafeRawBufferPointer(rebasing: input[..<count])
        input = UnsafeRawBufferPointer(rebasing: input[(count + skipped)...])
        return bytes
    }
}

extension Conn {
    /// Handles the commands that have arrived whole and that a handler of the table takes at once.
    ///
    /// - Returns: whether nothing is left for a task to do: all that has arrived is handled, and the
    ///   system has taken the replies.
    func handleAtOnce(_ table: HandlerTable, nameLimit: Int) -> Bool {
        onLoop()
        while isOpen, channel.isWritable, inbox.bytes.readableBytes > 0 {
            let isDone = takeAtOnce(table, nameLimit: nameLimit)
            send()
            guard isDone else { return false }
        }
        return isOpen ? channel.isWritable : true
    }

    /// Handles commands until one is not to be had at once, or there are many replies to be sent.
    private func takeAtOnce(_ table: HandlerTable, nameLimit: Int) -> Bool {
        var output = outbox.take()
        defer { outbox.put(output) }
        return inbox.take { input in
            var command = QuickCommand(
                peer: remoteAddress,
                connection: id,
                input: input,
                output: output
            )
            // One owner, so that it grows in place.
            output = ByteBuffer()
            defer { output = command.output }
            var handled = 0
            while !command.input.isEmpty, command.output.readableBytes < Outbox.sendAbove {
                guard command.run(table, nameLimit: nameLimit) else { return (handled, false) }
                handled = input.count - command.input.count
                countMessage()
            }
            return (handled, true)
        }
    }
}

extension QuickCommand {
    /// Reads a command's name and handles it; what was read on the way does not count otherwise.
    fileprivate mutating func run(_ table: HandlerTable, nameLimit: Int) -> Bool {
        guard let line = readLine(limit: nameLimit),
            let handle = table.quickFunc(named: line.trimmed)
        else { return false }
        let written = output.writerIndex
        guard handle(&self) else {
            precondition(output.writerIndex == written, "a command that was not handled replied")
            return false
        }
        return true
    }
}
