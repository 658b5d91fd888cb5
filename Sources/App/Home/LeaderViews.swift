/// The page of a head: five seconds for the figures, then down to the rows.
func leaderPage(_ leader: Leader, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("leader.title", ["name": leader.unit.name]), lead: LeaderViews.choices(leader, page),
        body: """
            \(LeaderViews.counted(leader, page))\
            \(LeaderViews.figures(leader.counts, of: leader.unit.uid, by: leader.counted.below, page))\
            \(columns(
                LeaderViews.late(leader, page) + LeaderViews.states(leader, page),
                LeaderViews.waiting(leader, page) + LeaderViews.changes(leader, page)))\
            \(LeaderViews.units(leader, page))\(LeaderViews.map(leader, page))
            """)
}

enum LeaderViews {
    static func link(_ uid: UID, by below: TaskFilter.Below? = nil, since: Day? = nil) -> String {
        URLText.link(
            "/leader", ["unit": uid.text, "below": below?.rawValue ?? "", "since": since.map(\.text) ?? ""])
    }

    /// With which units below it is counted, and the ways to count otherwise.
    static func counted(_ leader: Leader, _ page: PageContext) -> HTML {
        let others = leader.counted.choices.filter { $0 != leader.counted.below }.map { below -> HTML in
            let href = link(leader.unit.uid, by: below, since: leader.since)
            return " <a href=\"\(href)\">\(page.t(below.key))</a>"
        }
        return CountedBelowViews.said(
            leader.counted, page, others: others.isEmpty ? .empty : " \(page.t("task.counted.others"))\(others)")
    }

