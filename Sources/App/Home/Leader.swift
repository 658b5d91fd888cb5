import Storage

/// What a head sees of a unit and those below it: counts, what waits for a decision, who is late, what changed.
struct Leader: Sendable {
    let unit: UnitRow
    /// With which units below it is counted.
    let counted: CountedBelow
    /// Units that the viewer has rights over, to choose from.
    let choices: [UnitLink]
    let counts: TaskCounts
    let since: Day
    let acts: [TaskWorkflow.Act: Int]
    let children: [UnitCounts]
    let waiting: TaskToday

    /// Units in the table, those with most overdue tasks first.
    static let unitsShown = 20
    static let rowsShown = 5
    /// Days that are looked back on unless others are asked for.
    static let daysBack = 7

    /// The worst first: by what is overdue, then by what is returned, then by what is open.
    var worst: [UnitCounts] {
        // Figures are sorted, not the units, which are many and large.
        let ranks = children.indices.filter { !children[$0].counts.isEmpty }.map { index in
            let counts = children[index].counts
            return (counts.overdue, counts[.returned], counts.open, -index)
        }
        return ranks.sorted(by: >).prefix(Leader.unitsShown).map { children[-$0.3] }
    }

    /// The list behind a count: what the counts count, and nothing else.
    func filter(_ change: (inout TaskFilter) -> Void = { _ in }) -> TaskFilter {
        Leader.filter(of: unit.uid, by: counted.below, change)
    }

    static func filter(
        of unit: UID, by below: TaskFilter.Below?, _ change: (inout TaskFilter) -> Void = { _ in }
    ) -> TaskFilter {
        var filter = TaskFilter.led(in: unit, by: below)
        change(&filter)
        return filter
    }
}

extension Leader {
    /// What of a part of the day's work is led below the unit, whoever has the word.
    static func filter(of unit: UID, by below: TaskFilter.Below, waiting part: TaskToday.Part) -> TaskFilter {
        filter(of: unit, by: below) { filter in
            filter.state = part.filter.state
            filter.isWaiting = part.filter.isWaiting
        }
    }
}

/// What is asked for: of which unit, since which day.
struct LeaderRequest: Sendable {
    let unit: UID?
    /// With which units below it; nil for those by which the viewer may know of most.
    let below: TaskFilter.Below?
    let since: Day

    /// A day to come, or one whose acts are no longer counted, is refused.
    init(_ query: inout Fields, today: Day) {
        unit = query.uid("unit", required: false)
        below = query.choice("below", required: false)
        let first = today.adding(days: -TaskTally.actDays)
        since = query.day("since", required: false) ?? today.adding(days: -Leader.daysBack)
        if since > today || since < first {
            query.problems.add("since", "leader.error.since", ["from": .day(first), "to": .day(today)])
        }
    }
}

extension TaskStore {
    /// ``AppError/notFound`` for a unit that the viewer may not know, and where there is none to begin with.
    func leader(_ asked: LeaderRequest) throws -> Leader {
        let choices = try ownChoices()
        let unit = try leaderUnit(asked, choices), uid = unit.uid
        let branch = try countedScope(of: unit.unit.id, by: asked.below)
        let waiting = [TaskToday.Part.extensions, .refused, .declared].map { part in
            (part, Leader.filter(of: uid, by: branch.below, waiting: part))
        }
        let counts = try counts(of: unit.unit.id, by: branch, since: asked.since)
        return Leader(
            unit: unit, counted: try counted(unit.unit.id, by: branch), choices: choices, counts: counts.whole,
            since: asked.since, acts: try acts(of: branch, since: asked.since), children: counts.children,
            waiting: try rows(of: waiting, limit: Leader.rowsShown))
    }

    /// The unit that is asked for, or the first to choose from.
    func leaderUnit(_ asked: LeaderRequest, _ choices: [UnitLink]? = nil) throws -> UnitRow {
        guard let uid = try asked.unit ?? (choices ?? ownChoices()).first?.uid else { throw AppError.notFound }
        return try units.find(uid)
    }

    /// The figures of the unit with which the overview begins; nil for whoever has none.
    func ownCounts() throws -> (unit: UnitRow, counts: TaskCounts, counted: CountedBelow)? {
        guard let first = try ownChoices(most: 1).first else { return nil }
        let unit = try units.find(first.uid)
        let branch = try countedScope(of: unit.unit.id)
        return (unit, try counts(in: branch), try counted(unit.unit.id, by: branch))
    }

    /// Units of the rights in use, territories first; then the own unit.
    private func ownChoices(most: Int = Leader.unitsShown) throws -> [UnitLink] {
        let granted = viewer.grants.sorted { left, right in
            (TaskScope.Way(left.hierarchy).rawValue, left.unit.value)
                < (TaskScope.Way(right.hierarchy).rawValue, right.unit.value)
        }.map(\.unit)
        var seen: Set<ID<OrgUnit>> = []
        let ids = (granted + [viewer.office?.unit].compactMap(\.self)).filter { seen.insert($0).inserted }
        return try ids.prefix(most).compactMap { id in
            try ifKnown(units.find(id)).map { UnitLink(uid: $0.uid, name: $0.name) }
        }
    }
}
