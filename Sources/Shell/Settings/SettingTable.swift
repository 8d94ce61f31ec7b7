extension Setting {
    /// All settings, in the order of their names: the one place where a setting is added.
    package static let all: [Setting] = [
        .choice("color", \.color, "colour what is shown"),
        .fallbackDelay,
        .choice("format", \.format, "structs as a Go literal or as JSON"),
        .keepAlive,
        .localAddress,
        .toggle("quiet", \.isQuiet, "do not print the messages received"),
        .reply,
        .timeout,
        .toggle("timestamps", \.timestamps, "messages with the time of their arrival"),
        .toggle("trace", \.trace, "show the bytes sent and received"),
    ]

    private static let timeout = Setting(
        name: "timeout",
        takes: "DURATION",
        values: [],
        wants: "a duration above 0, as 300ms, 1.5s or 2m",
        summary: "the most for a dial, and for a reply",
        show: { $0.timeout.word },
        take: taking({ word in Duration(text: word).flatMap { $0 > .zero ? $0 : nil } }) {
            $0.timeout = $1
        }
    )

    private static let keepAlive = Setting(
        name: "keep-alive",
        takes: "DURATION|off",
        values: ["off"],
        wants: "a duration from 1s to 9h, or off",
        summary: "ask if a silent peer is still there",
        show: { $0.keepAlive?.word ?? "off" },
        take: taking({ KeepAlive($0) }) { $0.keepAlive = $1.duration }
    )

    private static let reply = Setting(
        name: "reply",
        takes: "TEXT",
        values: [],
        wants: "one line of text",
        summary: "what a STRING is answered, one line",
        show: { Harmless.quoted($0.reply) },
        take: { value, settings in
            guard !value.contains(UInt8(ascii: "\n")) else { return false }
            settings.reply = value
            return true
        }
    )

    /// Takes a word that can be read as something, and puts that in its place.
    static func taking<Value>(
        _ read: @escaping @Sendable (String) -> Value?,
        _ set: @escaping @Sendable (inout Settings, Value) -> Void,
    ) -> @Sendable (_ value: [UInt8], _ settings: inout Settings) -> Bool {
        { value, settings in
            guard let value = read(String(decoding: value, as: UTF8.self)) else { return false }
            set(&settings, value)
            return true
        }
    }

    private static func toggle(
        _ name: String,
        _ place: any WritableKeyPath<Settings, Bool> & Sendable,
        _ summary: String,
    ) -> Setting {
        Setting(
            name: name,
            takes: "on|off",
            values: ["on", "off"],
            wants: "on or off",
            summary: summary,
            show: { $0[keyPath: place] ? "on" : "off" },
            take: { value, settings in
                switch String(decoding: value, as: UTF8.self) {
                case "on": settings[keyPath: place] = true
                case "off": settings[keyPath: place] = false
                default: return false
                }
                return true
            }
        )
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String,
        _ place: any WritableKeyPath<Settings, Choice> & Sendable,
        _ summary: String,
    ) -> Setting {
        let values = Choice.allCases.map(\.rawValue)
        return Setting(
            name: name,
            takes: values.joined(separator: "|"),
            values: values,
            wants: values.dropLast().joined(separator: ", ") + " or " + values.suffix(1).joined(),
            summary: summary,
            show: { $0[keyPath: place].rawValue },
            take: taking({ Choice(rawValue: $0) }) { $0[keyPath: place] = $1 }
        )
    }
}

/// How long a connection is idle before its peer is asked for a sign of life; or `off`.
package struct KeepAlive: Sendable {
    /// The time; `nil` where nobody is asked.
    package let duration: Duration?

    /// The default, as Go has it.
    package static let standard = KeepAlive(duration: .seconds(15))

    private init(duration: Duration?) {
        self.duration = duration
    }

    /// Reads a time of 1 s to 9 h, which is what systems take, or `off`.
    package init?(_ text: String) {
        if text == "off" {
            duration = nil
            return
        }
        guard let duration = Duration(text: text), (.seconds(1) ... .seconds(32_400)) ~= duration
        else { return nil }
        self.duration = duration
    }
}

extension Duration {
    /// The time as a word that can be typed again: `300ms`, `10s`.
    package var word: String { text.filter { $0 != " " } }
}