    /// The units of the viewer's rights, the one at hand marked.
    static func choices(_ leader: Leader, _ page: PageContext) -> HTML {
        guard leader.choices.count > 1 || leader.choices.first?.uid != leader.unit.uid else { return .empty }
        let links = leader.choices.map { unit -> HTML in
            let mark: HTML = unit.uid == leader.unit.uid ? " aria-current=\"true\"" : .empty
            return "<li><a href=\"\(link(unit.uid))\"\(mark)>\(unit.name)</a></li>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(page.t("leader.choices"))\"><ul>\(links)</ul></nav>"
    }

    /// The figures that matter most, each a link to the rows that it counts.
    static func figures(
        _ counts: TaskCounts, of unit: UID, by below: TaskFilter.Below, _ page: PageContext
    ) -> HTML {
        func figure(
            _ key: String, _ value: Int, note: String = "", _ change: (inout TaskFilter) -> Void
        ) -> (label: String, value: String, note: String, href: String) {
            (
                page.t("leader.\(key)"), page.number(value), note,
                Leader.filter(of: unit, by: below, change).href()
            )
        }
        let inTime = page.t(
            "leader.done_in_time",
            ["done": page.number(counts.done), "count": page.number(counts.done - counts.doneLate)])
        return keyFigures([
            figure("open", counts.open) { _ in },
            figure("overdue", counts.overdue) { $0.schedule = .overdue },
            figure("soon", counts.soon) { $0.schedule = .week },
            figure("declared", counts[.declared]) { $0.state = .declared },
            figure("returned", counts[.returned]) { $0.state = .returned },
            figure("ended", counts.ended, note: counts.done > 0 ? inTime : "") { $0.which = .closed },
        ])
    }

    static func late(_ leader: Leader, _ page: PageContext) -> HTML {
        guard leader.counts.overdue > 0 else {
            return card(page.t("leader.late"), "<p>\(page.t("leader.late.none"))</p>")
        }
        let bars = TaskCounts.Lateness.allCases.map { lateness -> (label: String, value: Int, href: String?) in
            let filter = leader.filter { $0.overdue(by: lateness, on: page.today) }
            return (
                label: page.t("leader.late.\(lateness.name)"), value: leader.counts.late(lateness),
                href: Optional(filter.href())
            )
        }
        return card(page.t("leader.late"), barChart(page, title: page.t("leader.late.caption"), bars: bars))
    }

    static func states(_ leader: Leader, _ page: PageContext) -> HTML {
        let open = TaskWorkflow.State.allCases.filter { $0.isOpen && leader.counts[$0] > 0 }
        guard !open.isEmpty else { return .empty }
        let bars = open.map { state in
            (
                label: page.t("task.state.\(state.rawValue)"), value: leader.counts[state],
                href: Optional(leader.filter { $0.state = state }.href())
            )
        }
        return card(page.t("leader.states"), barChart(page, title: page.t("leader.states.caption"), bars: bars))
    }

    /// Requests, refusals and declarations without an answer.
    static func waiting(_ leader: Leader, _ page: PageContext) -> HTML {
        guard !leader.waiting.isEmpty else {
            return card(page.t("leader.waiting"), "<p>\(page.t("leader.waiting.none"))</p>")
        }
        let groups = leader.waiting.parts.filter { !$0.rows.isEmpty }.map { part, rows, hasMore -> HTML in
            let all = Leader.filter(of: leader.unit.uid, by: leader.counted.below, waiting: part).href()
            let more: HTML = hasMore ? "<p><a href=\"\(all)\">\(page.t("today.more"))</a></p>" : .empty
            let lines = rows.map { TodayViews.line($0, part, page) }
            return """
                <h3 class="group">\(page.t("today.\(part.name)"))</h3><ul class="plain-list">\(lines)</ul>\(more)
                """
        }
        return card(page.t("leader.waiting"), groups.joined())
    }

    /// What was done since a day, and what has fallen due meanwhile.
    static func changes(_ leader: Leader, _ page: PageContext) -> HTML {
        let done = TaskWorkflow.Act.allCases.compactMap { act -> HTML? in
            guard let count = leader.acts[act], count > 0 else { return nil }
            let href = LeaderActsRequest.link(
                leader.unit.uid, act, by: leader.counted.below, since: leader.since)
            let word = page.t("leader.act.\(act.rawValue)")
            return "<li>\(word): <a href=\"\(href)\"><b>\(page.number(count))</b></a></li>"
        }
        let filter = leader.filter { ($0.schedule, $0.dueFrom) = (.overdue, leader.since) }
        let href = filter.href()
        let late: HTML =
            leader.counts.newlyLate > 0
            ? """
            <li>\(badge(.bad, page.t("leader.newly_late"))) \
            <a href="\(href)"><b>\(page.number(leader.counts.newlyLate))</b></a></li>
            """ : .empty
        let lines = done.joined() + late
        let form = FormView(page, values: Fields(raw: ["since": page.day(leader.since)]))
        let body: HTML =
            lines.isEmpty ? "<p>\(page.t("leader.changes.none"))</p>" : "<ul class=\"plain-list\">\(lines)</ul>"
        return card(
            page.t("leader.changes", ["day": page.day(leader.since)]),
            """
            \(body)<form class="filters" method="get" action="/leader">\(form.hidden("unit", leader.unit.uid.text))\
            \(form.hidden("below", leader.counted.below.rawValue))\
            \(form.text("since", label: page.t("leader.since"), required: false, maxLength: 20))\
            <button>\(page.t("leader.show"))</button></form>
            """)
    }

    static func units(_ leader: Leader, _ page: PageContext) -> HTML {
        let worst = leader.worst
        guard !worst.isEmpty else { return .empty }
        let figures = UnitFigure.all(around: leader.unit.uid, by: leader.counted.below)
        let rows = worst.map { row -> [HTML] in
            let numbers = figures.map { figure -> HTML in
                let value = figure.value(row.counts)
                return value == 0 ? "0" : "<a href=\"\(figure.href(row.unit.uid))\">\(page.number(value))</a>"
            }
            return ["<a href=\"\(link(row.unit.uid, by: leader.counted.below))\">\(row.unit.name)</a>"] + numbers
        }
        let heads = figures.map { Column(page.t($0.key), numeric: true, hideOnPhone: $0.isState) }
        let counted = leader.children.count { !$0.counts.isEmpty }
        let lead: HTML =
            counted > worst.count
            ? "<p>\(page.t("leader.units.worst", ["shown": page.number(worst.count), "all": page.number(counted)]))</p>"
            : .empty
        return card(
            page.t("leader.units"),
            lead
                + dataTable(
                    page, caption: page.t("leader.units"), columns: [Column(page.t("leader.unit"))] + heads, rows: rows)
        )
    }

    static func map(_ leader: Leader, _ page: PageContext) -> HTML {
        let dots = leader.children.compactMap { row -> MapDot? in
            guard let latitude = row.latitude, let longitude = row.longitude else { return nil }
            return MapDot(
                latitude: latitude, longitude: longitude, tone: tone(row.counts), label: row.unit.name,
                href: link(row.unit.uid, by: leader.counted.below))
        }
        guard !dots.isEmpty else { return .empty }
        let legend: [(tone: Tone, text: String)] = [
            (.bad, page.t("leader.map.overdue")), (.warn, page.t("leader.map.soon")),
            (.accent, page.t("leader.map.open")), (.good, page.t("leader.map.done")),
            (.none, page.t("leader.map.empty")),
        ]
        return card(page.t("leader.map"), dotMap(page, title: page.t("leader.map.title"), dots: dots, legend: legend))
    }

    private static func tone(_ counts: TaskCounts) -> Tone {
        if counts.overdue > 0 { return .bad }
        if counts.soon > 0 { return .warn }
        if counts.open > 0 { return .accent }
        return counts.done > 0 ? .good : .none
    }
}

/// A column of the table of units: what is counted, and the list behind it.
private struct UnitFigure {
    let key: String
    let value: (TaskCounts) -> Int
    /// One of those into which what is open divides.
    var isState = false
    /// The address of the list, around the unit: the same for every row but for that.
    private let before: String
    private let after: String

