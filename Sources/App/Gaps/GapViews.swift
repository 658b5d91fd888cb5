/// The list: figures, filter, what is late first.
func gapIndex(_ list: GapList, _ asked: GapListRequest, _ page: PageContext) -> HTML {
    let title = list.owner.map { page.t("gap.of_unit", ["name": $0]) } ?? page.t("gap.title")
    return sitePage(
        page, title: title, lead: "\(page.t("gap.lead"))",
        actions: """
            \(list.mayCreate ? linkButton(page.t("gap.new"), href: "/gaps/new", main: true) : .empty)\
            \(linkButton(page.t("coverage.title"), href: "/coverage"))\
            \(linkButton(page.t("gap.export"), href: GapViews.link("/gaps.csv", asked, after: nil)))
            """,
        body: """
            \(GapViews.figures(list.counts, asked, page))\(GapViews.filter(asked, page))\
            \(list.page.items.isEmpty ? GapViews.nothing(list, asked, page) : GapViews.table(list.page, asked, page))
            """)
}

/// The page of one gap: what is wanted, why, what it blocks, what was done; for keepers what may be decided.
func gapPage(
    _ detail: GapDetail, _ events: Page<EventRow>, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let row = detail.row
    let edit =
        detail.mayKeep && !row.gap.state.isSettled
        ? linkButton(page.t("gap.edit"), href: "\(row.href)/edit") : HTML.empty
    return sitePage(
        page, title: row.gap.title, lead: GapViews.state(row, page), crumbs: GapViews.crumbs(page), actions: edit,
        body: columns(
            GapViews.why(detail, page) + (detail.mayKeep ? GapViews.decision(detail, typed, problems, page) : .empty),
            GapViews.facts(detail, page))
            + historySection(events.items, page, more: events.next == nil ? nil : "\(row.href)/history"))
}

