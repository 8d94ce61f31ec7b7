import GoTypes

/// A setting: one element of ``Setting/all``, and all that there is of it.
///
/// `set`, completion, help and the man page's test read the same table.
package struct Setting: Sendable {
    /// What `set` calls it: `keep-alive`.
    package let name: String
    /// What it takes: `on|off`, `DURATION`, `TEXT`.
    package let takes: String
    /// The words that it takes; other values are no words, and cannot be listed.
    package let values: [String]
    /// What it takes, in a sentence: `on or off`, `a duration`.
    let wants: String
    /// What it decides, in one short sentence without a full stop.
    package let summary: String
    /// Its value, as `set` takes it.
    package let show: @Sendable (Settings) -> String
    /// Takes a value; false where it is none.
    let take: @Sendable (_ value: [UInt8], _ settings: inout Settings) -> Bool

    /// Its name and what it takes: `format go|json`.
    package var synopsis: String { "\(name) \(takes)" }

    /// The setting of a name.
    ///
    /// - Throws: ``Failure`` with the nearest name where there is none.
    static func named(_ name: String) throws -> Setting {
        if let setting = all.first(where: { $0.name == name }) { return setting }
        let meant = nearest(to: name, among: all.map(\.name))
        let hint = meant.map { "did you mean \"\($0)\"?" } ?? "\"set\" lists them"
        throw Failure(.usage, "there is no setting \"\(name.harmless)\"; \(hint)")
    }

    /// Sets it.
    ///
    /// - Throws: ``Failure`` that says what it takes.
    func set(_ value: [UInt8], in settings: inout Settings) throws {
        guard !take(value, &settings) else { return }
        let text = String(decoding: value, as: UTF8.self)
        let meant = nearest(to: text, among: values).map { "; did you mean \"\($0)\"?" } ?? ""
        throw Failure(.usage, "\(name) takes \(wants), not \"\(text.shown)\"\(meant)")
    }
}
