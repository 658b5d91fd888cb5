public import Foundation

/// The time, handed in as a value: nothing in the product asks the system for it.
public struct WallClock: Sendable {
    public let zone: TimeZone
    /// The day to which it was set, for a demonstration as of a day; nil: it shows the machine's time.
    public private(set) var setTo: Day?
    /// By how many days it was moved for that.
    public private(set) var daysMoved = 0
    private let read: @Sendable () -> Instant

    public init(zone: TimeZone, read: @escaping @Sendable () -> Instant) {
        self.zone = zone
        self.read = read
    }

    /// The same clock some days before or after, so that it is, or was at its start, `day`.
    func moved(byDays days: Int, to day: Day) -> WallClock {
        var clock = WallClock(zone: zone) { [read] in read().adding(.seconds(days * 86_400)) }
        (clock.setTo, clock.daysMoved) = (day, days)
        return clock
    }

    /// The machine's clock, with days that end at midnight in `zone`.
    public static func system(zone: TimeZone) -> WallClock {
        WallClock(zone: zone) { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
    }

    public func now() -> Instant { read() }

    /// The civil day in the configured zone.
    public func today() -> Day { day(of: now()) }

    public func day(of instant: Instant) -> Day { local(instant).day }

    /// Day and minutes after midnight in the configured zone.
    public func local(_ instant: Instant) -> (day: Day, minutes: Int) {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
        let (shifted, overflow) = instant.milliseconds.addingReportingOverflow(
            Int64(zone.secondsFromGMT(for: date)) * 1_000)
        guard !overflow else { return (instant.milliseconds > 0 ? .never : .beginning, 0) }
        let days = Int((Double(shifted) / 86_400_000).rounded(.down))
        let minutes = (Int(shifted) - days * 86_400_000) / 60_000
        return (Day(number: days) ?? (days > 0 ? .never : .beginning), minutes)
    }
}
