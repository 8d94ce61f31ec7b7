import Gob

/// The types of the documentation's samples; see ``DocumentationTests``.
enum DocumentationTypes {
    struct Point: GobStructure {
        var x = 0
        var y = 0
        static let gobFields: [Field] = [Field("X", \.x), Field("Y", \.y)]
    }

    struct ComplexData: GobStructure, Sendable {
        var n = 0
        var s = ""
        var m: [String: Int]?
        var p: [UInt8] = []
        var c = GobPointer<ComplexData>()

        static let gobName = "complexData"
        static let gobFields: [Field] = [
            Field("N", \.n), Field("S", \.s), Field("M", \.m), Field("P", \.p), Field("C", \.c),
        ]
    }

    struct Event: GobStructure {
        var payload: GobAny?
        static let gobFields: [Field] = [Field("Payload", \.payload)]
    }

    struct Timestamp: GobOpaque {
        /// Since the year 1.
        var seconds: Int64 = 0

        static let gobName = "Time"
        static let gobZero = Timestamp()

        init(seconds: Int64 = 0) {
            self.seconds = seconds
        }

        init?(gobBytes: [UInt8]) {
            guard gobBytes.count == 15, gobBytes[0] == 1 else { return nil }
            seconds = gobBytes[1..<9].reduce(0) { $0 << 8 | Int64($1) }
        }

        var gobBytes: [UInt8] {
            let places = stride(from: 56, through: 0, by: -8)
            return [1] + places.map { UInt8(truncatingIfNeeded: seconds >> $0) }
                + [0, 0, 0, 0, 0xFF, 0xFF]
        }
    }

    struct Reading: Codable {
        var sensor = ""
        var values: [Double] = []

        enum CodingKeys: String, CodingKey {
            case sensor = "Sensor"
            case values = "Values"
        }
    }
}
