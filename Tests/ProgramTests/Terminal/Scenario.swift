import Testing

/// Something that a person does at a terminal, and what is seen then: one row of a table.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// A step; texts may name the program as `HOST`, and servers by their names as `@A`.
    enum Step: Sendable {
        /// Types text or bytes, as they come from a keyboard; a signal that follows from the keyboard
        /// throws away what was not read yet, and so it is waited for first.
        case type(String)
        /// Types a command at the program's prompt, sends it off, and waits for the next prompt.
        case run(String)
        /// Presses keys by tmux's names: `Enter`, `C-c`, `Left`.
        case press([String])
        /// Presses Ctrl-L, and waits until the screen has an empty prompt and nothing else.
        case clear
        /// Pastes text, as a terminal does that was asked to mark a paste.
        case paste(String)
        /// A peer sends these as STRINGs, one after another, and each is answered.
        case receive([String])
        /// A peer sends these bytes, ends its side, and waits for the end of the other.
        case receiveBytes([UInt8])
        /// A peer sends the article's string and its struct.
        case receiveArticle
        /// A server begins to listen, or listens again where it did.
        case serve(String)
        /// A server ends.
        case stop(String)
        /// A server has received this text, as a row of its own output.
        case arrives(String, String)
        /// Gives the terminal a size, in columns and rows.
        case resize(Int, Int)
        /// Sends a signal to the program.
        case signal(Int32)
        /// Starts the program in the shell, with arguments.
        case start(String)
        /// The screen becomes exactly this, with `│` where the cursor is. What differs from run to
        /// run has a stand-in: `hh:mm:ss`, `127.0.0.1:ppppp`, `0 ms`.
        case sees(String)
        /// The screen's last rows become exactly these.
        case endsWith(String)
        /// The screen comes to have this text.
        case shows(String)
        /// The screen has no such text.
        case lacks(String)
        /// The screen has colours, or none.
        case colored(Bool)
        /// A file in the program's home comes to have exactly this text.
        case file(String, String)

        static func press(_ keys: String...) -> Step { .press(keys) }
        static func receive(_ texts: String...) -> Step { .receive(texts) }
    }

    let name: String
    /// The terminal's size, in columns and rows.
    var size = (80, 24)
    /// Assignments of the environment.
    var environment: [String] = []
    /// Files in the program's home and working folder, by their names.
    var files: [String: String] = [:]
    /// The program's arguments, or `nil` where it is not started.
    var arguments: String? = "--listen 127.0.0.1:0"
    let steps: [Step]

    init(
        _ name: String,
        size: (Int, Int) = (80, 24),
        environment: [String] = [],
        files: [String: String] = [:],
        arguments: String? = "--listen 127.0.0.1:0",
        _ steps: Step...,
    ) {
        self.name = name
        self.size = size
        self.environment = environment
        self.files = files
        self.arguments = arguments
        self.steps = steps
    }

    var testDescription: String { name }
}
