/// What was found in streams of a file besides plain values.
package struct StreamSightings: Sendable, Equatable {
    /// How many streams there are, one after another.
    package internal(set) var streams = 1
    /// How many definitions said again what was said before.
    package internal(set) var repeatedDefinitions = 0
    /// How many messages were passed over, their types being unknown.
    package internal(set) var skippedMessages = 0
    /// How many bytes were passed over that are no messages.
    package internal(set) var strayBytes = 0
    /// From the first byte to the last that was passed over.
    package internal(set) var skipped: Range<Int>?
    /// Whether the first bytes were passed over.
    package var lacksBeginning: Bool { skipped?.lowerBound == 0 }

    mutating func skip(_ range: Range<Int>, messages: Int) {
        skippedMessages += messages
        if messages == 0 { strayBytes += range.count }
        skipped = (skipped?.lowerBound ?? range.lowerBound)..<range.upperBound
    }
}
