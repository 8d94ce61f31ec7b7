import Gob
import GobJSON

/// A recording as a script of commands that send it again, with the files that the script needs.
struct RecordingScript {
    private let path: String
    private let host: String?
    private let cache: GobTypeCache
    private var rows: [String] = []
    /// The files beside the script, by what they have.
    private var files: [String: String] = [:]
    /// The Go source that is in force at the present place of the script.
    private var loaded: String?
    private var sentCount = 0
    private var omittedCount = 0

    /// A script that is not written yet.
    ///
    /// - Parameters:
    ///   - path: Where it goes.
    ///   - host: Where its commands go; to where they went where it is `nil`.
    ///   - cache: The types of the session's streams.
    init(path: String, host: String?, cache: GobTypeCache) {
        self.path = path
        self.host = host
        self.cache = cache
    }

    /// What was written, for the user.
    var summary: String {
        let start = "wrote \(counted(sentCount, "command")) to \(path.harmless)"
        let beside = files.isEmpty ? "" : ", with \(counted(files.count, "file"))"
        let rest = omittedCount == 0 ? "" : "; \(omittedCount) more cannot be sent by a command"
        return start + beside + rest
    }

    /// Writes the script and its files.
    ///
    /// - Throws: ``Failure`` where one of them cannot be written.
    mutating func write(_ recording: Recording) throws {
        let commands = recording.commands
        var counts: [Int: Int] = [:]
        for command in commands { counts[command.connection, default: 0] += 1 }
        var joined: Int?
        for command in commands {
            var host = (self.host ?? command.host).commandWord
            if counts[command.connection, default: 0] > 1 {
                if joined != command.connection { rows.append("connect \(host)") }
                joined = command.connection
                host = "."
            }
            try add(command, to: host)
        }
        try write(rows.map { $0 + "\n" }.joined(), to: path)
    }

    private mutating func add(_ command: RecordedCommand, to host: String) throws {
        var text = command.data
        switch command.name {
        case "STRING" where text.last == lineEnd:
            text.removeLast()
            rows.append("send string \(host) \(Harmless.quoted(text))")
        case "GOB":
            guard let datum = datum(text) else { return omit(command) }
            try addStruct(datum, to: host)
        default: return omit(command)
        }
        sentCount += 1
    }

    private mutating func omit(_ command: RecordedCommand) {
        omittedCount += 1
        let name = command.name.map { Harmless.quoted(Array($0.utf8)) } ?? "without its whole name"
        rows.append("# not sent again: \(command.bytes.count) bytes of the command \(name)")
    }

    private func datum(_ stream: [UInt8]) -> GobDatum? {
        var decoder = GobStreamDecoder(cache: cache)
        var position = 0
        return try? decoder.next(in: stream, at: &position)
    }

    private mutating func addStruct(_ datum: GobDatum, to host: String) throws {
        var source = GobSource()
        source.add(datum)
        let declarations = source.declarations
        if !declarations.isEmpty, declarations != loaded {
            rows.append("load \(try file(declarations + "\n", "go").commandWord)")
            loaded = declarations
        }
        let type = source.types.joined()
        let file = try file(GobJSONWriter.text(of: datum) + "\n", "json")
        rows.append("send struct \(host) \(file.commandWord) as \(type)")
    }

    /// A file beside the script that has a text; the same text is there once.
    private mutating func file(_ text: String, _ ending: String) throws -> String {
        if let path = files[text] { return path }
        let file = "\(path)-\(files.count + 1).\(ending)"
        try write(text, to: file)
        files[text] = file
        return file
    }

    private func write(_ text: String, to path: String) throws {
        var file = try OutputFile(path)
        try file.write(text.utf8)
        try file.commit()
    }
}
