extension CommitteeRules {
    /// Nobody could decide on a later deadline: the standing agency alone is named, and the committee has none.
    func leavesNobody(_ organs: [OrganRow], on day: Day) -> Bool {
        extenders == [.standingAgency] && !organs.hasStandingAgency(on: day)
    }
}

extension [OrganRow] {
    func hasStandingAgency(on day: Day) -> Bool {
        contains { $0.organ.kind == .standingAgency && $0.organ.works(on: day) }
    }
}

extension CommitteeDetail {
    /// There is a working regulation, as the checklist says, of which nobody recorded what it lays down.
    var hasUnstatedRules: Bool { rules.isStandard && rules.regulation != nil }
    var leavesNobodyToExtend: Bool { rules.rules.leavesNobody(organs, on: day) }
}

/// What somebody must know of rules besides the rules themselves: on what they rest, and whether anybody can go by them.
enum RulesNotes {
    /// The regulation in force, as the checklist names it, and whether it is known what it lays down.
    static func basis(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
        guard let paper = detail.rules.regulation else { return notice(.warn, "\(page.t("portfolio.rules.standard"))") }
        let period = CommitteeViews.period(paper.from, paper.to, page)
        let unstated: HTML =
            detail.hasUnstatedRules
            ? notice(.warn, "\(page.t("portfolio.rules.unstated"))\(state(detail, page))") : .empty
        return "<p>\(cited(paper.reference, detail.cited)) <span class=\"sub\">\(period)</span></p>\(unstated)"
    }

    /// The way to the form, for whoever may fill it in.
    private static func state(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
        detail.rights.mayKeep
            ? " <a href=\"\(detail.row.href)/rules/new\">\(page.t("portfolio.set_rules"))</a>" : .empty
    }

    static func nobodyExtends(_ row: CommitteeRow, mayKeep: Bool, _ page: PageContext) -> HTML {
        let ways: HTML =
            mayKeep
            ? """
             <a href="\(row.href)/organs/new?kind=\(OrganKind.standingAgency.rawValue)">\
            \(page.t("committee.add_organ"))</a> · <a href="\(row.href)/rules/new">\(page.t("portfolio.set_rules"))</a>
            """ : .empty
        return notice(.bad, "\(page.t("portfolio.rules.nobody_extends"))\(ways)")
    }

    /// When people are reminded, exactly: the list warns from the first of these days.
    static func reminders(_ version: RulesInForce, _ page: PageContext) -> String {
        func days(_ span: Int) -> String {
            let found = TaskWarning.days(span: span, version).filter { $0 > 0 }
            return found.isEmpty
                ? page.t("portfolio.reminders.none") : found.map { page.number($0) }.joined(separator: ", ")
        }
        return page.t(
            "portfolio.reminders.days",
            [
                "limit": page.number(TaskSchedule.longestShort), "short": days(0),
                "long": days(TaskSchedule.longestShort + 1),
            ])
    }
}
