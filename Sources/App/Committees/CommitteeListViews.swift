/// The list: filter, table, pager.
func committeeIndex(_ list: CommitteeList, _ asked: CommitteeListRequest, _ page: PageContext) -> HTML {
    let title = list.unit.map { page.t("committee.list.below", ["name": $0.name]) } ?? page.t("committee.title")
    let new = linkButton(page.t("committee.new"), href: "/committees/new", main: true)
    return sitePage(
        page, title: title,
        lead: asked.askedDay.map { "\(page.t("unit.as_of", ["day": page.day($0)]))" } ?? "\(page.t("committee.lead"))",
        actions: """
            \(list.mayCreate ? new : .empty)\
            \(linkButton(page.t("committee.compliance"), href: "/committees/compliance"))\
            \(linkButton(page.t("button.export"), href: asked.filter.link("/committees.csv", on: asked.askedDay)))
            """,
        body: """
            \(committeeFilterForm(asked, page))\
            \(list.page.items.isEmpty ? committeeListEmpty(list, asked, page) : committeeListTable(list, asked, page))
            """)
}

private func committeeFilterForm(_ asked: CommitteeListRequest, _ page: PageContext) -> HTML {
    let levels = [UnitFilter.LevelName.country, .province, .commune].map {
        Choice($0.rawValue, page.t("committee.level.\($0.rawValue)"))
    }
    let states = UnitFilter.State.allCases.map { Choice($0.rawValue, page.t("unit.state.\($0.rawValue)")) }
    let any = [Choice("", page.t("activity.any"))]
    let unit: HTML = asked.filter.unit.map { uid in "<input type=\"hidden\" name=\"unit\" value=\"\(uid)\">" } ?? .empty
    return """
        <form class="filter" method="get" action="/committees" role="search">\(unit)\
        <label>\(page.t("unit.filter.text"))<input type="search" name="q" value="\(asked.filter.text)"></label>\
        <label>\(page.t("committee.level"))\
        \(CommitteeViews.select("level", any + levels, asked.filter.levelName))</label>\
        <label>\(page.t("unit.filter.state"))\
        \(CommitteeViews.select("state", states, asked.filter.state.rawValue))</label>\
        <label>\(page.t("unit.filter.day"))\(CommitteeViews.dayInput(asked.askedDay, page))</label>\
        <button>\(page.t("button.filter"))</button></form>
        """
}

private func committeeListEmpty(_ list: CommitteeList, _ asked: CommitteeListRequest, _ page: PageContext) -> HTML {
    if asked.filter.isNarrow {
        return emptyState(
            page, title: page.t("committee.empty.list"), hint: page.t("committee.empty.list_hint"),
            action: linkButton(page.t("committee.empty.all"), href: "/committees"))
    }
    return emptyState(
        page, title: page.t("committee.empty"), hint: page.t("committee.empty.hint"),
        action: list.mayCreate ? linkButton(page.t("committee.new"), href: "/committees/new") : .empty)
}

private func committeeListTable(_ list: CommitteeList, _ asked: CommitteeListRequest, _ page: PageContext) -> HTML {
    let columns = [
        Column(page.t("committee.field.name")), Column(page.t("committee.field.host")),
        Column(page.t("committee.position.head")), Column(page.t("committee.checklist")),
        Column(page.t("committee.field.programme"), hideOnPhone: true),
    ]
    let rows = list.page.items.map { line -> [HTML] in
        [
            "<a href=\"\(line.row.href)\">\(line.row.name)</a>\(CommitteeViews.ended(line.row, on: asked.day, page))",
            line.row.host.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? .empty,
            line.head.map { CommitteeViews.holder($0, page) } ?? badge(.bad, page.t("committee.no_head")),
            CommitteeViews.progress(line.progress, page), "\(line.row.committee.programme)",
        ]
    }
    let filter = asked.filter
    return dataTable(page, caption: page.t("committee.title"), columns: columns, rows: rows)
        + pager(
            page, shown: list.page.items.count, total: list.page.total, totalIsFloor: list.page.totalIsFloor,
            next: list.page.next.map { filter.link("/committees", on: asked.askedDay, after: $0) },
            first: asked.page.after == nil ? nil : filter.link("/committees", on: asked.askedDay))
}

/// Pieces that several pages of committees share.
enum CommitteeViews {
    static func home(_ page: PageContext) -> Crumb { Crumb(text: page.t("committee.title"), href: "/committees") }

    static func crumbs(_ row: CommitteeRow, _ page: PageContext) -> [Crumb] {
        [home(page), Crumb(text: row.name, href: row.href)]
    }

    static func select(_ name: String, _ choices: [Choice], _ chosen: String) -> HTML {
        let options = choices.map { choice -> HTML in
            let mark: HTML = choice.value == chosen ? " selected" : ""
            return "<option value=\"\(choice.value)\"\(mark)>\(choice.text)</option>"
        }
        return "<select name=\"\(name)\">\(options)</select>"
    }

    static func dayInput(_ day: Day?, _ page: PageContext) -> HTML {
        """
        <input type="text" class="day" inputmode="numeric" name="on" value="\(day.map { page.day($0) } ?? "")" \
        placeholder="\(page.day(page.today))">
        """
    }

    static func ended(_ row: CommitteeRow, on day: Day, _ page: PageContext) -> HTML {
        row.hasEnded(on: day) ? " \(badge(.none, page.t("unit.ended_on", ["day": page.day(row.to)])))" : .empty
    }

    /// Who sits there: the name for whoever may know it, and always the role.
    static func holder(_ row: SeatRow, _ page: PageContext) -> HTML {
        guard let person = row.person else { return "\(row.seat.title)" }
        return "<a href=\"\(person.href)\">\(person.name)</a><span class=\"sub\">\(row.seat.title)</span>"
    }

    /// As text, for choices and sentences.
    static func holderText(_ row: SeatRow, _ page: PageContext) -> String {
        guard let person = row.person else { return row.seat.title }
        return page.t("committee.holder", ["name": person.name, "title": row.seat.title])
    }

    /// "4/5", with the word for whole or not.
    static func progress(_ progress: SetupProgress, _ page: PageContext) -> HTML {
        let count = page.t(
            "committee.progress",
            ["done": page.number(progress.done), "all": page.number(SetupItem.allCases.count)])
        return badge(progress.isWhole ? .good : .warn, count)
    }

    /// The words of a period: since when, and until when if it has an end.
    static func period(_ from: Day, _ to: Day, _ page: PageContext) -> String {
        to == .never
            ? page.t("person.period.open", ["from": page.day(from)])
            : page.t("person.period.closed", ["from": page.day(from), "to": page.day(to)])
    }
}
