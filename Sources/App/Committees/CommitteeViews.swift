/// The page of one committee: who sits in it, who works for it, what it still lacks, its rules, its history.
func committeePage(_ detail: CommitteeDetail, _ events: Page<EventRow>, on asked: Day?, _ page: PageContext) -> HTML {
    let row = detail.row
    let host: HTML = row.host.map { host in " · <a href=\"\(host.href)\">\(host.name)</a>" } ?? .empty
    return sitePage(
        page, title: row.name,
        lead: "\(row.committee.programme)\(host)\(CommitteeViews.ended(row, on: page.today, page))",
        crumbs: [CommitteeViews.home(page)], actions: committeeActions(detail, page),
        body: """
            \(committeeAsOf(detail, asked, page))\(committeeWarnings(detail, page))\
            \(seatsNow(detail, page))\(seatsOther(detail, page))\
            \(columns(
                checklistCard(detail, page) + organsCard(detail, page) + portfolioCard(detail, page),
                rulesCard(detail, page) + committeeFacts(detail, page)))\
            \(historySection(events.items, page, more: events.next == nil ? nil : "\(row.href)/history"))
            """)
}

private func committeeActions(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let path = detail.row.href
    var buttons = HTML.empty
    if detail.rights.mayConsolidate {
        buttons += linkButton(page.t("committee.consolidate"), href: "\(path)/consolidations/new", main: true)
    }
    if detail.rights.mayKeep { buttons += linkButton(page.t("committee.add_seat"), href: "\(path)/seats/new") }
    return buttons + linkButton(page.t("portfolio.title"), href: "\(path)/portfolio")
}

private func committeeAsOf(_ detail: CommitteeDetail, _ asked: Day?, _ page: PageContext) -> HTML {
    let form: HTML = """
        <form class="filter" method="get" action="\(detail.row.href)"><label>\(page.t("unit.filter.day"))\
        \(CommitteeViews.dayInput(asked, page))</label><button>\(page.t("unit.filter.look"))</button></form>
        """
    guard asked != nil else { return form }
    let words = page.t("unit.as_of", ["day": page.day(detail.day)])
    return notice(.accent, "\(words) <a href=\"\(detail.row.href)\">\(page.t("unit.as_of_today"))</a>") + form
}

/// What somebody must do: a head is missing, a member has left.
private func committeeWarnings(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    var warnings = HTML.empty
    let act: HTML =
        detail.rights.mayConsolidate
        ? " <a href=\"\(detail.row.href)/consolidations/new\">\(page.t("committee.consolidate"))</a>" : .empty
    if detail.head == nil { warnings += notice(.bad, "\(page.t("committee.no_head.text"))\(act)") }
    if !detail.left.isEmpty {
        let names = detail.left.map { CommitteeViews.holderText($0, page) }.joined(separator: "; ")
        let words = page.t("committee.left.text", count: detail.left.count, ["names": names])
        warnings += notice(.warn, "\(words)\(act)")
    }
    if detail.leavesNobodyToExtend {
        warnings += RulesNotes.nobodyExtends(detail.row, mayKeep: detail.rights.mayKeep, page)
    }
    return warnings
}

/// Where a statement was taken from, word for word.
func quoteNote(_ source: CommitteeSource, _ page: PageContext) -> HTML {
    guard !source.isOwn else { return .empty }
    let words = page.t("committee.source", ["article": source.article])
    let quote: HTML = source.quote.isEmpty ? .empty : " \(quoted(source.quote, from: source.article, page))"
    return "<span class=\"sub\">\(words)\(quote)</span>"
}

private func checklistCard(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let path = detail.row.href
    let rows = detail.checklist.map { line -> [HTML] in
        let add: HTML
        switch line.item {
        case .supportTeam: add = "\(path)/organs/new?kind=\(OrganKind.supportTeam.rawValue)"
        case .regulation: add = "\(path)/rules/new"
        default: add = "\(path)/papers/new?item=\(line.item.rawValue)"
        }
        let isUnstated = line.item == .regulation && line.state == .done && detail.hasUnstatedRules
        let act: HTML =
            detail.rights.mayKeep && (line.state != .done || isUnstated)
            ? " <a href=\"\(add)\">\(page.t("committee.state_it"))</a>" : .empty
        let note: HTML = isUnstated ? unstatedNote(page) : .empty
        let state = badge(CommitteeChecklistViews.tone(line.state), page.t("committee.setup.\(line.state.rawValue)"))
        let day: HTML = line.day.map { "<span class=\"sub\">\(page.day($0))</span>" } ?? .empty
        return [
            "\(page.t("committee.item.\(line.item.rawValue)"))", "\(state)\(act)",
            "\(checklistPaper(line, detail))\(day)\(note)",
        ]
    }
    let table = dataTable(
        page, caption: page.t("committee.checklist"),
        columns: [
            Column(page.t("committee.field.item")), Column(page.t("committee.field.state")),
            Column(page.t("committee.field.on_paper")),
        ], rows: rows)
    return card(
        page.t("committee.checklist"),
        "<p>\(CommitteeViews.progress(detail.progress, page))</p>\(table)\(paperList(detail, page))")
}

