/// The page of one unit: facts, parents, tasks, children with their map, versions, history.
func unitPage(
    _ detail: UnitDetail, _ offices: UnitRoster, _ tasks: TaskSummary, _ events: Page<EventRow>, on asked: Day?,
    _ page: PageContext
) -> HTML {
    let day = asked ?? page.today
    let row = detail.row
    return sitePage(
        page, title: row.name,
        lead: "\(page.t("unit.kind.\(row.kind.rawValue)"))\(endedBadge(row, on: day, page))\(secrecyBadge(row, page))",
        crumbs: [Crumb(text: page.t("unit.title"), href: "/units")]
            + detail.path.map { Crumb(text: $0.name, href: $0.href) },
        actions: unitActions(detail, page),
        body: """
            \(asOfNotice(row, asked, page))\
            \(columns(
                unitTasks(tasks, detail, asked, page) + unitChildren(detail, on: day, page)
                    + unitVersions(detail, page),
                unitFacts(detail, page) + UnitRosterViews.card(page, detail.row, offices, on: asked)
                    + unitMapCard(detail, page) + unitParents(detail, page)))\
            \(historySection(events.items, page, more: events.next == nil ? nil : "/units/\(row.uid)/history"))
            """)
}

/// Tasks are those of today, whatever day the registry is asked about.
private func unitTasks(
    _ tasks: TaskSummary, _ detail: UnitDetail, _ asked: Day?, _ page: PageContext
) -> HTML {
    guard asked == nil else { return .empty }
    return taskSummary(tasks, draft: URLText.link("/tasks/new", ["lead_unit": detail.row.uid.text]), page)
}

private func secrecyBadge(_ row: UnitRow, _ page: PageContext) -> HTML {
    row.unit.secrecy == .public ? .empty : " \(badge(.accent, page.t("secrecy.\(row.unit.secrecy.name)")))"
}

private func asOfNotice(_ row: UnitRow, _ asked: Day?, _ page: PageContext) -> HTML {
    let form: HTML = """
        <form class="filter" method="get" action="/units/\(row.uid)"><label>\(page.t("unit.filter.day"))\
        <input type="text" class="day" inputmode="numeric" name="on" value="\(asked.map { page.day($0) } ?? "")" \
        placeholder="\(page.day(page.today))"></label><button>\(page.t("unit.filter.look"))</button></form>
        """
    guard let asked else { return form }
    let words: String =
        row.unit.from > asked
        ? page.t("unit.not_yet", ["day": page.day(row.unit.from)])
        : page.t("unit.as_of", ["day": page.day(asked)])
    return notice(.accent, "\(words) <a href=\"/units/\(row.uid)\">\(page.t("unit.as_of_today"))</a>") + form
}

private func unitActions(_ detail: UnitDetail, _ page: PageContext) -> HTML {
    let uid = detail.row.uid, rights = detail.rights
    var buttons = HTML.empty
    if let committee = detail.committee {
        buttons += linkButton(page.t("committee.members"), href: "/committees/\(committee)", main: true)
    }
    buttons += linkButton(page.t("coverage.unit_link"), href: "/units/\(uid)/requirements")
    if rights.mayAddBelow { buttons += linkButton(page.t("unit.add_below"), href: "/units/new?parent=\(uid)") }
    if rights.mayRename { buttons += linkButton(page.t("unit.rename"), href: "/units/\(uid)/names/new") }
    if rights.mayMove { buttons += linkButton(page.t("unit.move"), href: "/units/\(uid)/parents/new") }
    if rights.mayDescribe { buttons += linkButton(page.t("unit.describe"), href: "/units/\(uid)/facts/edit") }
    if rights.mayDissolve { buttons += linkButton(page.t("unit.dissolve"), href: "/units/\(uid)/dissolution/new") }
    return buttons
}

