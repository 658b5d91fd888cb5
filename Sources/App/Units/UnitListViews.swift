/// The list: counts by kind, filter, table, pager.
func unitIndex(_ list: UnitList, _ asked: UnitListRequest, _ page: PageContext) -> HTML {
    let links = UnitListLinks(asked)
    let title = list.parent.map { page.t("unit.list.below", ["name": $0.name]) } ?? page.t("unit.title")
    return sitePage(
        page, title: title, lead: unitListLead(list, asked, page),
        actions: """
            \(list.mayCreate ? linkButton(page.t("unit.new"), href: "/units/new", main: true) : .empty)\
            \(linkButton(page.t("unit.tree"), href: "/units/tree"))\(linkButton(page.t("unit.map"), href: "/units/map"))\
            \(linkButton(page.t("unit.export"), href: links.export))
            """,
        body: """
            \(asked.isWhole ? unitKindFigures(list, page) : .empty)\(unitFilterForm(asked, page))\
            \(list.page.items.isEmpty ? unitListEmpty(list, page) : unitListTable(list.page, asked, links, page))
            """)
}

private func unitListLead(_ list: UnitList, _ asked: UnitListRequest, _ page: PageContext) -> HTML {
    asked.askedDay.map { "\(page.t("unit.as_of", ["day": page.day($0)]))" } ?? "\(page.t("unit.lead"))"
}

private func unitKindFigures(_ list: UnitList, _ page: PageContext) -> HTML {
    let shown = list.counts.filter { $0.kind != .country && $0.kind.isTerritory }.prefix(6)
    guard !shown.isEmpty else { return .empty }
    return keyFigures(
        shown.map { entry in
            (
                label: page.t("unit.figure.\(entry.kind.rawValue)", count: entry.count),
                value: page.number(entry.count), note: "",
                href: URLText.link("/units", ["kind": entry.kind.rawValue])
            )
        })
}

private func unitFilterForm(_ asked: UnitListRequest, _ page: PageContext) -> HTML {
    let kinds = UnitKind.allCases.map { Choice($0.rawValue, page.t("unit.kind.\($0.rawValue)")) }
    let states = UnitFilter.State.allCases.map { Choice($0.rawValue, page.t("unit.state.\($0.rawValue)")) }
    let below = asked.filter.parent.map { uid -> HTML in
        """
        <input type="hidden" name="parent" value="\(uid)">\
        \(asked.filter.isDeep ? "<input type=\"hidden\" name=\"deep\" value=\"1\">" : HTML.empty)
        """
    }
    return """
        <form class="filter" method="get" action="/units" role="search">\(below)\
        <label>\(page.t("unit.filter.text"))<input type="search" name="q" value="\(asked.filter.text)"></label>\
        <label>\(page.t("unit.field.kind"))\(filterSelect("kind", kinds, asked.filter.kind?.rawValue ?? "", page))</label>\
        <label>\(page.t("unit.filter.state"))\(filterSelect("state", states, asked.filter.state.rawValue, page))</label>\
        <label>\(page.t("unit.filter.day"))<input type="text" class="day" inputmode="numeric" name="on" \
        value="\(asked.askedDay.map { page.day($0) } ?? "")" placeholder="\(page.day(page.today))"></label>\
        <button>\(page.t("unit.filter.apply"))</button></form>
        """
}

private func filterSelect(_ name: String, _ choices: [Choice], _ chosen: String, _ page: PageContext) -> HTML {
    let any: HTML = name == "kind" ? "<option value=\"\">\(page.t("unit.filter.any"))</option>" : .empty
    let options = choices.map { choice -> HTML in
        "<option value=\"\(choice.value)\"\(choice.value == chosen ? " selected" : HTML.empty)>\(choice.text)</option>"
    }
    return "<select name=\"\(name)\">\(any)\(options)</select>"
}

