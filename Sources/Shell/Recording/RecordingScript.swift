import Gob
import GobJSON

/// A recording as a script of commands that send it again, with the files that the script needs.
struct RecordingScript {
    private let path: String
    private let host: String?
    private let cache: GobTypeCache
    private var rows: [String] = []
    /// The files beside the script, by what they have.
    private var files: [[UInt8]: String] = [:]
    /// The Go source that is in force at the present place of the script.
    private var loaded: String?
    private var count = 0

    /// How many bytes stand in a line; more are in a file.
    private static let literalLimit = 1_000

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
        let start = "wrote \(counted(count, "command")) to \(path.harmless)"
        let beside = files.isEmpty ? "" : ", with \(counted(files.count, "file"))"
        return start + beside
    }

    /// Writes the script and its files.
    ///
    /// - Throws: ``Failure`` where one of them cannot be written.
    mutating func write(_ recording: Recording) throws {
        let commands = recording.commands
        count = commands.count
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
        try write(rows.map { $0 + "\n" }.joined().utf8, to: path)
    }

    private mutating func add(_ command: RecordedCommand, to host: String) throws {
        if let text = text(command.bytes) {
            rows.append("send string \(host) \(Harmless.quoted(text))")
        } else if let datum = datum(command.bytes) {
            try addStruct(datum, to: host)
        } else if command.bytes.count <= Self.literalLimit {
            rows.append("send raw \(host) \(Harmless.quoted(command.bytes))")
        } else {
            let file = try file(command.bytes, "bin")
            rows.append("send raw \(host) @\(file.commandWord)")
        }
    }

    /// The text of a STRING, where that is all that the bytes are.
    private func text(_ bytes: [UInt8]) -> [UInt8]? {
        let lines = bytes.lines
        guard lines.count == 2, lines[0] == Array("STRING\n".utf8), lines[1].last == lineEnd else {
            return nil
        }
        return lines[1].dropLast()
    }

    /// The value of a GOB, where that is all that the bytes are.
    private func datum(_ bytes: [UInt8]) -> GobDatum? {
        var decoder = GobStreamDecoder(cache: cache)
        var position = Conversation.gobNameSize
        guard bytes.starts(with: Conversation.gob([])),
            let datum = try? decoder.next(in: bytes, at: &position), position == bytes.count
        else { return nil }
        return datum
    }

    private mutating func addStruct(_ datum: GobDatum, to host: String) throws {
        var source = GobSource()
        source.add(datum)
        let declarations = source.declarations
        if !declarations.isEmpty, declarations != loaded {
            rows.append("load \(try file(Array("\(declarations)\n".utf8), "go").commandWord)")
            loaded = declarations
        }
        let type = source.types.joined()
        let file = try file(Array("\(GobJSONWriter.text(of: datum))\n".utf8), "json")
        rows.append("send struct \(host) \(file.commandWord) as \(type)")
    }

    /// A file beside the script that has these bytes; the same ones are there once.
    private mutating func file(_ bytes: [UInt8], _ ending: String) throws -> String {
        if let path = files[bytes] { return path }
        let file = "\(path)-\(files.count + 1).\(ending)"
        try write(bytes, to: file)
        files[bytes] = file
        return file
    }

    private func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        var file = try OutputFile(path)
        try file.write(bytes)
        try file.commit()
    }
}
