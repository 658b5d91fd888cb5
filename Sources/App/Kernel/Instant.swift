public import Storage

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Sendable, Hashable, Comparable, SQLBindable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public func adding(_ duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let step = seconds.multipliedReportingOverflow(by: 1_000)
        let sum = milliseconds.addingReportingOverflow(step.partialValue &+ attoseconds / 1_000_000_000_000_000)
        guard !step.overflow, !sum.overflow else { return Instant(milliseconds: seconds < 0 ? .min : .max) }
        return Instant(milliseconds: sum.partialValue)
    }

    /// From `earlier` to this moment; negative when the clock went back.
    public func since(_ earlier: Instant) -> Duration {
        .milliseconds(milliseconds.subtractingReportingOverflow(earlier.milliseconds).partialValue)
    }

    /// `2025-07-01T02:03:04.567Z`, as JSON carries it.
    public var text: String {
        let dayLength: Int64 = 86_400_000
        var days = milliseconds / dayLength
        var rest = milliseconds % dayLength
        if rest < 0 {
            days -= 1
            rest += dayLength
        }
        let day = Day(number: Int(days)) ?? (days > 0 ? .never : .beginning)
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let millis = String(rest % 1_000 + 1_000).dropFirst()
        return "\(day.text)T\(two(rest / 3_600_000)):\(two(rest / 60_000 % 60)):\(two(rest / 1_000 % 60)).\(millis)Z"
    }

    public var sqlValue: SQLValue { .integer(milliseconds) }
    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
}

extension Row {
    public func instant(_ index: Int) throws(StorageError) -> Instant { Instant(milliseconds: try int64(index)) }
    public func optionalInstant(_ index: Int) throws(StorageError) -> Instant? {
        try optionalInt64(index).map { Instant(milliseconds: $0) }
    }
}