private func unitListEmpty(_ list: UnitList, _ page: PageContext) -> HTML {
    let isNew = list.counts.isEmpty
    return emptyState(
        page, title: page.t(isNew ? "unit.empty.registry" : "unit.empty.list"),
        hint: page.t(isNew ? "unit.empty.registry_hint" : "unit.empty.list_hint"),
        action: isNew ? .empty : linkButton(page.t("unit.empty.all"), href: "/units"))
}

private func unitListTable(
    _ list: Page<UnitRow>, _ asked: UnitListRequest, _ links: UnitListLinks, _ page: PageContext
) -> HTML {
    let sorting = Sorting(
        key: asked.filter.order.rawValue, descending: asked.filter.isDescending, link: links.sorted)
    return """
        \(unitTable(list.items, on: asked.day, caption: page.t("unit.list.caption"), sorting: sorting, page))\
        \(pager(
            page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
            next: list.next.map(links.next), first: asked.page.after == nil ? nil : links.first))
        """
}

/// Units under their heads; the list and the children of a page look the same.
func unitTable(
    _ rows: [UnitRow], on day: Day, caption: String, sorting: Sorting? = nil, showsParent: Bool = true,
    _ page: PageContext
) -> HTML {
    var columns = [
        Column(page.t("unit.field.name"), sortKey: UnitFilter.Order.name.rawValue),
        Column(page.t("unit.field.kind"), sortKey: UnitFilter.Order.level.rawValue),
        Column(page.t("unit.field.code")),
    ]
    if showsParent { columns.append(Column(page.t("unit.field.parent"))) }
    columns.append(Column(page.t("unit.field.from"), sortKey: UnitFilter.Order.from.rawValue, hideOnPhone: true))
    let cells = rows.map { row -> [HTML] in
        var cells: [HTML] = [
            "<a href=\"/units/\(row.uid)\">\(row.name)</a>\(endedBadge(row, on: day, page))",
            "\(page.t("unit.kind.\(row.kind.rawValue)"))", "\(row.code ?? "")",
        ]
        if showsParent { cells.append(row.parent.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? .empty) }
        cells.append("\(page.day(row.unit.from))")
        return cells
    }
    return dataTable(page, caption: caption, columns: columns, rows: cells, sorting: sorting)
}

func endedBadge(_ row: UnitRow, on day: Day, _ page: PageContext) -> HTML {
    guard row.hasEnded(on: day) else { return .empty }
    return " \(badge(.none, page.t("unit.ended_on", ["day": page.day(row.unit.to)])))"
}

/// Addresses of the same list ordered otherwise, or further on.
struct UnitListLinks {
    private let filter: UnitFilter
    private let day: Day?

    init(_ asked: UnitListRequest) {
        filter = asked.filter
        day = asked.askedDay
    }

    var first: String { link("/units", filter.order.rawValue, filter.isDescending, after: nil) }
    var export: String { link("/units.csv", filter.order.rawValue, filter.isDescending, after: nil) }
    func next(_ cursor: Cursor) -> String {
        link("/units", filter.order.rawValue, filter.isDescending, after: cursor)
    }
    func sorted(_ key: String, _ descending: Bool) -> String { link("/units", key, descending, after: nil) }

    private func link(_ path: String, _ order: String, _ isDescending: Bool, after: Cursor?) -> String {
        URLText.link(
            path,
            [
                "q": filter.text, "kind": filter.kind?.rawValue ?? "", "parent": filter.parent?.text ?? "",
                "deep": filter.isDeep ? "1" : "",
                "hierarchy": filter.hierarchy == .territory ? "" : filter.hierarchy.rawValue,
                "state": filter.state == .live ? "" : filter.state.rawValue, "on": day?.text ?? "",
                "sort": order == UnitFilter.standardOrder(filter.text).rawValue ? "" : order,
                "desc": isDescending ? "1" : "",
                "after": after?.text ?? "",
            ])
    }
}
