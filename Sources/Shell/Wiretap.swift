import Net

/// What is told of a session's connections while bytes go over them: the trace, and the events.
struct Wiretap: Sendable {
    let output: Output
    let live: LiveSettings

    /// Hands everything on to those who want it.
    var observer: NetworkObserver {
        NetworkObserver(
            wantsBytes: { live.read(\.trace) },
            onTraffic: { output.notice(Trace.row($0, output.diagnosticStyle)) },
            onChange: { change in
                switch change {
                case .opened(let status): output.offer(.connected(status))
                case .closed(let status, let lost): output.offer(.closed(status, lost: lost))
                }
            }
        )
    }
}

extension Network {
    /// The network of a session: what goes over it is shown where the setting `trace` is on, and told
    /// where events are wanted.
    package convenience init(tracedOn output: Output, _ live: LiveSettings) {
        self.init(observer: Wiretap(output: output, live: live).observer)
    }
}
