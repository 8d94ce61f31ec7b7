/// Something that `help` explains and that is no command.
package struct HelpTopic: Sendable {
    /// The word after `help`.
    package let name: String
    /// What is said of it, in rows of at most 80 columns.
    package let text: String

    /// All of them.
    package static let all = [keys]

    private static let keys = HelpTopic(
        name: "keys",
        text: """
            Tab                     complete the word, or list what it can be
            Up, Down                the command before, or after
            Ctrl-R                  search the commands typed, again for an older one
            Left, Right             a character back, or on
            Alt-B, Alt-F            a word back, or on; so do Ctrl-Left and Ctrl-Right
            Ctrl-A, Ctrl-E          the beginning, or the end, of the line
            Ctrl-W, Alt-D           delete the word before, or behind, the cursor
            Ctrl-U, Ctrl-K          delete the line, or what is behind the cursor
            Ctrl-Y                  put back what was deleted
            Ctrl-C                  give up the line, or the command that runs
            Ctrl-D                  end the program, on an empty line
            Ctrl-L                  clear the screen
            Ctrl-Z                  stop the program; "fg" in the shell goes on
            ~/.editrc changes them; "bind -v" in it is for those who use vi.
            """
    )
}