    private init(
        _ unit: Around, _ key: String, _ value: @escaping (TaskCounts) -> Int, _ change: (inout TaskFilter) -> Void
    ) {
        self.key = key
        self.value = value
        let parts = Leader.filter(of: unit.uid, by: unit.below, change).href().split(separator: unit.uid.text)
        before = parts.first.map(String.init) ?? ""
        after = parts.dropFirst().first.map(String.init) ?? ""
    }

    func href(_ unit: UID) -> String { before + unit.text + after }

    /// Any unit, whose place in the address the others take.
    typealias Around = (uid: UID, below: TaskFilter.Below)

    static func all(around uid: UID, by below: TaskFilter.Below) -> [UnitFigure] {
        let unit: Around = (uid, below)
        return [
            UnitFigure(unit, "leader.overdue", \.overdue) { $0.schedule = .overdue },
            UnitFigure(unit, "leader.soon", \.soon) { $0.schedule = .week },
            UnitFigure(unit, "leader.units.open", \.open) { _ in },
        ] + TaskWorkflow.State.allCases.filter(\.isOpen).map { state(unit, $0) } + [
            UnitFigure(unit, "leader.ended", \.ended) { $0.which = .closed }
        ]
    }

    private static func state(_ unit: Around, _ state: TaskWorkflow.State) -> UnitFigure {
        var figure = UnitFigure(unit, "task.state.\(state.rawValue)", { $0[state] }) { $0.state = state }
        figure.isState = true
        return figure
    }
}

extension TaskFilter {
    /// Late by so many days, as the counts divide what is overdue.
    mutating func overdue(by lateness: TaskCounts.Lateness, on today: Day) {
        schedule = .overdue
        dueFrom = lateness.days.map { today.adding(days: -$0) }
        let before = TaskCounts.Lateness(rawValue: lateness.rawValue - 1)?.days
        dueTo = before.map { today.adding(days: -$0 - 1) }
    }
}

extension TaskCounts.Lateness {
    /// In message keys: `leader.late.…`.
    var name: String {
        switch self {
        case .week: "week"
        case .month: "month"
        case .quarter: "quarter"
        case .more: "more"
        }
    }
}
