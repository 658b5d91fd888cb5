/// When something of the story happens on a demonstration's day: the story is told up to one day and moved to another.
///
/// Forward by whole weeks, so that nobody works on a Sunday. Back too, but nothing may fall before the units and offices
/// of the story began: its last weeks move as they are, since they decide what is due and what is late today, and what
/// came before is drawn together.
struct DemoCalendar {
    /// The first day of the story, and the one up to which it is told.
    let first: Day
    let told: Day
    /// By how many days its end is moved.
    let shift: Int

    /// Days before the end that are moved as they are.
    private static let recent = 42

    init(first: Day, told: Day, today: Day) {
        (self.first, self.told) = (first, told)
        let days = today.number - told.number
        shift = (days >= 0 ? days : days - 6) / 7 * 7
    }

    func day(_ day: Day) -> Day {
        let bend = told.adding(days: -DemoCalendar.recent)
        guard shift < 0, day < bend else { return day.adding(days: shift) }
        let (all, left) = (bend.number - first.number, bend.number + shift - first.number)
        guard day > first, all > 0, left > 0 else { return min(day, first) }
        let drawn = first.adding(days: (day.number - first.number) * left / all)
        return max(first, DemoCalendar.workday(drawn))
    }

    /// A month or a quarter moves only when everything moves by more than a month.
    func period(_ period: Period) -> Period? {
        guard shift.magnitude >= 31 else { return period }
        let inside = shift > 0 ? period.firstDay.adding(days: shift) : day(period.lastDay)
        return Period(period.kind, containing: inside)
    }

    /// Saturdays and Sundays become the Friday before.
    private static func workday(_ day: Day) -> Day {
        // 1970-01-01 was a Thursday.
        let weekday = ((day.number + 3) % 7 + 7) % 7
        return day.adding(days: weekday > 4 ? 4 - weekday : 0)
    }
}
