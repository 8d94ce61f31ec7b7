import Logging

/// Writes what is logged as rows beside the results: the time, what happened, and the details.
struct RowLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let write: @Sendable (String) -> Void

    /// A handler that writes what is at least as important as `level`.
    init(level: Logger.Level, _ write: @escaping @Sendable (String) -> Void) {
        logLevel = level
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let words = details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let message = "\(event.message)".harmless
        write(([WallTime.now.clock, message] + words.map(\.harmless)).joined(separator: " "))
    }
}

extension Output {
    /// A logger whose rows stand beside the results.
    var verboseLogger: Logger {
        Logger(label: "gobtalk") { _ in
            RowLogHandler(level: .debug) { notice(diagnosticStyle.paint($0, as: .dim)) }
        }
    }
}
