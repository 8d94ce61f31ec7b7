import Gob
import GobJSON

extension Command {
    static let decode = Command(
        "decode",
        [
            .clause("--path", .word("PATH")), .flag("--schema"),
            .word("FILE.gob|N", .fileOrMessage), .optional("OUT.json", .file),
        ],
        summary: "print the values of a gob as JSON",
        details: """
            Of a file, or of a message received, whose number N is, or the word last.
            Every value of the stream is compact JSON on a line of its own; no Go types
            are needed. It goes to OUT.json, or to standard output where that is left
            out or "-". Of each value --path has only a part printed, as .C.M or
            .M["one"]; --schema prints the types first. Where the stream breaks, the
            values before it are written all the same, and the error says where it does.
            The file may be packed with gzip, or be base64 or hexadecimal text; it may
            have several streams, and lack its beginning, which is said.
            """,
        example: "decode --path .Shapes drawing.gob"
    ) { session, arguments in
        let part = try arguments[optional: "PATH"].map { try arguments.structPath("PATH", $0) }
        let path = arguments[optional: "OUT.json"] ?? "-"
        var values = FileValues(try session.gobFile(arguments[word: "FILE.gob|N"]), part)
        if arguments[flag: "--schema"], let source = values.source {
            await session.output.result(session.output.source(source))
        }
        defer { session.remark(on: values.file) }
        if path != "-" {
            return await session.output.result(try writeJSON(&values, to: path))
        }
        while let datum = try values.next() {
            await session.output.result(Harmless.json(GobJSONWriter.text(of: datum)))
        }
    }

    static let encode = Command(
        "encode",
        [.word("IN.json", .file), .word("OUT.gob", .file), .clause("as", .text("TYPE", .type))],
        summary: "write the values of a JSON file as a gob",
        details: """
            The file has one JSON document, or several, as JSON Lines. Each is a value
            of TYPE, a complexData unless told; "help send struct" says more of both.
            Where anything is wrong, nothing is written.
            """,
        example: "encode drawing.json drawing.gob as Drawing"
    ) { session, arguments in
        let (types, type, name) = try session.type(arguments[optional: "TYPE"])
        let file = try JSONFile(arguments[word: "IN.json"], as: type, in: types)
        let path = arguments[word: "OUT.gob"]
        let (count, size) = try writeGob(file, to: path, session.cache)
        let values = count == 1 ? name : "\(count) values of \(name)"
        await session.output.result("wrote \(values), \(size) bytes, to \(path.harmless)")
    }
}

/// Writes the values of a file as JSON Lines, as far as it goes.
///
/// - Returns: What was written, for the user.
/// - Throws: ``Failure`` where nothing can be written, or the stream breaks.
private func writeJSON(_ file: inout FileValues, to path: String) throws -> String {
    var output = try OutputFile(path)
    var (count, size) = (0, 0)
    var broken: Failure?
    do {
        while let datum = try file.next() {
            let row = Array((GobJSONWriter.text(of: datum) + "\n").utf8)
            try output.write(row)
            (count, size) = (count + 1, size + row.count)
        }
    } catch let failure as Failure {
        guard file.file.isBroken, count > 0 else { throw failure }
        broken = failure
    }
    try output.commit()
    let values = counted(count, "value")
    if let broken {
        let rest = "\(values) before it written to \(path.harmless)"
        throw Failure(broken.status, "\(broken); \(rest)")
    }
    return "wrote \(values), \(size) bytes, to \(path.harmless)"
}

/// Writes the values of a JSON file as a gob.
///
/// - Returns: How many values were written, and how many bytes.
/// - Throws: ``Failure``, and nothing is written then.
private func writeGob(
    _ file: JSONFile,
    to path: String,
    _ cache: GobTypeCache,
) throws -> (count: Int, size: Int) {
    var file = file
    var output = try OutputFile(path)
    var encoder = GobStreamEncoder(cache: cache)
    var (count, size) = (0, 0)
    while let bytes = try file.next(&encoder) {
        try Task.checkCancellation()
        try output.write(bytes)
        (count, size) = (count + 1, size + bytes.count)
    }
    try output.commit()
    return (count, size)
}
