/// The acts one by one, the newest first.
func leaderActsPage(_ acts: LeaderActs, after: Cursor?, _ page: PageContext) -> HTML {
    let uid = acts.unit.uid, below = acts.counted.below
    let back = URLText.link("/leader", ["unit": uid.text, "below": below.rawValue, "since": acts.since.text])
    func link(after: Cursor? = nil) -> String {
        LeaderActsRequest.link(uid, acts.act, by: below, since: acts.since, after: after)
    }
    return sitePage(
        page, title: page.t("leader.acts.title", ["name": acts.unit.name]),
        lead: "\(page.t("leader.changes", ["day": page.day(acts.since)]))",
        crumbs: [Crumb(text: page.t("leader.title", ["name": acts.unit.name]), href: back)],
        body: """
            \(CountedBelowViews.said(acts.counted, page))\(LeaderActsViews.tabs(acts, page))\
            \(LeaderActsViews.table(acts, page))\
            \(pager(
                page, shown: acts.page.items.count, total: acts.page.total, totalIsFloor: false,
                next: acts.page.next.map { link(after: $0) }, first: after == nil ? nil : link()))
            """)
}

enum LeaderActsViews {
    /// Each kind that there is.
    static func tabs(_ acts: LeaderActs, _ page: PageContext) -> HTML {
        func tab(_ act: TaskWorkflow.Act?, _ word: String) -> HTML {
            let mark: HTML = act == acts.act ? " aria-current=\"true\"" : .empty
            let href = LeaderActsRequest.link(acts.unit.uid, act, by: acts.counted.below, since: acts.since)
            return "<li><a href=\"\(href)\"\(mark)>\(word)</a></li>"
        }
        let kinds = TaskWorkflow.Act.counted.filter { acts.counts[$0, default: 0] > 0 || $0 == acts.act }
        let links = kinds.map { tab($0, page.t("leader.act.\($0.rawValue)")) }
        return """
            <nav class="tabs" aria-label="\(page.t("leader.acts.kinds"))"><ul>\(tab(nil, page.t("leader.acts.all")))\
            \(links)</ul></nav>
            """
    }

    static func table(_ acts: LeaderActs, _ page: PageContext) -> HTML {
        guard !acts.page.items.isEmpty else { return "<p>\(page.t("leader.changes.none"))</p>" }
        let rows = acts.page.items.map { done -> [HTML] in
            let text: HTML = done.text.isEmpty ? .empty : "<span class=\"sub\">\(done.text)</span>"
            let unit: HTML =
                done.isUnitKnown
                ? "<a href=\"\(done.leadUnit.href)\">\(done.leadUnit.name)</a>" : "\(done.leadUnit.name)"
            return [
                "<a href=\"\(done.href)\">\(done.title)</a>\(text)", "\(page.t("leader.act.\(done.act.rawValue)"))",
                unit, "\(done.actor)", "\(page.moment(done.at))",
            ]
        }
        return dataTable(
            page, caption: page.t("leader.acts.caption"),
            columns: [
                Column(page.t("task.field.title")), Column(page.t("leader.acts.act")),
                Column(page.t("task.field.lead_unit")), Column(page.t("leader.acts.actor")),
                Column(page.t("leader.acts.at")),
            ], rows: rows)
    }
}
