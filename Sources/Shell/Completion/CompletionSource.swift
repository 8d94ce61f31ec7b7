import GoTypes
import LineEditing
import Net
private import Synchronization

/// Completes by what the session knows at the moment; nothing until there is a session.
final class CompletionSource: Sendable {
    private let session = Mutex<Session?>(nil)

    /// Says which session it is; the line editor is there before it.
    func set(_ session: Session) {
        self.session.withLock { $0 = session }
    }

    /// What Tab does in a line.
    func completion(of line: String, cursor: Int) -> Completion {
        let session = session.withLock { $0 }
        return session?.completionContext.completion(of: line, cursor: cursor) ?? Completion()
    }
}

extension Session {
    /// What completion knows now.
    package var completionContext: CompletionContext {
        var context = CompletionContext(commands: commands)
        context.hosts = peers.knownHosts
        context.aliases = peers.aliases.map(\.name)
        context.proxies = proxies.running.flatMap { $0.addresses.map(\.description) }
        context.handlers = handlers.all.map(\.name)
        context.isChat = peers.chat != nil
        context.types = types.names
        context.messages = log.latest(.max).reversed().map(\.number)
        context.home = home
        return context
    }
}
