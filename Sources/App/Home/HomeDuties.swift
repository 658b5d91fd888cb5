import Storage

/// What the unit of the office in use must still issue, the earliest deadline first.
struct HomeDuties: Sendable {
    let unit: UnitRow
    let duties: Page<UnitDuty>

    /// So many stand on the first page; the rest are a link away.
    static let shown = 5

    init?(tx: Transaction, viewer: Viewer, today: Day) throws {
        guard let office = viewer.office else { return nil }
        let store = CoverageStore(tx: tx, viewer: viewer, today: today)
        guard let uid = try ifKnown(store.units.find(office.unit).uid) else { return nil }
        (unit, duties) = try store.duties(of: uid, page: PageRequest(after: nil, limit: HomeDuties.shown))
    }

    var href: String { "/units/\(unit.uid)/requirements" }
}

extension HomeParts {
    /// What to issue, under which paper, by when, and the way to do it: the first thing that a commune looks for.
    static func duties(_ page: PageContext, _ home: Home) -> HTML {
        guard let own = home.duties else { return .empty }
        guard !own.duties.items.isEmpty else {
            let all = URLText.link(own.href, ["state": UnitDutiesRequest.all])
            return card(
                page.t("home.duties"),
                "<p>\(page.t("home.duty.none")) <a href=\"\(all)\">\(page.t("coverage.unit_all"))</a></p>")
        }
        let lines = own.duties.items.map { duty($0, page) }
        let all = "<p><a href=\"\(own.href)\">\(page.t("home.duty.all", count: own.duties.total))</a></p>" as HTML
        return card(page.t("home.duties"), "<ul class=\"plain-list\">\(lines)</ul>" + all)
    }

    /// One of them, with the ways to do it for whoever may.
    static func duty(_ duty: UnitDuty, _ page: PageContext) -> HTML {
        let document = duty.document.uid, type = duty.requirement.requirement.type
        let ways: HTML =
            page.viewer.keepsDocuments
            ? " \(registerButton(document, type, page)) \(draftButton(document, type, page))" : .empty
        return """
            <li>\(dutyBadge(duty.cell.status, page)) \
            <a href="\(duty.requirement.href)">\(requirementName(duty.requirement.requirement, page))</a> \
            · \(page.t("home.duty.under")) <a href="\(duty.document.href)">\(duty.document.name)</a> \
            · \(page.t("home.duty.due", ["day": page.day(duty.cell.due)])) · \(duty.unit.name)\(ways)</li>
            """
    }
}
