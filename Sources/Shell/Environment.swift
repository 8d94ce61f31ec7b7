/// What the environment says about the terminal and the programs that the user prefers.
public struct Environment: Sendable {
    /// Whether the user wants no colour (`NO_COLOR`, <https://no-color.org>).
    let refusesColor: Bool
    /// Whether the terminal can only print (`TERM`).
    let isDumb: Bool
    /// How the shell calls the program that shows long texts (`PAGER`), with what it needs to keep
    /// colours; `nil` where there is to be none.
    package let pager: String?
    /// The user's home folder (`HOME`), if it is known.
    package let home: String?
    /// Where the commands typed are kept: where the XDG Base Directory Specification puts what a
    /// program keeps between its runs (`XDG_STATE_HOME`); `nil` where no home is known either.
    package let historyPath: String?

    /// Reads the environment.
    ///
    /// - Parameter variable: The value of a variable, if it is set.
    public init(_ variable: (String) -> String?) {
        refusesColor = variable("NO_COLOR").map { !$0.isEmpty } ?? false
        isDumb = ["", "dumb", "unknown"].contains(variable("TERM") ?? "")
        let program = isDumb ? "" : variable("PAGER") ?? "less"
        let isNone = ["", "cat"].contains(program.filter { $0 != " " })
        pager = isNone ? nil : "LESS=\"${LESS-FR}\"; export LESS; \(program)"
        home = variable("HOME").flatMap { $0.isEmpty ? nil : $0 }
        // A path that is not absolute is to be ignored.
        let state = variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        historyPath = (state ?? home.map { $0 + "/.local/state" }).map { $0 + "/gobtalk/history" }
    }

    /// An environment that says nothing.
    public init() {
        self.init { _ in nil }
    }

    /// Whether text is coloured by a setting, where it goes to a terminal or not.
    package func isColored(_ setting: Settings.Color, isTerminal: Bool) -> Bool {
        switch setting {
        case .auto: isTerminal && !refusesColor && !isDumb
        case .always: true
        case .never: false
        }
    }
}
