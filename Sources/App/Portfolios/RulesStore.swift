import Storage

/// A regulation with what it lays down.
public struct RulesDraft: Sendable, Equatable {
    public var reference: String
    public var from: Day
    public var rules: CommitteeRules
    public var source: CommitteeSource

    public init(reference: String, from: Day, rules: CommitteeRules, source: CommitteeSource = .own) {
        self.reference = reference
        self.from = from
        self.rules = rules
        self.source = source
    }
}

extension CommitteeStore {
    /// The rules of a committee on a day: those of the regulation in force that lays down any, of several the newest;
    /// otherwise the standard ones, with the regulation that leaves them so. For features that have found the committee
    /// through its viewer, or work for the system. `RegulationsInForce` says the same of many units.
    public func rules(for committee: ID<Committee>, on day: Day) throws -> RulesInForce {
        let inForce = try regulations("q.committee_id = \(committee) AND \(RegulationsInForce.condition(on: day))")
        return inForce.last { !$0.isStandard } ?? inForce.last
            ?? RulesInForce(rules: .standard, regulation: nil, isStandard: true)
    }

    /// The rules of one regulation.
    func rules(of paper: ID<CommitteePaper>) throws -> RulesInForce? { try regulations("q.id = \(paper)").first }

    func rules(of row: CommitteeRow, on day: Day) throws -> RulesInForce {
        try rules(for: row.committee.id, on: day)
    }

    /// Every regulation that the committee ever had, the oldest first.
    public func regulations(of row: CommitteeRow) throws -> [RulesInForce] {
        try regulations("q.committee_id = \(row.committee.id) AND q.item = 'regulation' AND q.from_day < q.to_day")
    }

    /// Sets rules from a day on by a regulation; those before stay for the days before. A regulation that is recorded
    /// already, without what it lays down, gets its rules.
    public func setRules(_ uid: UID, _ draft: RulesDraft, seen: Int?, at now: Instant) throws -> CommitteeRow {
        let row = try find(uid, may: \.mayKeep)
        try bump(row, seen: seen)
        var found = Validation()
        CommitteeStore.check(draft.rules, &found)
        try found.check()
        let before = try rules(of: row, on: draft.from)
        let paper = PaperDraft(
            item: .regulation, reference: draft.reference, from: draft.from, source: draft.source)
        try insert(draft.rules, of: try unstated(draft, of: row) ?? addPaper(row, paper, at: now))
        let (old, new) = UnitStore.difference(
            before.isStandard ? [:] : before.rules.described, draft.rules.described)
        try record(
            .changed, row, before: old,
            after: new.merging(["reference": draft.reference, "from": draft.from.text, "item": "regulation"]) { $1 },
            at: now)
        return try find(uid)
    }

    /// The regulation of this name and first day, when nobody recorded yet what it lays down.
    private func unstated(_ draft: RulesDraft, of row: CommitteeRow) throws -> ID<CommitteePaper>? {
        guard let reference = CleanText.line(draft.reference) else { return nil }
        return try regulations(of: row).first { version in
            version.isStandard && version.regulation?.from == draft.from
                && version.regulation?.reference == reference
        }?.regulation?.id
    }

    private static func check(_ rules: CommitteeRules, _ found: inout Validation) {
        if rules.extenders.isEmpty { found.add("extenders", "portfolio.error.nobody_extends") }
        if rules.warnDaysLong < rules.warnDays { found.add("warn_days_long", "portfolio.error.warn_order") }
        let isAdministrative = rules.calendar == .administrative
        if isAdministrative, rules.cutOffDay > 28 { found.add("cut_off_day", "portfolio.error.cut_off") }
    }

    private func insert(_ rules: CommitteeRules, of paper: ID<CommitteePaper>) throws {
        let may = DeadlineExtender.allCases.map { rules.extenders.contains($0) ? 1 : 0 }
        guard may.count == 3 else { throw StorageError.decoding("another number of extenders") }
        try tx.run(
            """
            INSERT INTO committee_rules (paper_id, cadence, calendar, cut_off_day, assigner_extends, head_extends,
                standing_agency_extends, clear_points, warn_days, warn_days_long)
            VALUES (\(paper), \(rules.cadence.rawValue), \(rules.calendar.rawValue), \(rules.cutOffDay), \(may[0]),
                \(may[1]), \(may[2]), \(rules.clearPoints), \(rules.warnDays), \(rules.warnDaysLong))
            """)
    }

    private func regulations(_ condition: SQL) throws -> [RulesInForce] {
        let papers = try papers(condition)
        var rules: [ID<CommitteePaper>: CommitteeRules] = [:]
        let rows = try tx.all(
            """
            SELECT paper_id, cadence, calendar, cut_off_day, assigner_extends, head_extends, standing_agency_extends,
                clear_points, warn_days, warn_days_long FROM committee_rules WHERE paper_id IN (\(list: papers.map(\.id)))
            """)
        for row in rows { rules[try row.id(0)] = try CommitteeRules(row) }
        return papers.map { paper in
            RulesInForce(
                rules: rules[paper.id] ?? .standard, regulation: paper, isStandard: rules[paper.id] == nil)
        }
    }
}

extension CommitteeRules {
    fileprivate init(_ row: Row) throws {
        guard let cadence = SessionCadence(rawValue: try row.text(1)),
            let calendar = ReportingCalendar(rawValue: try row.text(2))
        else { throw StorageError.decoding("rules of an unknown kind") }
        var extenders: Set<DeadlineExtender> = []
        for (index, extender) in DeadlineExtender.allCases.enumerated() where try row.bool(4 + index) {
            extenders.insert(extender)
        }
        self.init(
            cadence: cadence, calendar: calendar, cutOffDay: try row.int(3), extenders: extenders,
            clearPoints: try row.int(7), warnDays: try row.int(8), warnDaysLong: try row.int(9))
    }
}
