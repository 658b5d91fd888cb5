/// What the page of the portfolios shows.
struct PortfolioView: Sendable {
    let row: CommitteeRow
    let day: Day
    let asked: Day?
    /// Only what is covered so.
    let state: PortfolioCoverage.State?
    let coverage: PortfolioCoverage
    let mayKeep: Bool

    var path: String { "\(row.href)/portfolio" }
    func link(_ state: PortfolioCoverage.State?) -> String {
        URLText.link(path, ["state": state?.rawValue ?? "", "on": asked?.text ?? ""])
    }
}

/// Fields and localities with their members, and members with theirs: what nobody covers and what two cover.
func portfolioPage(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let path = view.row.href
    let actions: HTML =
        view.mayKeep
        ? linkButton(page.t("portfolio.assign"), href: "\(path)/assignments/new", main: true)
            + linkButton(page.t("portfolio.add_field"), href: "\(path)/fields/new") : .empty
    return sitePage(
        page, title: page.t("portfolio.of", ["name": view.row.name]),
        lead: "\(page.t("portfolio.lead", ["day": page.day(view.day)]))",
        crumbs: CommitteeViews.crumbs(view.row, page), actions: actions,
        body: """
            \(portfolioFilter(view, page))\(portfolioFigures(view, page))\
            \(columns(
                fieldsCard(view, page) + localitiesCard(view, page) + chargedTasksCard(view, page),
                membersCard(view, page)))
            """)
}

/// On the page of a committee: what nobody covers and what several cover, each with the way to it.
func portfolioCard(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let coverage = detail.coverage, path = "\(detail.row.href)/portfolio"
    let lines = [PortfolioCoverage.State.nobody, .several].map { state -> (label: String, value: HTML) in
        let count = coverage.count(state)
        let link: HTML = "<a href=\"\(path)?state=\(state.rawValue)\">\(page.number(count))</a>"
        return (page.t("portfolio.state.\(state.rawValue)"), link)
    }
    return card(page.t("portfolio.title"), facts(lines))
}

private func portfolioFilter(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let choices =
        [Choice("", page.t("activity.any"))]
        + PortfolioCoverage.State.allCases.map { Choice($0.rawValue, page.t("portfolio.state.\($0.rawValue)")) }
    return """
        <form class="filter" method="get" action="\(view.path)"><label>\(page.t("committee.field.state"))\
        \(CommitteeViews.select("state", choices, view.state?.rawValue ?? ""))</label>\
        <label>\(page.t("unit.filter.day"))\(CommitteeViews.dayInput(view.asked, page))</label>\
        <button>\(page.t("button.filter"))</button></form>
        """
}

private func portfolioFigures(_ view: PortfolioView, _ page: PageContext) -> HTML {
    keyFigures(
        PortfolioCoverage.State.allCases.map { state in
            (
                label: page.t("portfolio.state.\(state.rawValue)"), value: page.number(view.coverage.count(state)),
                note: "",
                href: view.link(state)
            )
        })
}

private func fieldsCard(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let entries = view.coverage.fields.filter { view.state == nil || $0.state == view.state }
    return coverageCard(
        page.t("portfolio.fields"), first: page.t("portfolio.field.field"),
        rows: entries.map { entry in
            [
                """
                \(entry.what.name(in: page.language))<span class="sub">\
                \(page.t("portfolio.family.\(entry.what.family.rawValue)")) · \
                <a href="\(TaskFilter(field: entry.what.uid).href())">\(page.t("portfolio.tasks"))</a></span>
                """,
                PortfolioViews.state(entry.state, page), PortfolioViews.members(entry.members, page),
            ]
        }, page)
}

private func localitiesCard(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let entries = view.coverage.localities.filter { view.state == nil || $0.state == view.state }
    return coverageCard(
        page.t("portfolio.localities"), first: page.t("portfolio.field.locality"),
        rows: entries.map { entry in
            [
                "<a href=\"\(entry.what.unit.href)\">\(entry.what.unit.name)</a>",
                PortfolioViews.state(entry.state, page), PortfolioViews.members(entry.members, page),
            ]
        }, page)
}

func coverageCard(
    _ title: String, first: String, rows: [[HTML]], note: HTML = .empty, none: String = "portfolio.none_such",
    _ page: PageContext
) -> HTML {
    guard !rows.isEmpty else { return card(title, "<p>\(page.t(none))</p>") }
    let columns = [
        Column(first), Column(page.t("committee.field.state")), Column(page.t("portfolio.field.members")),
    ]
    return card(title, dataTable(page, caption: title, columns: columns, rows: rows) + note)
}

private func membersCard(_ view: PortfolioView, _ page: PageContext) -> HTML {
    let coverage = view.coverage
    guard !coverage.members.isEmpty else {
        return card(
            page.t("portfolio.members"),
            emptyState(
                page, title: page.t("committee.seats.none"), hint: page.t("committee.seats.none_hint"),
                action: linkButton(view.row.name, href: view.row.href)))
    }
    let lines = coverage.members.map { member -> HTML in
        let seat = member.seat
        let names =
            coverage.fields(of: seat.id).map { $0.name(in: page.language) }
            + coverage.localities(of: seat.id).map(\.unit.name) + coverage.tasks(of: seat.id).map(\.title)
        let notices = coverage.notices(of: seat.id).joined(separator: "; ")
        let act: HTML =
            view.mayKeep
            ? " <a href=\"\(view.row.href)/assignments/new?seat=\(seat.uid)\">\(page.t("portfolio.assign_one"))</a>"
            : .empty
        let charge: HTML =
            names.isEmpty
            ? "<span class=\"sub\">\(page.t("portfolio.nothing"))\(act)</span>"
            : "<p>\(names.joined(separator: "; "))</p><span class=\"sub\">\(notices)\(act)</span>"
        return """
            <li>\(CommitteeViews.holder(member, page)) \
            \(badge(.none, page.t("committee.position.\(seat.position.rawValue)")))\(charge)</li>
            """
    }
    return card(page.t("portfolio.members"), "<ul class=\"plain-list\">\(lines)</ul>")
}

enum PortfolioViews {
    static func state(_ state: PortfolioCoverage.State, _ page: PageContext) -> HTML {
        let tone: Tone =
            switch state {
            case .nobody: .bad
            case .single: .good
            case .several: .warn
            }
        return badge(tone, page.t("portfolio.state.\(state.rawValue)"))
    }

    static func members(_ members: [SeatRow], _ page: PageContext) -> HTML {
        members.enumerated().map { index, member -> HTML in
            let name: HTML = "\(CommitteeViews.holderText(member, page))"
            return index == 0 ? name : "<br>\(name)"
        }.joined()
    }
}
