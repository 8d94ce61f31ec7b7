import Gob
import Net
private import Synchronization

/// The commands that this side answers, changed while it does.
final class Handlers: Sendable {
    private let endpoint: Endpoint
    private let receiver: Receiver
    private let cache: GobTypeCache
    private let limits: Limits
    private let rows = Mutex<[Handler]>([])

    /// The article's commands.
    ///
    /// - Parameters:
    ///   - endpoint: What answers peers.
    ///   - receiver: Takes in what they bring.
    ///   - cache: The types of the streams before; its limits hold.
    ///   - limits: How much they may bring.
    init(_ endpoint: Endpoint, _ receiver: Receiver, _ cache: GobTypeCache, _ limits: Limits) {
        self.endpoint = endpoint
        self.receiver = receiver
        self.cache = cache
        self.limits = limits
        for handler in Handler.standard { set(handler) }
    }

    /// All of them, by name.
    var all: [Handler] { rows.withLock { $0 } }

    /// The one of a name.
    func named(_ name: String) -> Handler? {
        rows.withLock { rows in rows.first { $0.name == name } }
    }

    /// What is known of a command by its name, whether it is answered here or not.
    func known(_ name: String) -> Handler? {
        // What other peers make of the article's commands is not changed here.
        named(name) ?? Handler.standard(named: name)
    }

    /// Answers a command from now on, on open connections, too, in place of what did before.
    func set(_ handler: Handler) {
        let wire = WireHandler(handler, receiver, cache, maxLine: limits.maxLine)
        rows.withLock { rows in
            rows.removeAll { $0.name == handler.name }
            let index = rows.firstIndex { handler.name < $0.name } ?? rows.count
            rows.insert(handler, at: index)
            endpoint.addHandleFunc(handler.name, quick: wire.quick, wire.handle)
        }
    }

    /// Answers a command no more; false where nothing did.
    func remove(_ name: String) -> Bool {
        rows.withLock { rows in
            rows.removeAll { $0.name == name }
            return endpoint.removeHandleFunc(name)
        }
    }
}
