/// A command of the prompt: one element of the ``CommandTable``, and all that there is of it.
///
/// Parsing, help and the man page's test read the same parameters.
package struct Command: Sendable {
    /// What a command takes, in order.
    package indirect enum Parameter: Sendable, Equatable {
        /// A word that must be given.
        case word(String, WordKind = .plain)
        /// A word that may be left out.
        case optional(String, WordKind = .plain)
        /// The rest of the line.
        case text(String, WordKind = .plain)
        /// The rest of the line, which may be left out.
        case optionalText(String, WordKind = .plain)
        /// One word or more, taken as they are written; between them a clause may stand.
        case words(String, WordKind, between: Parameter? = nil)
        /// A keyword and what follows it, which may be left out together: `[as TYPE]`.
        ///
        /// Clauses and flags beside one another may come in any order.
        case clause(String, Parameter)
        /// A keyword alone, which may be left out: `[close]`.
        case flag(String)

        /// How it is shown: `HOST`, `[N]`, `[as TYPE]`.
        var synopsis: String {
            switch self {
            case .word(let name, _), .text(let name, _): name
            case .optional(let name, _), .optionalText(let name, _): "[\(name)]"
            case .words(let name, _, let clause):
                ([name] + [clause?.synopsis].compactMap(\.self) + ["..."]).joined(separator: " ")
            case .clause(let keyword, let parameter): "[\(keyword) \(parameter.synopsis)]"
            case .flag(let keyword): "[\(keyword)]"
            }
        }

        /// The word that begins a clause, or is a flag.
        var keyword: String? {
            switch self {
            case .clause(let keyword, _), .flag(let keyword): keyword
            case .word, .optional, .text, .optionalText, .words: nil
            }
        }
    }

    /// The word or words by which it is called: `send string`.
    package let name: String
    /// What follows the name.
    package let parameters: [Parameter]
    /// What it does, in one short sentence without a full stop.
    package let summary: String
    /// More about it, in rows of at most 76 columns.
    package let details: String
    /// A line that uses it, as it would be typed; empty where the name alone is one.
    package let example: String
    /// Whether it can be sent before what was sent before it is answered, or takes care of that
    /// itself; all others wait.
    let isPipelined: Bool
    /// Does it.
    ///
    /// - Throws: ``Failure``, or what means one.
    package let run: @Sendable (Session, Arguments) async throws -> Void

    init(
        _ name: String,
        _ parameters: [Parameter] = [],
        summary: String,
        details: String = "",
        example: String = "",
        isPipelined: Bool = false,
        run: @escaping @Sendable (Session, Arguments) async throws -> Void,
    ) {
        self.name = name
        self.parameters = parameters
        self.summary = summary
        self.details = details
        self.example = example
        self.isPipelined = isPipelined
        self.run = run
    }

    /// The name and the parameters: `send string HOST TEXT`, `messages [N]`.
    package var synopsis: String {
        ([name] + parameters.map(\.synopsis)).joined(separator: " ")
    }

    /// The words that begin its clauses, so that none of them is taken for a word left out.
    var keywords: [String] {
        parameters.compactMap(\.keyword)
    }
}