/// The paper is there, and what it lays down is not: the card of the rules says the same.
private func unstatedNote(_ page: PageContext) -> HTML {
    "<span class=\"sub\">\(page.t("portfolio.rules.unstated_state"))</span>"
}

/// The support team leads to its unit, a paper to the registry.
private func checklistPaper(_ line: SetupLine, _ detail: CommitteeDetail) -> HTML {
    line.unit.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? cited(line.reference, detail.cited)
}

/// Every paper with its period, for whoever wants to see more than what is in force.
private func paperList(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let lines = detail.papers.filter { $0.from < $0.to }.map { paper -> HTML in
        let end: HTML =
            detail.rights.mayKeep && paper.to > page.today
            ? " <a href=\"\(detail.row.href)/papers/\(paper.uid)/end\">\(page.t("committee.end_paper"))</a>" : .empty
        return """
            <li>\(page.t("committee.item.\(paper.item.rawValue)")): \(cited(paper.reference, detail.cited))\
            <span class="sub">\(CommitteeViews.period(paper.from, paper.to, page))\(end)</span>\
            \(quoteNote(paper.source, page))</li>
            """
    }
    let add: HTML =
        detail.rights.mayKeep
        ? "<p class=\"actions\">\(linkButton(page.t("committee.add_paper"), href: "\(detail.row.href)/papers/new"))</p>"
        : .empty
    guard !lines.isEmpty else { return add }
    return """
        <details><summary>\(page.t("committee.papers"))</summary><ul class="plain-list">\(lines)</ul></details>\(add)
        """
}

private func organsCard(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let path = detail.row.href
    let lines = detail.organs.filter { $0.organ.from < $0.organ.to }.map { row -> HTML in
        let organ = row.organ
        let unit: HTML = row.unit.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? "\(page.t("unit.parent_hidden"))"
        let end: HTML =
            detail.rights.mayKeep && organ.to > page.today
            ? " <a href=\"\(path)/organs/\(organ.uid)/end\">\(page.t("committee.end_organ"))</a>" : .empty
        let past: HTML = organ.works(on: detail.day) ? .empty : " \(PersonPage.state(page, organ.from, organ.to))"
        return """
            <li>\(page.t("committee.organ.\(organ.kind.rawValue)")): \(unit)\(past)\
            <span class="sub">\(CommitteeViews.period(organ.from, organ.to, page)) · \
            \(cited(organ.decision, detail.cited))\(end)</span>\
            \(quoteNote(organ.source, page))</li>
            """
    }
    let add: HTML =
        detail.rights.mayKeep
        ? "<p class=\"actions\">\(linkButton(page.t("committee.add_organ"), href: "\(path)/organs/new"))</p>" : .empty
    let list: HTML =
        lines.isEmpty
        ? emptyState(page, title: page.t("committee.organs.none"), hint: page.t("committee.organs.none_hint"))
        : "<ul class=\"plain-list\">\(lines)</ul>"
    return card(page.t("committee.organs"), list + add)
}

private func committeeFacts(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let row = detail.row
    var lines: [(label: String, value: HTML)] = [
        (page.t("committee.field.programme"), cited(row.committee.programme, detail.cited)),
        (page.t("committee.field.unit"), "<a href=\"/units/\(row.unitUID)\">\(row.name)</a>"),
        (page.t("person.period"), "\(CommitteeViews.period(row.from, row.to, page))"),
        (page.t("unit.field.secrecy"), "\(page.t("secrecy.\(row.secrecy.name)"))"),
    ]
    if !row.committee.source.isOwn {
        lines.append((page.t("committee.field.article"), quoteNote(row.committee.source, page)))
    }
    return card(page.t("unit.facts"), facts(lines))
}

func committeeHistory(_ row: CommitteeRow, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("unit.history", ["name": row.name]), crumbs: CommitteeViews.crumbs(row, page),
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}

enum CommitteeChecklistViews {
    static func tone(_ state: SetupLine.State) -> Tone {
        switch state {
        case .done: .good
        case .coming: .accent
        case .lapsed: .warn
        case .missing: .bad
        }
    }
}
