public import Gob

/// What a Go program makes of a value that is sent to it, foretold.
///
/// ```swift
/// let types = try GoTypeSet(…)
/// let forecast = try GoForecast(
///     of: datum, sentAs: types.type("A"), in: types, receivedAs: types.type("B"), in: types)
/// ```
///
/// The program decodes the value into a new variable. In which way it differs from the value that is
/// sent is told in ``notes``.
public struct GoForecast: Sendable {
    /// What happens in the end.
    public enum Outcome: Sendable {
        /// The program has this value, of its own type, as ``GoReceiver/receive(_:)`` gives it.
        case received(GobDatum)
        /// It gets an error, or panics.
        case refused(GoReceiveError)
        /// Go reads the bytes as if they were of another type, so that anything may happen.
        case unknown(GoReceiveError)
    }

    /// Something that happens to parts of the value.
    public struct Note: Sendable, Hashable {
        /// What happens.
        public let kind: Kind
        /// Where, as `C.M["x"]`, the first of them only where there are many.
        public private(set) var places: [String] = []
        /// In how many places.
        public private(set) var count = 0

        init(kind: Kind) {
            self.kind = kind
        }

        mutating func add(_ place: String?) {
            count += 1
            if let place { places.append(place) }
        }

        /// What may happen to a part of a value.
        public enum Kind: Sendable, Hashable {
            /// A field that is not sent.
            case unsent(Reason)
            /// A field that is sent, and that the receiver's struct has not.
            case dropped(by: String)
            /// A field of the receiver's struct that the sender's has not.
            case missing(from: String)
            /// A number that the receiver's type has less exactly.
            case rounded(to: String)
            /// The program must have registered this name for what is in an interface.
            case registration(String)
            /// Bytes for methods of the receiver's type of which nothing is known.
            case ownMethods(of: String)
        }

        /// Why a field is not sent.
        public enum Reason: Sendable, Hashable {
            /// It is zero, or nil.
            case zero
            /// It is -0.0, which is equal to zero.
            case minusZero
            /// It is a pointer to what is zero.
            case pointerToZero
            /// It is a slice that has no elements, but is not nil.
            case emptySlice
        }
    }

    /// What happens in the end.
    public let outcome: Outcome
    /// What happens to parts of the value on the way, up to the end.
    public let notes: [Note]
    /// The value as it arrives, before it is decoded into the variable.
    public let arrived: GobDatum

    /// Foretells what becomes of a value.
    ///
    /// - Parameters:
    ///   - sent: The value, of the types that Go sends for `type`.
    ///   - type: Its Go type.
    ///   - senders: The sender's types.
    ///   - variable: The Go type of the variable into which it is decoded.
    ///   - receivers: The receiver's types, all of which are registered for interfaces, as far as
    ///     they have to be.
    ///   - placeLimit: How many places a note has at most.
    ///   - limits: Those of the encoder, and of the decoder.
    /// - Throws: `GobError` where it cannot be sent, ``GoTypeError`` where a type cannot be used.
    public init(
        of sent: GobDatum,
        sentAs type: GoType,
        in senders: GoTypeSet,
        receivedAs variable: GoType,
        in receivers: GoTypeSet,
        placeLimit: Int = 8,
        limits: GobLimits = GobLimits(),
    ) throws {
        var notes = GoForecastNotes(limit: placeLimit)
        var unsent = UnsentFields(try GoLayout(types: senders, type: type), notes)
        notes = try unsent.found(in: sent)
        var receiver = try GoReceiver(variable, in: receivers)
        arrived = try Self.sent(sent, limits)
        do throws(GoReceiveError) {
            outcome = .received(try receiver.receive(arrived, &notes))
        } catch {
            if case .misread = error.fault {
                outcome = .unknown(error)
            } else {
                outcome = .refused(error)
            }
        }
        self.notes = notes.notes
    }

    /// A value as it arrives.
    private static func sent(_ datum: GobDatum, _ limits: GobLimits) throws(GobError) -> GobDatum {
        var encoder = GobStreamEncoder(limits: limits)
        var decoder = GobStreamDecoder(limits: limits)
        var position = 0
        let bytes = try encoder.encode(datum)
        guard let arrived = try decoder.next(in: bytes, at: &position) else {
            preconditionFailure("a value whose encoding has none")
        }
        return arrived
    }
}
