private import CTerminal

/// What the keys do, beside what libedit has by itself.
extension EditLine {
    private typealias Binding = (key: String, command: String)

    /// Binds the defaults, then what the user's `.editrc` has, then what must hold.
    ///
    /// - Returns: Whether the keys are vi's.
    static func bindKeys(of handle: OpaquePointer) -> Bool {
        for (key, command) in common + emacs { line_bind(handle, key, command) }
        line_source(handle)
        let isVi = line_is_vi(handle)
        for (key, command) in required { line_bind(handle, key, command) }
        // `bind -v` has taken all that away again.
        guard isVi else { return false }
        for (key, command) in common + vi { line_bind(handle, key, command) }
        for (key, command) in common + required + vi {
            line_bind_command_mode(handle, key, command)
        }
        return true
    }

    /// The keys with a name, by the sequences that terminals send for them.
    private static let common: [Binding] = [
        ("\\e[A", "ed-prev-history"), ("\\eOA", "ed-prev-history"),
        ("\\e[B", "ed-next-history"), ("\\eOB", "ed-next-history"),
        ("\\e[C", "ed-next-char"), ("\\eOC", "ed-next-char"),
        ("\\e[D", "ed-prev-char"), ("\\eOD", "ed-prev-char"),
        ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"),
        ("\\e[1~", "ed-move-to-beg"), ("\\e[7~", "ed-move-to-beg"),
        ("\\e[F", "move-to-end"), ("\\eOF", "move-to-end"),
        ("\\e[4~", "move-to-end"), ("\\e[8~", "move-to-end"),
        ("\\e[2~", "ed-ignore"), ("\\e[3~", "delete-next-char"),
        ("\\e[5~", "ed-search-prev-history"), ("\\e[6~", "ed-search-next-history"),
        ("\\e[Z", "ed-ignore"), ("\\e[3;5~", "em-delete-next-word"),
        ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
        ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),
        ("\\e[5C", "em-next-word"), ("\\e[5D", "ed-prev-word"),
        ("\\eOc", "em-next-word"), ("\\eOd", "ed-prev-word"),
    ]

    private static let emacs: [Binding] = [
        ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
        ("^W", "ed-delete-prev-word"),
        ("\\eb", "ed-prev-word"), ("\\eB", "ed-prev-word"),
        ("\\ef", "em-next-word"), ("\\eF", "em-next-word"),
        ("\\ed", "em-delete-next-word"), ("\\eD", "em-delete-next-word"),
        ("\\e^?", "ed-delete-prev-word"), ("\\e^H", "ed-delete-prev-word"),
    ]

    /// The escape key comes as one of ours, so that the other keys, which begin with it too, need
    /// not end the insertion.
    private static let vi: [Binding] = [
        ("\\201", "vi-command-mode"), ("^R", "em-inc-search-prev"), ("^L", "ed-clear-screen"),
    ]

    private static let required: [Binding] = [
        ("^I", "complete"), ("\\200", "paste"),
    ]
}