func gapHistory(_ detail: GapDetail, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("gap.history", ["title": detail.row.gap.title]),
        crumbs: GapViews.crumbs(page) + [Crumb(text: detail.row.gap.title, href: detail.row.href)],
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(detail.row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}

enum GapViews {
    static func crumbs(_ page: PageContext) -> [Crumb] { [Crumb(text: page.t("gap.title"), href: "/gaps")] }

    static func link(_ path: String, _ asked: GapListRequest, after: Cursor?) -> String {
        let filter = asked.filter
        return URLText.link(
            path,
            [
                "state": filter.state == .open ? "" : filter.state.rawValue, "q": filter.text,
                "owner": filter.owner?.text ?? "", "after": after?.text ?? "",
            ])
    }

    /// Of the owner that is asked for, whatever else is; each leads to its rows.
    static func figures(_ counts: GapCounts, _ asked: GapListRequest, _ page: PageContext) -> HTML {
        let all: [(GapFilter.State, Int)] = [
            (.open, counts.open), (.late, counts.late), (.drafting, counts.drafting),
        ]
        return keyFigures(
            all.map { state, count in
                let query: KeyValuePairs = [
                    "state": state == .open ? "" : state.rawValue, "owner": asked.filter.owner?.text ?? "",
                ]
                return (
                    label: page.t("gap.filter.\(state.rawValue)"), value: page.number(count), note: "",
                    href: URLText.link("/gaps", query)
                )
            })
    }

    static func filter(_ asked: GapListRequest, _ page: PageContext) -> HTML {
        let options = GapFilter.State.allCases.map { state -> HTML in
            """
            <option value="\(state.rawValue)"\(state == asked.filter.state ? " selected" : HTML.empty)>\
            \(page.t("gap.filter.\(state.rawValue)"))</option>
            """
        }
        let owner = asked.filter.owner.map { uid -> HTML in "<input type=\"hidden\" name=\"owner\" value=\"\(uid)\">" }
        return """
            <form class="filter" method="get" action="/gaps" role="search">\(owner)\
            <label>\(page.t("gap.filter.text"))<input type="search" name="q" value="\(asked.filter.text)"></label>\
            <label>\(page.t("gap.field.state"))<select name="state">\(options)</select></label>\
            <button>\(page.t("gap.filter.apply"))</button></form>
            """
    }

    static func nothing(_ list: GapList, _ asked: GapListRequest, _ page: PageContext) -> HTML {
        guard asked.filter.isEmpty else {
            return emptyState(
                page, title: page.t("gap.none_found"), hint: page.t("gap.none_found_hint"),
                action: linkButton(page.t("gap.all"), href: "/gaps?state=all"))
        }
        return emptyState(
            page, title: page.t("gap.none"), hint: page.t(list.mayCreate ? "gap.none_hint" : "gap.none_hint_reader"),
            action: list.mayCreate ? linkButton(page.t("gap.new"), href: "/gaps/new") : .empty)
    }

    static func table(_ list: Page<GapRow>, _ asked: GapListRequest, _ page: PageContext) -> HTML {
        let rows = list.items.map { row -> [HTML] in
            let gap = row.gap
            let document = row.document.map { link -> HTML in " <a href=\"\(link.href)\">\(link.name)</a>" }
            return [
                "<a href=\"\(row.href)\">\(gap.title)</a>", "\(page.t(gap.type.nameKey))",
                "<a href=\"\(row.owner.href)\">\(row.owner.name)</a>", "\(page.day(gap.due))",
                "\(state(row, page))\(document)", "\(gap.blocks)",
            ]
        }
        return """
            \(dataTable(
                page, caption: page.t("gap.caption"),
                columns: [
                    Column(page.t("gap.field.title")), Column(page.t("gap.field.type")),
                    Column(page.t("gap.field.owner")), Column(page.t("gap.field.due_on")),
                    Column(page.t("gap.field.state")), Column(page.t("gap.field.blocks"), hideOnPhone: true),
                ], rows: rows))\
            \(pager(
                page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
                next: list.next.map { link("/gaps", asked, after: $0) },
                first: asked.page.after == nil ? nil : link("/gaps", asked, after: nil)))
            """
    }

    /// The state, and by how many days it is late.
    static func state(_ row: GapRow, _ page: PageContext) -> HTML {
        let gap = row.gap
        let word = badge(tone(gap.state), page.t("gap.state.\(gap.state.rawValue)"))
        guard let days = gap.daysLate(on: page.today) else { return word }
        return "\(word) \(badge(.bad, page.t("gap.days_late", count: days)))"
    }

    private static func tone(_ state: Gap.State) -> Tone {
        switch state {
        case .open: .warn
        case .drafting: .accent
        case .closed: .good
        case .dropped: .none
        }
    }

    static func facts(_ detail: GapDetail, _ page: PageContext) -> HTML {
        let gap = detail.row.gap
        var rows: [(label: String, value: HTML)] = [
            (page.t("gap.field.type"), "\(page.t(gap.type.nameKey))"),
            (page.t("gap.field.owner"), "<a href=\"\(detail.row.owner.href)\">\(detail.row.owner.name)</a>"),
        ]
        if let office = detail.office {
            rows.append((page.t("gap.field.office"), "\(office.name)"))
        }
        rows.append((page.t("gap.field.due_on"), "\(page.day(gap.due))"))
        if let link = detail.row.document {
            rows.append((page.t("gap.field.document"), "<a href=\"\(link.href)\">\(link.name)</a>"))
        }
        if gap.settledOn != .never { rows.append((page.t("gap.field.settled_on"), "\(page.day(gap.settledOn))")) }
        if !gap.settlement.isEmpty {
            rows.append((page.t("gap.field.settlement"), cited(gap.settlement, detail.cited)))
        }
        return card(page.t("gap.facts"), App.facts(rows))
    }

    static func why(_ detail: GapDetail, _ page: PageContext) -> HTML {
        let gap = detail.row.gap
        var rows: [(label: String, value: HTML)] = []
        if let basis = detail.basis {
            let place = gap.paragraph.isEmpty ? "" : page.t("gap.paragraph", ["label": gap.paragraph])
            rows.append((page.t("gap.field.basis"), "<a href=\"\(basis.href)\">\(basis.name)</a> \(place)"))
        } else if detail.hasHiddenBasis {
            rows.append((page.t("gap.field.basis"), "\(page.t("document.hidden"))"))
        }
        if !gap.reason.isEmpty { rows.append((page.t("gap.field.reason"), cited(gap.reason, detail.cited))) }
        if !gap.blocks.isEmpty { rows.append((page.t("gap.field.blocks"), cited(gap.blocks, detail.cited))) }
        let blocked =
            detail.blockedUnits.map { unit -> HTML in "<li><a href=\"\(unit.href)\">\(unit.name)</a></li>" }
            + detail.blockedDocuments.map { paper -> HTML in "<li><a href=\"\(paper.href)\">\(paper.name)</a></li>" }
            + detail.blockedTasks.map { row -> HTML in
                let status = TaskWords.short(row.task, row.status(on: page.today), page)
                return "<li><a href=\"\(row.href)\">\(row.task.title)</a><span class=\"sub\">\(status)</span></li>"
            }
        if !blocked.isEmpty {
            rows.append((page.t("gap.field.blocked"), "<ul class=\"plain-list\">\(blocked)</ul>"))
        }
        guard !rows.isEmpty else {
            return card(page.t("gap.why"), "<p>\(page.t("gap.why_none"))</p>")
        }
        return card(page.t("gap.why"), App.facts(rows))
    }

    static func decision(_ detail: GapDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
        let form = FormView(page, values: typed, problems: problems)
        let names: [GapDecision.Name]
        switch detail.row.gap.state {
        case .open: names = [.draft, .close, .drop]
        case .drafting: names = [.close, .draft, .drop, .reopen]
        case .closed, .dropped: names = [.reopen]
        }
        let needsDocument = names.contains(.close)
        let document: HTML =
            needsDocument
            ? form.text(
                "document", label: page.t("gap.field.document"), help: page.t("gap.help.document"), required: false,
                maxLength: 300)
            : .empty
        return card(
            page.t("gap.decide"),
            form.form(
                action: "\(detail.row.href)/decisions", submit: page.t("gap.decide"),
                """
                \(form.hidden("version", typed["version"]))\
                \(form.select(
                    "decision", label: page.t("gap.field.decision"),
                    choices: names.map { Choice($0.rawValue, page.t("gap.decision.\($0.rawValue)")) }))\(document)\
                \(form.text(
                    "reason", label: page.t("requirement.field.reason"), help: page.t("gap.help.reason"), required: false,
                    maxLength: 1_000))
                """))
    }
}
