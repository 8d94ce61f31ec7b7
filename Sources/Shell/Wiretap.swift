import Net

/// What is told of a session's connections while bytes go over them: the trace, the events and the
/// record.
struct Wiretap: Sendable {
    let output: Output
    let live: LiveSettings
    let recorder: Recorder
    let tracer: Tracer

    /// Hands everything on to those who want it.
    var observer: NetworkObserver {
        NetworkObserver(
            wantsBytes: { live.read(\.trace) || recorder.isOn },
            onTraffic: { traffic in
                recorder.record(traffic)
                guard live.read(\.trace) else { return }
                output.notice(tracer.text(traffic, output.diagnosticStyle))
            },
            onChange: { change in
                recorder.record(change)
                tracer.note(change)
                switch change {
                case .opened(let status): output.offer(.connected(status))
                case .closed(let status, let lost): output.offer(.closed(status, lost: lost))
                }
            }
        )
    }
}

extension Network {
    /// The network of a session: what goes over it is shown where the setting `trace` is on, told where
    /// events are wanted, and recorded where that is.
    package convenience init(
        tracedOn output: Output,
        _ live: LiveSettings,
        recorder: Recorder = Recorder(),
        tracer: Tracer = Tracer(),
    ) {
        let wiretap = Wiretap(output: output, live: live, recorder: recorder, tracer: tracer)
        self.init(observer: wiretap.observer)
    }
}
