import Net

/// What a session sends.
extension Session {
    /// Refuses a text that no STRING can carry.
    func checkText(_ text: [UInt8]) throws {
        guard !text.contains(UInt8(ascii: "\n")) else {
            throw Failure(.usage, "TEXT has a line end in it, and a STRING is one line")
        }
        guard text.count <= limits.maxLine else {
            throw Failure(.usage, "TEXT has \(text.count) bytes; \(limits.maxLine) is the most")
        }
    }

    /// Sends a STRING and prints the reply, or has it printed, where it goes through the pipeline; a
    /// text that does not get there is kept, to be sent again.
    func sendString(_ text: [UInt8], to word: String) async throws {
        if let (pipeline, link, place) = pipeline(to: word) {
            let bytes = Conversation.string(text)
            return try await pipeline.add(.init(.string(text), bytes, place), over: link)
        }
        try await settle()
        do {
            let reply = try await converse(with: word) { try await $0.sendString(text) }
            await output.remark(output.reply(reply))
        } catch {
            // A host that is none never gets it.
            guard Failure(error).status != .usage else { throw error }
            peers.keep(.init(host: try peers.host(word), text: text))
            throw error
        }
    }

    /// Sends a GOB of a type, and says so, or has it said, where it goes through the pipeline.
    func sendGob(_ bytes: [UInt8], of type: String, to word: String) async throws {
        let row = "sent \(type), \(bytes.count - Conversation.gobNameSize) bytes"
        if let (pipeline, link, place) = pipeline(to: word) {
            return try await pipeline.add(.init(.gob(row), bytes, place), over: link)
        }
        try await settle()
        try await converse(with: word) { conversation in
            _ = try await conversation.sendGob(bytes)
            try await conversation.finish()
        }
        await output.remark(row)
    }

    /// Sends a text that did not get to its peer.
    func sendAgain(_ unsent: Peers.Unsent) async throws -> Conversation.Reply {
        let body: @Sendable (Conversation) async throws -> Conversation.Reply = {
            try await $0.sendString(unsent.text)
        }
        let held = [peers.chat?.link, peers.joined].compactMap { $0 }
        if let link = held.first(where: { $0.host == unsent.host }) {
            return try await converse(on: link, body)
        }
        return try await converse(with: unsent.host, body)
    }
}
