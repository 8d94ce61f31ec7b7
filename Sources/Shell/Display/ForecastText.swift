import GoTypes
import Gob
import GobJSON

extension Session {
    /// What is foretold of a value that a Go program decodes into a variable of a type, in rows.
    ///
    /// - Throws: `GobError` where the value cannot be sent.
    func forecast(of value: ValueToSend, receivedAs variable: GoType) throws -> [String] {
        let types = types
        let forecast = try GoForecast(
            of: value.datum,
            sentAs: value.type,
            in: types,
            receivedAs: variable,
            in: types,
            limits: limits.gob
        )
        let text = ForecastText(style: output.style, variable: variable.text.shown)
        var rows = text.rows(of: forecast.outcome)
        if case .received = forecast.outcome {
            let json = try GobJSONWriter.text(of: forecast.arrived, as: variable, in: types)
            rows.append("= " + Harmless.json(json))
        }
        return rows + forecast.notes.map { text.row(of: $0) }
    }
}

/// How it is said what a Go program makes of a value.
struct ForecastText {
    let style: Style
    /// The type of its variable.
    let variable: String

    /// What happens in the end.
    func rows(of outcome: GoForecast.Outcome) -> [String] {
        let program = "a Go program that decodes this into a new \(variable)"
        switch outcome {
        case .received: return ["\(program) has then"]
        case .refused(let error):
            let verb = error.isPanic ? "panics" : "refuses it"
            let words = error.inGo.map { [style.paint("    \($0)".harmless, as: .error)] } ?? []
            return ["\(program) \(verb):"] + words + ["    " + reason(error)]
        case .unknown(let error):
            return ["\(program) may have anything then, or refuse it:", "    " + reason(error)]
        }
    }

    private func reason(_ error: GoReceiveError) -> String {
        let place = error.path.isEmpty ? "" : "\(error.path.asPath): "
        return (place + error.fault.description).harmless
    }

    /// What happens to parts of the value.
    func row(of note: GoForecast.Note) -> String {
        let places = note.places.map(\.asPath).joined(separator: ", ")
        let more =
            note.count > note.places.count ? " and \(note.count - note.places.count) more" : ""
        let (what, end) = words(for: note.kind)
        return style.paint(what.harmless, as: .name) + ": \(places)\(more)\(end)".harmless
    }

    /// What stands before the places, and behind them.
    private func words(for kind: GoForecast.Note.Kind) -> (String, String) {
        switch kind {
        case .unsent(.zero): ("not sent, being zero", "; the variable keeps what it had")
        case .unsent(.minusZero): ("not sent, since -0.0 is zero", "; the sign is lost")
        case .unsent(.pointerToZero): ("not sent, pointing to zero", "; a pointer stays nil")
        case .unsent(.emptySlice): ("not sent, being empty", "; the slice stays nil")
        case .dropped(let local): ("dropped, since \(local) has no such field", "")
        case .missing(let remote):
            (
                "never received, since \(remote) has no such field",
                "; the variable keeps what it had"
            )
        case .rounded(let type): ("rounded to \(type)", "")
        case .registration(let name): ("gob.Register must know \"\(name)\"", "")
        case .ownMethods(let type): ("for the methods of \(type), which may refuse it", "")
        }
    }
}

extension GoReceiveError {
    fileprivate var isPanic: Bool { inGo?.hasPrefix("panic: ") == true }
}

extension String {
    /// A place in a value as the errors of JSON have it: `.C.M["x"]`.
    fileprivate var asPath: String {
        isEmpty ? "the value" : hasPrefix("[") ? self : ".\(self)"
    }
}
