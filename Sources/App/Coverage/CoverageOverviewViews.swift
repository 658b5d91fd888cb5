/// All documents that require something, with how far each is concretised.
func coverageOverview(
    _ list: Page<CoverageSummary>, isFirst: Bool, mayRequire: Bool, _ page: PageContext
) -> HTML {
    sitePage(
        page, title: page.t("coverage.title"), lead: "\(page.t("coverage.lead"))",
        actions: linkButton(page.t("coverage.gaps"), href: "/gaps"),
        body: list.items.isEmpty
            ? emptyState(
                page, title: page.t("coverage.overview.none"),
                hint: page.t(mayRequire ? "coverage.overview.none_hint" : "coverage.none_hint_reader"),
                action: linkButton(page.t("coverage.overview.documents"), href: "/documents"))
            : coverageSummaryTable(list, page)
                + pager(
                    page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
                    next: list.next.map { URLText.link("/coverage", ["after": $0.text]) },
                    first: isFirst ? nil : "/coverage"))
}

private func coverageSummaryTable(_ list: Page<CoverageSummary>, _ page: PageContext) -> HTML {
    let rows = list.items.map { item -> [HTML] in
        let href = "\(item.document.href)/coverage", counts = item.counts
        let document = item.document.document
        let title: HTML = """
            <span class="sub">\(document.sign.isEmpty ? "" : "\(document.issuerName) · ")\(document.title)</span>
            """
        func figure(_ count: Int, _ state: CoverageFilter.State) -> HTML {
            count == 0
                ? "\(page.number(0))"
                : "<a href=\"\(href)?state=\(state.rawValue)\">\(page.number(count))</a>"
        }
        return [
            "<a href=\"\(href)\">\(item.document.name)</a>\(title)", "\(page.day(item.due))",
            "\(page.number(counts.total()))", figure(counts.issued(), .done),
            "\(counts.share().map { CoverageViews.percent($0, page) } ?? "")", figure(counts.count(.late), .late),
            figure(counts.missing(), .missing),
        ]
    }
    return dataTable(
        page, caption: page.t("coverage.overview.caption"),
        columns: [
            Column(page.t("coverage.column.higher")), Column(page.t("coverage.column.first_due")),
            Column(page.t("coverage.column.all"), numeric: true),
            Column(page.t("coverage.column.issued"), numeric: true),
            Column(page.t("coverage.column.share"), numeric: true),
            Column(page.t("coverage.column.late"), numeric: true),
            Column(page.t("coverage.column.missing"), numeric: true),
        ], rows: rows)
}

/// Where those are who have issued, and those who have not.
func coverageMapPage(_ map: CoverageMap, _ asked: CoverageRequest, _ page: PageContext) -> HTML {
    let href = "\(map.document.href)/coverage"
    let dots = map.dots.map {
        MapDot(
            latitude: $0.latitude, longitude: $0.longitude, tone: $0.status.tone, label: $0.unit.name,
            href: $0.unit.href)
    }
    let legend = [DutyStatus.late, .due, .doneLate, .done, .waived].map { (tone: $0.tone, text: page.t($0.nameKey)) }
    let placeless: HTML =
        map.placeless == 0
        ? .empty : "<p>\(page.t("coverage.map.placeless", count: map.placeless))</p>"
    return sitePage(
        page, title: page.t("coverage.map_of", ["document": map.document.name]),
        lead: "\(documentLead(map.document)). \(page.t("coverage.map_lead"))",
        crumbs: coverageCrumbs(map.document, page) + [Crumb(text: page.t("coverage.matrix"), href: href)],
        body: dotMap(
            page, title: page.t("coverage.map_of", ["document": map.document.name]), dots: dots, legend: legend,
            list: CoverageLinks(asked).first) + placeless)
}

/// What one unit must issue, or has issued.
func unitDutiesPage(
    _ unit: UnitRow, _ list: Page<UnitDuty>, _ asked: UnitDutiesRequest, _ page: PageContext
) -> HTML {
    let href = "/units/\(unit.uid)/requirements"
    let state = asked.state?.rawValue ?? UnitDutiesRequest.all
    let choices = CoverageFilter.State.allCases.map { Choice($0.rawValue, page.t("coverage.state.\($0.rawValue)")) }
    let options = ([Choice(UnitDutiesRequest.all, page.t("coverage.filter.any"))] + choices).map { choice -> HTML in
        "<option value=\"\(choice.value)\"\(choice.value == state ? " selected" : HTML.empty)>\(choice.text)</option>"
    }
    return sitePage(
        page, title: page.t("coverage.unit", ["name": unit.name]), lead: "\(page.t("coverage.unit_lead"))",
        crumbs: [
            Crumb(text: page.t("unit.title"), href: "/units"), Crumb(text: unit.name, href: "/units/\(unit.uid)"),
        ],
        body: """
            <form class="filter" method="get" action="\(href)"><label>\(page.t("coverage.column.status"))\
            <select name="state">\(options)</select></label><button>\(page.t("coverage.filter.apply"))</button></form>\
            \(unitDutyRows(unit, list, asked, page))
            """)
}

private func unitDutyRows(
    _ unit: UnitRow, _ list: Page<UnitDuty>, _ asked: UnitDutiesRequest, _ page: PageContext
) -> HTML {
    let href = "/units/\(unit.uid)/requirements"
    guard !list.items.isEmpty else {
        let all = linkButton(page.t("coverage.unit_all"), href: "\(href)?state=\(UnitDutiesRequest.all)")
        return emptyState(
            page, title: page.t("coverage.unit_none"), hint: page.t("coverage.unit_none_hint"),
            action: asked.state == nil ? .empty : all)
    }
    let rows = list.items.map { duty -> [HTML] in
        let cell = duty.cell
        let other: HTML =
            duty.unit.uid == unit.uid
            ? .empty : "<span class=\"sub\"><a href=\"\(duty.unit.href)\">\(duty.unit.name)</a></span>"
        let issued = cell.document.map { link -> HTML in "<a href=\"\(link.href)\">\(link.name)</a>" }
        return [
            "\(requirementName(duty.requirement.requirement, page))\(other)",
            """
            <a href="\(duty.document.href)">\(duty.document.name)</a>\
            <span class="sub">\(duty.documentTitle == duty.document.name ? "" : duty.documentTitle)</span>
            """,
            "\(page.day(cell.due))", dutyBadge(cell.status, page), issued ?? .empty,
        ]
    }
    let state = asked.state?.rawValue ?? UnitDutiesRequest.all
    return dataTable(
        page, caption: page.t("coverage.unit_caption"),
        columns: [
            Column(page.t("coverage.column.wanted")), Column(page.t("coverage.column.higher")),
            Column(page.t("coverage.column.due_on")), Column(page.t("coverage.column.status")),
            Column(page.t("coverage.column.document")),
        ], rows: rows)
        + pager(
            page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
            next: list.next.map { URLText.link(href, ["state": state, "after": $0.text]) },
            first: asked.page.after == nil ? nil : URLText.link(href, ["state": state]))
}
