import GoTypes

extension Command {
    static let type = Command(
        "type",
        [.word("NAME", .type), .text("TYPE", .type)],
        summary: "declare a Go type",
        details: """
            As in Go: type Point struct { X, Y int }. TYPE is the rest of the line; it
            may name types that are declared later, and Go's own, as time.Time. A name
            that is declared already is declared anew. "load" takes a whole file.
            """,
        example: "type Point struct { X, Y int }"
    ) { session, arguments in
        let type = String(decoding: arguments[text: "TYPE"], as: UTF8.self)
        // As it is typed, so that a column in an error is that of the line.
        let source = "type \(arguments[word: "NAME"]) \(type)"
        do {
            let names = try session.declare(source)
            let rows = names.map { name in
                let problem = session.types.problem(with: name)
                return "declared \(name)" + (problem.map { ", but \($0.fault)" } ?? "")
            }
            await session.output.result(rows.map(\.harmless).joined(separator: "\n"))
        } catch let error as GoTypeError {
            throw Failure(.failed, "cannot declare the type: \(error)".harmless)
        }
    }

    static let types = Command(
        "types",
        [.optional("NAME", .type)],
        summary: "list the Go types declared, or print one",
        details: "A type is printed as gofmt would write it.",
        example: "types complexData"
    ) { session, arguments in
        let types = session.types
        guard let name = arguments[optional: "NAME"] else {
            let rows = types.names.map { types.row(of: $0) }
            return await session.output.result(rows.joined(separator: "\n"))
        }
        guard let declaration = types.declaration(of: name) else {
            let error = types.problem(with: name)
            let problem = error.map { "\($0.fault)\($0.wayOut)" } ?? "\(name) is not declared here"
            throw Failure(.failed, "no declaration to print: \(problem)".harmless)
        }
        await session.output.result(session.output.source(declaration))
    }

    static let load = Command(
        "load",
        [.word("FILE.go|N", .fileOrMessage)],
        summary: "declare the types of a Go file, or of a gob",
        details: """
            The file's type declarations are kept, with the constants that lengths of
            arrays need; everything else is passed over. The option --types does the
            same before the first command. Of a message received, whose number N is, or
            the word last, they are what "schema" prints.
            """,
        example: "load drawing.go"
    ) { session, arguments in
        let word = arguments[word: "FILE.go|N"]
        let (path, names) =
            word.isMessageNumber
            ? try session.load(message: session.message(word))
            : (word, try session.load(word))
        let count = counted(names.count, "type")
        let list = names.map(\.shown).joined(separator: ", ")
        let types = session.types
        let refused = names.compactMap { name in
            types.refusal(of: name).map { "\(path):\($0); \(name) cannot be used" }
        }
        let rows = ["loaded \(count) of \(path): \(list)"] + refused
        await session.output.result(rows.map(\.harmless).joined(separator: "\n"))
    }
}

extension Session {
    /// Declares the types of a Go source file.
    ///
    /// - Returns: Their names.
    /// - Throws: ``Failure`` that names the file and the place in it; nothing is declared then.
    package func load(_ path: String) throws -> [String] {
        let bytes = try InputFile.read(path)
        guard let source = String(validating: bytes, as: UTF8.self) else {
            let reason = "no Go source, for it is not UTF-8; \"schema\" makes one of a gob"
            throw Failure(.failed, "\(path.harmless): \(reason)")
        }
        return try declare(source, of: path)
    }

    /// Declares the types of a message, as `schema` prints them.
    ///
    /// - Returns: How the message is called, and the types' names.
    /// - Throws: ``Failure`` where it has none; nothing is declared then.
    fileprivate func load(message: Message) throws -> (String, [String]) {
        var file = try GobFile(message, cache)
        let (source, failure) = file.source()
        if let failure { throw failure }
        return (file.name, try declare(source ?? "", of: file.name))
    }

    private func declare(_ source: String, of name: String) throws -> [String] {
        do {
            let names = try declare(source)
            guard !names.isEmpty else {
                throw Failure(.failed, "\(name.harmless): it declares no types")
            }
            return names
        } catch let error as GoTypeError {
            let space = error.place == nil ? " " : ""
            throw Failure(.failed, "\(name):\(space)\(error)".harmless)
        }
    }

    /// The types that are declared, and the one of them that `as TYPE` means: `complexData` where
    /// it was left out.
    ///
    /// - Parameters:
    ///   - text: The type.
    ///   - mark: What stands before it.
    /// - Returns: The types, the type, and how it is shown.
    /// - Throws: ``Failure`` where it is no type, or gob cannot send it.
    func type(
        _ text: String?,
        after mark: String = "as ",
    ) throws -> (types: GoTypeSet, type: GoType, name: String) {
        let types = types
        let text = text ?? "complexData"
        do {
            let type = try types.type(text)
            _ = try types.schema(of: type)
            return (types, type, text.shown)
        } catch {
            throw Failure(error, after: mark, text)
        }
    }

    /// The type that `to TYPE` means, of a variable that receives; nothing need be sent of it.
    ///
    /// - Throws: ``Failure`` where it is no type.
    func receivingType(_ text: String) throws -> GoType {
        do {
            return try types.type(text)
        } catch {
            throw Failure(error, after: "to ", text)
        }
    }
}

extension GoTypeSet {
    /// Why a type cannot be sent, if it cannot.
    fileprivate func problem(with name: String) -> GoTypeError? {
        do {
            _ = try schema(of: try type(name))
            return nil
        } catch {
            return error
        }
    }

    /// The declaration in one row, its end left out where it is long.
    fileprivate func row(of name: String) -> String {
        guard let declaration = declaration(of: name) else { return "type \(name) …".shown }
        let lines = declaration.split(separator: "\n").map { line in
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let row = lines.dropFirst().reduce(lines.first ?? "") { row, line in
            row + (row.hasSuffix("{") || line.hasPrefix("}") ? " " : "; ") + line
        }
        return (row.count > 78 ? "\(row.prefix(77))…" : row).harmless
    }
}

extension Failure {
    /// The failure that the type after a keyword is.
    fileprivate init(_ error: GoTypeError, after mark: String, _ text: String) {
        let reason = "\(mark)\(text.shown): \(error.fault)\(error.wayOut)"
        self.init(.failed, reason.harmless)
    }
}

extension GoTypeError {
    /// Where to look for the type that was meant, if none is near.
    fileprivate var wayOut: String {
        if case .undeclared(_, nearest: nil) = fault {
            "; \"types\" lists those that are"
        } else {
            ""
        }
    }
}
