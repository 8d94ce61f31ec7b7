private import Glibc

extension LineEditor {
    /// What a ``LineEditor`` is opened with.
    public struct Configuration: Sendable {
        /// The name that libedit knows the program by, in the user's `.editrc`.
        public var programName: String

        /// The prompt where ``LineEditor/readLine(prompt:)`` names none; a single row.
        public var prompt: Prompt

        /// The lines that the arrow keys and Ctrl-R find at the start, the oldest first.
        public var history: [String] = []

        /// What Tab does, given the line and the cursor's place in it, a count of bytes of UTF-8.
        ///
        /// Called on the editor's thread, so it must be quick; without it Tab beeps.
        public var complete: (@Sendable (_ line: String, _ cursor: Int) -> Completion)?

        /// Where keys come from: a terminal.
        public var input: Int32 = STDIN_FILENO

        /// Where the line and the texts go; where it is no terminal, nothing is edited and no
        /// prompt is shown.
        public var output: Int32 = STDOUT_FILENO

        /// Where a complaint about the terminal's type goes.
        public var error: Int32 = STDERR_FILENO

        /// How many lines the arrow keys reach back; 1,000 unless told.
        public var historyLimit = 1000

        /// How many texts wait for the screen before the oldest are dropped; 10,000 unless told.
        public var queueLimit = 10_000

        /// The defaults: standard input, output and error.
        ///
        /// - Parameters:
        ///   - programName: the name for `.editrc`.
        ///   - prompt: the prompt where none is named.
        public init(programName: String, prompt: Prompt) {
            self.programName = programName
            self.prompt = prompt
        }
    }
}
