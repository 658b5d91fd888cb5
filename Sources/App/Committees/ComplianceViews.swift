/// Which units below one have no committee yet, or an incomplete one: figures, list, map.
func compliancePage(
    _ found: Compliance, _ asked: ComplianceRequest, mayCreate: Bool, _ page: PageContext
) -> HTML {
    let filter = asked.filter
    let link: (ComplianceState?) -> String = {
        filter.link("/committees/compliance", state: $0, on: asked.askedDay)
    }
    let list = found.page(filter.state, asked.page)
    let csv = filter.link("/committees/compliance.csv", state: filter.state, on: asked.askedDay)
    return sitePage(
        page, title: page.t("committee.compliance.of", ["name": found.unit.name]),
        lead: "\(complianceLead(found, page))", crumbs: [CommitteeViews.home(page)],
        actions: linkButton(page.t("button.export"), href: csv),
        body: """
            \(complianceFilter(found, asked, page))\(complianceFigures(found, link, page))\
            \(columns(
                list.items.isEmpty
                    ? complianceEmpty(found, link(nil), page) : complianceTable(list, asked, mayCreate: mayCreate, page),
                complianceMap(found, page)))
            """)
}

/// For a viewer without a right over any territory.
func compliancePageWithoutUnit(_ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("committee.compliance"), crumbs: [CommitteeViews.home(page)],
        body: emptyState(
            page, title: page.t("committee.compliance.no_unit"), hint: page.t("committee.compliance.no_unit_hint"),
            action: linkButton(page.t("committee.title"), href: "/committees")))
}

/// "78 of 96 units have a committee."
private func complianceLead(_ found: Compliance, _ page: PageContext) -> String {
    page.t(
        "committee.compliance.lead", count: found.lines.count,
        ["established": page.number(found.established), "day": page.day(found.day)])
}

private func complianceFilter(_ found: Compliance, _ asked: ComplianceRequest, _ page: PageContext) -> HTML {
    let filter = asked.filter
    let any = [Choice("", page.t("activity.any"))]
    let states = ComplianceState.allCases.map { Choice($0.rawValue, page.t("committee.compliance.\($0.rawValue)")) }
    let levels = ComplianceFilter.TerritoryLevel.allCases.filter { $0.level > found.unit.kind.level }.map {
        Choice($0.rawValue, page.t("committee.level.\($0.rawValue)"))
    }
    var programmes = found.programmes
    if !filter.programme.isEmpty, !programmes.contains(filter.programme) { programmes.append(filter.programme) }
    return """
        <form class="filter" method="get" action="/committees/compliance">\
        <input type="hidden" name="unit" value="\(found.unit.uid)">\
        <label>\(page.t("committee.field.state"))\
        \(CommitteeViews.select("state", any + states, filter.state?.rawValue ?? ""))</label>\
        <label>\(page.t("committee.level"))\
        \(CommitteeViews.select("level", [Choice("", page.t("committee.level.direct"))] + levels, filter.levelName))</label>\
        <label>\(page.t("committee.field.programme"))\
        \(CommitteeViews.select("programme", any + programmes.map { Choice($0, $0) }, filter.programme))</label>\
        <label>\(page.t("unit.filter.day"))\(CommitteeViews.dayInput(asked.askedDay, page))</label>\
        <button>\(page.t("button.filter"))</button></form>
        """
}

private func complianceFigures(
    _ found: Compliance, _ link: (ComplianceState?) -> String, _ page: PageContext
) -> HTML {
    keyFigures(
        [
            (
                label: page.t("committee.compliance.all"), value: page.number(found.lines.count), note: "",
                href: link(nil)
            )
        ]
            + ComplianceState.allCases.map { state in
                (
                    label: page.t("committee.compliance.\(state.rawValue)"), value: page.number(found.count(state)),
                    note: "", href: link(state)
                )
            })
}

private func complianceEmpty(_ found: Compliance, _ all: String, _ page: PageContext) -> HTML {
    guard found.lines.isEmpty else {
        return emptyState(
            page, title: page.t("committee.compliance.none_such"), hint: page.t("committee.compliance.none_such_hint"),
            action: linkButton(page.t("committee.compliance.all"), href: all))
    }
    return emptyState(
        page, title: page.t("committee.compliance.no_units"), hint: page.t("committee.compliance.no_units_hint"),
        action: linkButton(page.t("unit.title"), href: "/units"))
}

private func complianceTable(
    _ list: Page<ComplianceLine>, _ asked: ComplianceRequest, mayCreate: Bool, _ page: PageContext
) -> HTML {
    let rows = list.items.map { line -> [HTML] in
        [
            "<a href=\"/units/\(line.uid)\">\(line.name)</a>", ComplianceViews.state(line, page),
            ComplianceViews.missing(line, asked, mayCreate: mayCreate, page),
        ]
    }
    let filter = asked.filter
    let link: (Cursor?) -> String = {
        filter.link("/committees/compliance", state: filter.state, on: asked.askedDay, after: $0)
    }
    return dataTable(
        page, caption: page.t("committee.compliance"),
        columns: [
            Column(page.t("unit.field.name")), Column(page.t("committee.field.state")),
            Column(page.t("committee.compliance.missing")),
        ], rows: rows)
        + pager(
            page, shown: list.items.count, total: list.total, totalIsFloor: false, next: list.next.map(link),
            first: asked.page.after == nil ? nil : link(nil))
}

private func complianceMap(_ found: Compliance, _ page: PageContext) -> HTML {
    let dots = found.lines.compactMap { line -> MapDot? in
        line.place.map { place in
            MapDot(
                latitude: Double(place.latitude) / 1_000_000, longitude: Double(place.longitude) / 1_000_000,
                tone: ComplianceViews.tone(line.state), label: line.name,
                href: line.committee.map { "/committees/\($0)" } ?? "/units/\(line.uid)")
        }
    }
    guard dots.count > 1 else { return .empty }
    let legend = ComplianceState.allCases.map {
        (tone: ComplianceViews.tone($0), text: page.t("committee.compliance.\($0.rawValue)"))
    }
    return card(
        page.t("unit.map"),
        dotMap(page, title: page.t("unit.map.of", ["name": found.unit.name]), dots: dots, legend: legend))
}

enum ComplianceViews {
    static func tone(_ state: ComplianceState) -> Tone {
        switch state {
        case .without: .bad
        case .incomplete: .warn
        case .complete: .good
        }
    }

    static func state(_ line: ComplianceLine, _ page: PageContext) -> HTML {
        let word = badge(tone(line.state), page.t("committee.compliance.\(line.state.rawValue)"))
        guard let committee = line.committee else { return word }
        return "<a href=\"/committees/\(committee)\">\(word)</a>"
    }

    /// What is lacking, or the way to the form where there is no committee yet.
    static func missing(
        _ line: ComplianceLine, _ asked: ComplianceRequest, mayCreate: Bool, _ page: PageContext
    ) -> HTML {
        guard line.committee != nil else {
            let href = URLText.link(
                "/committees/new", ["host": line.uid.text, "programme": asked.filter.programme])
            return mayCreate ? "<a href=\"\(href)\">\(page.t("committee.new"))</a>" : .empty
        }
        return "\(missingText(line, page))"
    }

    static func missingText(_ line: ComplianceLine, _ page: PageContext) -> String {
        line.progress.missing.map { page.t("committee.item.\($0.rawValue)") }.joined(separator: ", ")
    }
}
