extension Command {
    static let set = Command(
        "set",
        [.optional("NAME", .setting), .optionalText("VALUE", .settingValue)],
        summary: "show the settings, or change one",
        details: settingRows,
        example: "set timeout 2s"
    ) { session, arguments in
        guard let name = arguments[optional: "NAME"] else {
            return await session.output.result(table(of: Setting.all, session.settings))
        }
        let setting = try arguments.checking("NAME") { try Setting.named(name) }
        guard let value = arguments[optionalText: "VALUE"] else {
            return await session.output.result(table(of: [setting], session.settings))
        }
        try arguments.checking("VALUE") { try session.change { try setting.set(value, in: &$0) } }
    }

    /// What each setting takes and decides, for the help.
    private static var settingRows: String {
        let width = Setting.all.map(\.synopsis.count).max() ?? 0
        let rows = Setting.all.map { $0.synopsis.padded(to: width + 2) + $0.summary }
        return (rows + ["A DURATION is a number and a unit: 300ms, 1.5s, 2m, 1h."])
            .joined(separator: "\n")
    }
}

/// Settings with their values and what they decide, aligned, a row each.
private func table(of all: [Setting], _ settings: Settings) -> String {
    let values = all.map { $0.show(settings) }
    // A long reply does not push the others away.
    let width = min(values.map(\.count).max() ?? 0, 24)
    let nameWidth = all.map(\.name.count).max() ?? 0
    return zip(all, values).map { setting, value in
        let start = setting.name.padded(to: nameWidth + 2) + value.padded(to: width + 2)
        return start + "\(setting.summary) (\(setting.takes))"
    }.joined(separator: "\n")
}

extension String {
    /// The text with spaces behind it, up to a width.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 1))
    }
}
