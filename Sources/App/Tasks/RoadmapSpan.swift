/// The part of the calendar that a roadmap shows: a year by quarters, or five years.
struct RoadmapSpan: Sendable, Equatable {
    let scale: Scale
    /// Never empty; fewer than usual only at the end of the calendar.
    let periods: [Period]
    let firstDay: Day
    let lastDay: Day

    enum Scale: String, Sendable, CaseIterable {
        case quarter, year

        var kind: Period.Kind { self == .quarter ? .quarter : .year }
        var count: Int { self == .quarter ? 4 : 5 }
        /// What a period is divided into.
        var part: Period.Kind { self == .quarter ? .month : .quarter }
    }

    /// From the period in which the day lies.
    init(_ scale: Scale, from day: Day) {
        let first = Period(scale.kind, containing: day)
        self.scale = scale
        periods = RoadmapSpan.row(first, scale.count)
        firstDay = first?.firstDay ?? day
        lastDay = periods.last?.lastDay ?? day
    }

    /// The quarter before today's and the three after it, or this year and the four after it.
    init(_ scale: Scale, around today: Day) {
        let now = Period(scale.kind, containing: today)?.firstDay ?? today
        self.init(scale, from: scale == .quarter ? now.adding(days: -1) : now)
    }

    /// Where it begins, as an address says it.
    var from: String { periods.first?.text ?? "" }

    /// Half of it earlier or later, so that something of what was seen stays in sight.
    var earlier: RoadmapSpan { RoadmapSpan(scale, from: firstDay.adding(days: scale == .quarter ? -140 : -600)) }
    var later: RoadmapSpan {
        periods.count > 2 ? RoadmapSpan(scale, from: periods[2].firstDay) : self
    }

    /// The months of the quarters, or the quarters of the years.
    var parts: [Period] {
        RoadmapSpan.row(
            Period(scale.part, containing: firstDay), periods.count * (scale.part.perYear / scale.kind.perYear))
    }

    func contains(_ day: Day) -> Bool { firstDay <= day && day <= lastDay }

    /// How far from the left edge a day begins, in hundredths of a percent; what lies outside is at the edge.
    func place(_ day: Day) -> Int {
        let whole = lastDay.number - firstDay.number + 1
        return min(max(day.number - firstDay.number, 0), whole) * 10_000 / max(whole, 1)
    }

    /// The end of a day.
    func end(_ day: Day) -> Int { place(day.adding(days: 1)) }

    private static func row(_ first: Period?, _ count: Int) -> [Period] {
        var row: [Period] = []
        var next = first
        while let period = next, row.count < count {
            row.append(period)
            next = period.next
        }
        return row
    }
}
