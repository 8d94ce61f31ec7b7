package import Net

/// What can be changed while the program runs: by `set` at the prompt, or an option at the start.
package struct Settings: Sendable, Equatable {
    /// How structs are written.
    package enum Format: String, Sendable, CaseIterable {
        /// As an indented literal in the manner of Go.
        case go
        /// As indented JSON.
        case json
    }

    /// Where text is coloured.
    package enum Color: String, Sendable, CaseIterable {
        /// On a terminal that has colours, where the environment does not object.
        case auto
        /// Everywhere, also in a file or a pipe.
        case always
        /// Nowhere.
        case never
    }

    /// How long a dial, and the wait for a reply, may take.
    package var timeout = Duration.seconds(10)
    /// How long a connection that this side makes is idle before the system asks whether its peer is
    /// still there; `nil` where it never asks.
    package var keepAlive: Duration? = .seconds(15)
    /// The address of this machine that connections come from; `nil` where the system chooses.
    package var localAddress: Address?
    /// How long the first family of a peer's addresses is tried alone; `nil` where the families are
    /// tried one after the other.
    package var fallbackDelay: Duration? = .milliseconds(300)
    /// How structs are written.
    package var format = Format.go
    /// Whether the bytes of every message are shown.
    package var trace = false
    /// Whether messages are shown with the time of their arrival.
    package var timestamps = true
    /// Where text is coloured.
    package var color = Color.auto
    /// What a STRING is answered, without the line end; any bytes.
    package var reply = Array("Thank you.".utf8)
    /// Whether messages received are not printed.
    package var isQuiet = false

    /// The defaults.
    package init() {}
}
