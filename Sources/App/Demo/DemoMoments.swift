/// When the acts of the demonstration were done: in the working hours of the day that its own data state or imply.
///
/// What is older than the first committee was entered when the registry was opened, on that committee's first day.
/// Nothing is of tomorrow.
struct DemoMoments: Sendable {
    let clock: WallClock
    /// The moment of loading.
    let now: Instant
    /// The day on which the registry was opened.
    let opening: Day

    /// The day on which the provinces of today began, and the bodies and offices in them.
    static let reform = Day(year: 2025, month: 7, day: 1) ?? .beginning

    /// `about`: what is done so, so that not everything is done at the same time of day. `step`: one after another.
    func at(_ day: Day, _ about: String = "", step: Int = 0) -> Instant {
        at(day, minute: day < opening ? step : DemoMoments.spread(about) + step * 6)
    }

    /// `minute`: of the working day.
    func at(_ day: Day, minute: Int) -> Instant {
        let start = clock.start(of: max(day, opening)).adding(.seconds(7 * 3_600 + 1_800))
        return min(now, start.adding(.seconds(min(minute, DemoMoments.workday) * 60)))
    }

    /// Minutes from half past seven to the end of the day.
    private static let workday = 590

    /// Minutes into the working day, always the same for the same text.
    private static func spread(_ text: String) -> Int {
        text.utf8.reduce(0) { ($0 * 31 + Int($1)) % 7_919 } % 420
    }
}

extension DemoCommittees {
    /// The first day of the first committee: from then on there was something to register.
    var opening: Day {
        committees.flatMap(\.seats).compactMap { Day(parsing: $0.from) }.min() ?? DemoMoments.reform
    }
}
