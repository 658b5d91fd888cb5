/// What the page of the rules shows.
struct RulesView: Sendable {
    let row: CommitteeRow
    let now: RulesInForce
    /// Every regulation, the oldest first.
    let all: [RulesInForce]
    let organs: [OrganRow]
    let day: Day
    let mayKeep: Bool

    /// Rules as the fields of the form.
    static func fields(_ rules: CommitteeRules) -> [String: String] {
        var fields = rules.described
        fields["extenders"] = nil
        for extender in rules.extenders { fields["extender.\(extender.rawValue)"] = "1" }
        return fields
    }
}

/// The rules in force, and those before them.
func rulesPage(_ view: RulesView, _ page: PageContext) -> HTML {
    let row = view.row
    let set: HTML =
        view.mayKeep ? linkButton(page.t("portfolio.set_rules"), href: "\(row.href)/rules/new", main: true) : .empty
    let cards = view.all.reversed().compactMap { version -> HTML? in
        guard let paper = version.regulation else { return nil }
        let period = CommitteeViews.period(paper.from, paper.to, page)
        return card(
            paper.reference,
            "<p>\(period) \(PersonPage.state(page, paper.from, paper.to))</p>\(RulesViews.list(version, page))")
    }
    let standard =
        view.now.regulation == nil
        ? notice(.warn, "\(page.t("portfolio.rules.standard"))")
            + card(
                page.t("portfolio.rules"), RulesViews.list(view.now, page)) : .empty
    return sitePage(
        page, title: page.t("portfolio.rules.of", ["name": row.name]), lead: "\(page.t("portfolio.rules.lead"))",
        crumbs: CommitteeViews.crumbs(row, page), actions: set,
        body: RulesViews.later(page)
            + (view.now.rules.leavesNobody(view.organs, on: view.day)
                ? RulesNotes.nobodyExtends(row, mayKeep: view.mayKeep, page) : .empty) + standard + cards.joined())
}

/// The rules on the page of a committee.
func rulesCard(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let path = "\(detail.row.href)/rules"
    return card(
        page.t("portfolio.rules"),
        """
        \(RulesNotes.basis(detail, page))\(RulesViews.list(detail.rules, page))\(RulesViews.later(page))<p class="actions">\
        \(linkButton(page.t("portfolio.rules.all"), href: path))</p>
        """)
}

/// `hasAgency`: the committee has a standing agency today, so that somebody could decide if it alone is named.
func newRulesPage(
    _ row: CommitteeRow, _ typed: Fields, _ problems: [Problem], hasAgency: Bool, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let cadences = SessionCadence.allCases.map { Choice($0.rawValue, page.t("portfolio.cadence.\($0.rawValue)")) }
    let calendars = ReportingCalendar.allCases.map { Choice($0.rawValue, page.t("portfolio.calendar.\($0.rawValue)")) }
    let points = [5, 6].map { Choice(String($0), page.t("portfolio.clear.\($0)")) }
    let extenders = DeadlineExtender.allCases.map {
        form.checkbox("extender.\($0.rawValue)", label: page.t("portfolio.extender.\($0.rawValue)"))
    }
    let wrong = problems.filter { $0.field == "extenders" }.map { problem -> HTML in
        "<p class=\"reason\">\(page.t(problem.message))</p>"
    }
    let missing: [HTML] = hasAgency ? [] : ["<p class=\"sub\">\(page.t("portfolio.help.no_agency"))</p>"]
    let limit = ["limit": page.number(TaskSchedule.longestShort)]
    return committeeChangePage(
        row, title: page.t("portfolio.set_rules"), page,
        form.form(
            action: "\(row.href)/rules", submit: page.t("portfolio.set_rules"), cancel: "\(row.href)/rules",
            """
            \(form.hidden("version", typed["version"]))\
            \(form.text("reference", label: page.t("portfolio.field.regulation"), help: page.t("unit.help.basis"), maxLength: 300))\
            \(form.day("from", label: page.t("committee.field.in_force_from")))\
            \(form.select("cadence", label: page.t("portfolio.field.cadence"), choices: cadences))\
            \(form.select("calendar", label: page.t("portfolio.field.calendar"), choices: calendars))\
            \(form.text("cut_off_day", label: page.t("portfolio.field.cut_off_day"), help: page.t("portfolio.help.cut_off_day")))\
            \(PersonViews.group(page.t("portfolio.field.extenders"), extenders + missing + wrong))\
            \(form.select("clear_points", label: page.t("portfolio.field.clear_points"), choices: points))\
            \(form.text("warn_days", label: page.t("portfolio.field.warn_days"), help: page.t("portfolio.help.warn_days", limit)))\
            \(form.text("warn_days_long", label: page.t("portfolio.field.warn_days_long"), help: page.t("portfolio.help.warn_days_long", limit)))
            """))
}

enum RulesViews {
    /// Meetings, calendar and cut-off are laid down, and nothing goes by them yet: nobody is to think otherwise.
    static func later(_ page: PageContext) -> HTML { "<p class=\"sub\">\(page.t("portfolio.rules.later"))</p>" }

    static func list(_ version: RulesInForce, _ page: PageContext) -> HTML {
        let rules = version.rules
        let extenders = rules.orderedExtenders.map { page.t("portfolio.extender.\($0.rawValue)") }
        var lines: [(label: String, value: HTML)] = [
            (page.t("portfolio.field.cadence"), "\(page.t("portfolio.cadence.\(rules.cadence.rawValue)"))"),
            (page.t("portfolio.field.calendar"), "\(page.t("portfolio.calendar.\(rules.calendar.rawValue)"))"),
            (page.t("portfolio.field.cut_off_day"), "\(page.number(rules.cutOffDay))"),
            (page.t("portfolio.field.extenders"), "\(extenders.joined(separator: "; "))"),
            (page.t("portfolio.field.clear_points"), "\(page.t("portfolio.clear.\(rules.clearPoints)"))"),
            (page.t("portfolio.field.warn_days"), "\(page.number(rules.warnDays))"),
            (page.t("portfolio.field.warn_days_long"), "\(page.number(rules.warnDaysLong))"),
            (page.t("portfolio.reminders"), "\(RulesNotes.reminders(version, page))"),
        ]
        if version.isStandard {
            let state =
                version.regulation == nil
                ? badge(.none, page.t("portfolio.rules.default"))
                : badge(.warn, page.t("portfolio.rules.unstated_state"))
            lines.insert((page.t("committee.field.state"), state), at: 0)
        }
        return facts(lines)
    }
}
