import Logging
import Net

/// How connections are made, by the settings of the moment.
struct Dialing: Sendable {
    let network: Network
    let live: LiveSettings
    /// What is told of everything, if there is one.
    let logger: Logger?

    /// What makes connections now.
    var dialer: Dialer {
        var dialer = Dialer(on: network, live.value)
        if let logger { dialer.onEvent = { logger.note($0) } }
        return dialer
    }
}
