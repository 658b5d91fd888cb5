/// The page of a unit's offices: who holds which on a day, who acts for whom, and what is vacant.
func unitRosterPage(
    _ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster, _ asked: UnitRosterRequest
) -> HTML {
    let on = asked.askedDay.map { page.day($0) } ?? ""
    let path = "/units/\(unit.uid)/offices"
    let holders = roster.holders
    let lead =
        asked.askedDay.map { page.t("person.roster.as_of", ["day": page.day($0)]) } ?? page.t("person.roster.lead")
    let list =
        holders.items.isEmpty
        ? UnitRosterViews.nobody(page, unit, roster)
        : UnitRosterViews.table(page, roster)
            + pager(
                page, shown: holders.items.count, total: holders.total, totalIsFloor: holders.totalIsFloor,
                next: holders.next.map { URLText.link(path, ["on": on, "after": $0.text]) },
                first: asked.page.after == nil ? nil : URLText.link(path, ["on": on]))
    return sitePage(
        page, title: page.t("person.roster.title", ["unit": unit.name]), lead: "\(lead)",
        crumbs: [
            Crumb(text: page.t("unit.title"), href: "/units"), Crumb(text: unit.name, href: "/units/\(unit.uid)"),
        ],
        actions: linkButton(page.t("person.export"), href: URLText.link("\(path).csv", ["on": on])),
        body: UnitRosterViews.dayForm(page, path, on) + list
            + (asked.page.after == nil
                ? rosterBodiesCard(page, unit, roster, on: asked.askedDay)
                    + UnitRosterViews.vacancies(page, roster.vacancies) : .empty))
}

enum UnitRosterViews {
    /// As many as the page of the unit itself shows.
    static let few = PageRequest(after: nil, limit: 12)

    /// The card on the page of a unit. Nothing where nobody is known, also in its bodies, and nothing to be vacant.
    static func card(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster, on day: Day?) -> HTML {
        let holders = roster.holders.items
        if holders.isEmpty, roster.bodies.isEmpty, roster.vacancies == nil { return .empty }
        let href = URLText.link("/units/\(unit.uid)/offices", ["on": day.map { page.day($0) } ?? ""])
        let lines = holders.map { row -> HTML in
            "<li>\(row.office.title)<span class=\"sub\">\(person(page, row))\(substitutes(page, row, roster))</span></li>"
        }
        let list: HTML =
            holders.isEmpty
            ? "<p>\(none(page, unit, roster))</p>" : "<ul class=\"plain-list\">\(lines)</ul>"
        let vacant = roster.vacancies?.count ?? 0
        let open: HTML =
            vacant > 0 ? "<p>\(badge(.warn, page.t("person.roster.vacant", count: vacant)))</p>" : .empty
        let total = roster.holders.total
        let word = total == 0 ? page.t("person.roster.other_day") : page.t("person.roster.all", count: total)
        return App.card(
            page.t("person.roster"),
            "\(list)\(open)<p><a href=\"\(href)\">\(word)</a></p>\(rosterBodies(page, unit, roster, on: day))")
    }

    static func dayForm(_ page: PageContext, _ path: String, _ on: String) -> HTML {
        """
        <form class="filter" method="get" action="\(path)"><label>\(page.t("unit.filter.day"))\
        <input type="text" class="day" inputmode="numeric" name="on" value="\(on)" \
        placeholder="\(page.day(page.today))"></label><button>\(page.t("unit.filter.look"))</button></form>
        """
    }

    /// Of a commune whose people sit in its People's Committee it is not true that nobody works there.
    private static func none(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster) -> String {
        roster.bodies.isEmpty
            ? page.t("person.roster.none") : page.t("person.roster.none_itself", ["unit": unit.name])
    }

    static func nobody(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster) -> HTML {
        guard roster.bodies.isEmpty else { return notice(.none, "\(none(page, unit, roster))") }
        let hint = roster.vacancies == nil ? "person.roster.unknown_hint" : "person.roster.none_hint"
        return emptyState(
            page, title: page.t("person.roster.none"), hint: page.t(hint),
            action: linkButton(page.t("person.people"), href: "/people"))
    }

    static func table(_ page: PageContext, _ roster: UnitRoster) -> HTML {
        let columns = [
            Column(page.t("person.title")), Column(page.t("person.name")), Column(page.t("person.since")),
            Column(page.t("person.decision"), hideOnPhone: true), Column(page.t("person.roster.substitute")),
        ]
        let rows = roster.holders.items.map { row -> [HTML] in
            let until: HTML =
                row.office.to == .never
                ? .empty
                : " <span class=\"sub\">\(page.t("person.roster.until", ["day": page.day(row.office.to)]))</span>"
            return [
                "\(row.office.title)", person(page, row), "\(page.day(row.office.from))\(until)",
                cited(row.office.decision, roster.cited), substitutes(page, row, roster),
            ]
        }
        return dataTable(page, caption: page.t("person.roster"), columns: columns, rows: rows)
    }

    static func vacancies(_ page: PageContext, _ vacancies: [OfficeVacancy]?) -> HTML {
        guard let vacancies else {
            return notice(.none, "\(page.t("person.roster.vacancies_unknown"))")
        }
        guard !vacancies.isEmpty else { return .empty }
        let columns = [Column(page.t("person.title")), Column(page.t("person.roster.vacant_since"))]
        let rows = vacancies.map { vacancy -> [HTML] in
            ["\(vacancy.title)", "\(badge(.warn, page.t("person.roster.is_vacant"))) \(page.day(vacancy.since))"]
        }
        return App.card(
            page.t("person.roster.vacancies"),
            dataTable(page, caption: page.t("person.roster.vacancies"), columns: columns, rows: rows))
    }

    private static func person(_ page: PageContext, _ row: OfficeRow) -> HTML {
        "<a href=\"\(row.personHref)\">\(page.name(row.personName))</a>"
    }

    /// `KT. Nguyễn Văn A`, one a line.
    private static func substitutes(_ page: PageContext, _ row: OfficeRow, _ roster: UnitRoster) -> HTML {
        (roster.substitutes[row.office.id] ?? []).map { stand -> HTML in
            let words = [
                "capacity": "\(stand.delegation.capacity.rawValue).", "name": page.name(stand.other.personName),
            ]
            return " <span class=\"sub\">\(page.t("person.roster.acts", words))</span>"
        }.joined()
    }
}
