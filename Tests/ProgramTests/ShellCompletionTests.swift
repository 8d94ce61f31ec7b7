import Foundation
import Testing

/// What shells complete on the program's command line, with the scripts that it writes for them.
@Suite(.timeLimit(.minutes(5))) struct ShellCompletionTests {
    /// Calls bash's completion as bash does, for the words behind this script.
    private static let caller = #"""
        cd "$1" && source ./completion.bash && shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        _gobtalk gobtalk "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        echo "${COMPREPLY[*]}"
        """#

    @Test(
        "bash completes commands, their words, options and files",
        arguments: [
            (["se"], "send set"),
            (["send", ""], "string struct raw bytes"),
            (["--no-listen", "send", "struct", "localhost", "da"], "data.json"),
            (["set", "form"], "format"),
            (["set", "format", ""], "go json"),
            (["--col"], "--color"),
            (["--color", ""], "auto always never"),
            (["--types", "a"], "a.go"),
            (["send", "strang"], ""),
        ]
    )
    func bash(_ words: [String], _ expected: String) async throws {
        var files = ["data.json": "", "a.go": "", "other": ""]
        files["completion.bash"] = try await Self.script("bash")
        let outcome = try await withFolder(files: files) { folder in
            let words = [folder.path, Tool.gobtalk] + words
            return try await Tool.run("bash", ["-c", Self.caller, "bash"] + words)
        }
        #expect(outcome.errors == "")
        #expect(outcome.output == expected + "\n")
    }

    @Test(
        "there is a script for zsh, and one for fish",
        arguments: [("zsh", "#compdef gobtalk\n"), ("fish", "complete -c 'gobtalk'")]
    )
    func others(_ shell: String, _ part: String) async throws {
        #expect(try await Self.script(shell).contains(part))
    }

    private static func script(_ shell: String) async throws -> String {
        let outcome = try await Tool.run(Tool.gobtalk, ["--generate-completion-script", shell])
        #expect(outcome.status == 0)
        return outcome.output
    }
}