private func unitFacts(_ detail: UnitDetail, _ page: PageContext) -> HTML {
    let unit = detail.row.unit
    var rows: [(label: String, value: HTML)] = [
        (page.t("unit.field.kind"), "\(page.t("unit.kind.\(detail.row.kind.rawValue)"))")
    ]
    for code in detail.codes { rows.append((page.t("unit.code_in", ["scheme": code.scheme]), "\(code.code)")) }
    for name in detail.versions.first?.names ?? [] {
        rows.append((page.t("unit.name_in.\(name.language)"), "<span lang=\"\(name.language)\">\(name.name)</span>"))
    }
    rows.append((page.t("unit.field.from"), "\(page.day(unit.from))"))
    if unit.to != .never { rows.append((page.t("unit.field.to"), "\(page.day(unit.to))")) }
    if let area = unit.area {
        rows.append((page.t("unit.field.area_km2"), "\(NumberText.scaled(area / 10_000, decimals: 2, page.language))"))
    }
    rows.append((page.t("unit.field.secrecy"), "\(page.t("secrecy.\(unit.secrecy.name)"))"))
    return card(page.t("unit.facts"), facts(rows) + technicalDetails(page, unitDegrees(unit, page)))
}

private func unitDegrees(_ unit: OrgUnit, _ page: PageContext) -> [(label: String, value: HTML)] {
    guard let place = unit.place else { return [] }
    let latitude = NumberText.scaled(place.latitude, decimals: 6, page.language)
    let longitude = NumberText.scaled(place.longitude, decimals: 6, page.language)
    return [(page.t("unit.place"), "\(latitude) · \(longitude)")]
}

private func unitParents(_ detail: UnitDetail, _ page: PageContext) -> HTML {
    guard !detail.parents.isEmpty else { return .empty }
    let rows = detail.parents.map { parent -> [HTML] in
        [
            "\(page.t("hierarchy.\(parent.hierarchy.rawValue)"))",
            parent.unit.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? "\(page.t("unit.parent_hidden"))",
            "\(page.day(parent.from))", "\(page.day(parent.to))",
        ]
    }
    let table = dataTable(
        page, caption: page.t("unit.parents"),
        columns: [
            Column(page.t("unit.field.hierarchy")), Column(page.t("unit.field.parent")),
            Column(page.t("unit.from")), Column(page.t("unit.until")),
        ], rows: rows)
    return card(page.t("unit.parents"), table)
}

private func unitChildren(_ detail: UnitDetail, on day: Day, _ page: PageContext) -> HTML {
    let children = detail.children
    let list = URLText.link("/units", ["parent": detail.row.uid.text, "deep": "1"])
    guard !children.items.isEmpty else {
        let action =
            detail.rights.mayAddBelow
            ? linkButton(page.t("unit.add_below"), href: "/units/new?parent=\(detail.row.uid)") : .empty
        return card(
            page.t("unit.children"),
            emptyState(
                page, title: page.t("unit.children.none"), hint: page.t("unit.children.none_hint"), action: action))
    }
    let table = unitTable(
        children.items, on: day, caption: page.t("unit.children"), showsParent: false, page)
    let more: HTML = """
        <p><a href="\(list)">\(page.t("unit.children.all", count: children.total))</a></p>
        """
    return card(page.t("unit.children"), table + more)
}

private func unitMapCard(_ detail: UnitDetail, _ page: PageContext) -> HTML {
    // One dot on an empty ground says nothing; the facts carry the degrees.
    guard detail.dots.count > 1 else { return .empty }
    return card(
        page.t("unit.map"),
        dotMap(
            page, title: page.t("unit.map.of", ["name": detail.row.name]), dots: mapDots(detail.dots),
            legend: unitLegend(page, below: detail.row.kind)))
}

private func unitVersions(_ detail: UnitDetail, _ page: PageContext) -> HTML {
    let rows = detail.versions.map { version -> [HTML] in
        [
            "\(version.name)", "\(page.t("unit.kind.\(version.kind.rawValue)"))", "\(page.day(version.from))",
            "\(page.day(version.to))", cited(version.basis, detail.cited),
        ]
    }
    return card(
        page.t("unit.versions"),
        dataTable(
            page, caption: page.t("unit.versions"),
            columns: [
                Column(page.t("unit.field.name")), Column(page.t("unit.field.kind")), Column(page.t("unit.from")),
                Column(page.t("unit.until")), Column(page.t("unit.field.basis")),
            ], rows: rows))
}

func unitHistory(_ row: UnitRow, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("unit.history", ["name": row.name]),
        crumbs: [Crumb(text: page.t("unit.title"), href: "/units"), Crumb(text: row.name, href: "/units/\(row.uid)")],
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("/units/\(row.uid)/history", ["after": $0.text]) }, first: nil))
            """)
}
