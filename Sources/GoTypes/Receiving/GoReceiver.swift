public import Gob

/// A variable of a Go program, into which received values are decoded as Go's own decoder does.
///
/// Fields are matched by name; what the receiver has not is left out, what was not sent is zero.
/// Where Go refuses a value, so does this (decode.go).
public struct GoReceiver: Sendable {
    /// The receiver's types, which grow with what comes in interfaces.
    package private(set) var layout: GoLayout
    private var zeros: [Int: GobValue] = [:]

    /// A receiver of values of a type.
    ///
    /// - Throws: ``GoTypeError`` where the type cannot be used.
    public init(_ type: GoType, in types: GoTypeSet) throws(GoTypeError) {
        layout = try GoLayout(types: types, type: type)
    }

    /// What the receiver has after a value was decoded into a zero variable.
    ///
    /// - Returns: A value of the receiver's own type, every field of a struct present. A pointer that
    ///   is nil is ``GobValue/zero``, as are nil slices, maps and interfaces.
    /// - Throws: ``GoReceiveError`` where Go would refuse the value.
    public mutating func receive(_ datum: GobDatum) throws(GoReceiveError) -> GobDatum {
        var notes = GoForecastNotes(limit: 0)
        return try receive(datum, &notes)
    }

    /// The same, with notes of what becomes of the value on its way.
    mutating func receive(
        _ datum: GobDatum,
        _ notes: inout GoForecastNotes,
    ) throws(GoReceiveError) -> GobDatum {
        var conversion = GoConversion(layout, zeros, datum.schema, notes)
        defer { notes = conversion.notes }
        do {
            let value = try conversion.convert(datum.value, of: datum.type, to: layout.root)
            (layout, zeros) = (conversion.layout, conversion.zeros)
            return GobDatum(
                schema: layout.schema,
                type: layout.wireType(of: layout.root),
                value: value
            )
        } catch {
            throw GoReceiveError(error.fault, path: conversion.path, inGo: error.inGo)
        }
    }
}
