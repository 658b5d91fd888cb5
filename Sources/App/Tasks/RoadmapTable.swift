extension TaskRoadmapViews {
    /// Rows in groups under one axis, and what the marks mean.
    static func picture(_ roadmap: TaskRoadmap, _ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        let caption = page.t(
            "roadmap.caption", ["from": page.day(asked.span.firstDay), "to": page.day(asked.span.lastDay)])
        let heads = ["task.field.title", "task.field.schedule"].map { key -> HTML in
            "<th scope=\"col\">\(page.t(key))</th>"
        }
        let groups = roadmap.groups.map { group($0, asked, page) }
        let cut: HTML =
            roadmap.isCut
            ? notice(.accent, "\(page.t("roadmap.cut", ["shown": page.number(TaskRoadmap.shown)]))") : .empty
        return """
            \(cut)\(legend(page))<table class="data roadmap"><caption>\(caption)</caption><thead><tr>\(heads)\
            <th scope="col"><span class="unseen">\(page.t("roadmap.bar"))</span>\
            \(RoadmapGrid(span: asked.span, page: page).axis)</th></tr></thead>\(groups)</table>
            """
    }

    private static func group(
        _ group: TaskRoadmap.Group, _ asked: TaskRoadmapRequest, _ page: PageContext
    ) -> HTML {
        let rows = group.tasks.map { row($0, asked, page) }
        return """
            <tbody><tr class="group"><th colspan="3" scope="rowgroup">\(heading(group.heading, asked, page)) \
            <span class="when">\(page.t("roadmap.tasks", count: group.tasks.count))</span></th></tr>\(rows)</tbody>
            """
    }

    private static func heading(
        _ heading: TaskRoadmap.Heading, _ asked: TaskRoadmapRequest, _ page: PageContext
    ) -> HTML {
        switch heading {
        case .pillar(let pillar): "\(pillar.name(in: page.language))"
        case .document(let row): "<a href=\"\(row.href)\">\(row.name)</a>"
        case .unit(let unit): "<a href=\"\(unit.href)\">\(unit.name)</a>"
        case .none: "\(page.t("roadmap.without.\(asked.grouping.rawValue)"))"
        }
    }

    private static func row(_ row: TaskRow, _ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        let task = row.task, status = row.status(on: page.today)
        let bar = RoadmapBar(task: task, status: status, span: asked.span, today: page.today)
        let unit: HTML =
            asked.grouping == .unit ? .empty : "<span class=\"sub\">\(clipped(row.leadUnit.name, 60))</span>"
        let mark: HTML = task.isKey ? "\(badge(.accent, page.t("task.key"))) " : .empty
        return """
            <tr><th scope="row">\(mark)<a href="\(row.href)">\(clipped(task.title, 110))</a>\(unit)</th>\
            <td>\(TaskWords.schedule(task, status, page))<span class="sub">\(said(task, status, page))</span>\
            <span class="sub">\(days(task, status, page))</span></td>\
            <td><a href="\(row.href)" tabindex="-1" aria-hidden="true">\(bar.html)</a></td></tr>
            """
    }

    /// From when to when, and until when it was first meant to last.
    private static func days(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> String {
        let days = page.t("roadmap.days", ["from": page.day(task.start), "to": page.day(task.due)])
        return [days, TaskWords.original(task, status, page)].compactMap(\.self).joined(separator: "; ")
    }

    /// What the unit says and what somebody else has found, beside what the schedule says.
    private static func said(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> String {
        "\(TaskWords.declared(task, status, page)) · \(page.t("task.verification.\(status.verified.name)"))"
    }

    private static func legend(_ page: PageContext) -> HTML {
        let tones: [Tone] = [.accent, .warn, .bad, .good, .none]
        let words = tones.map { "<li>\(badge($0, page.t("roadmap.tone.\($0.rawValue)")))</li>" as HTML }
        return """
            <ul class="legend roadmap-key">\(words)\
            <li><svg width="44" height="14" aria-hidden="true"><rect x="1" y="1" width="42" height="12" rx="3"/>\
            <rect class="done" x="1" y="1" width="22" height="12" rx="3"/></svg>\(page.t("roadmap.key.done"))</li>\
            <li><svg width="28" height="14" aria-hidden="true"><line class="late bad" y1="7" x2="28" y2="7"/></svg>\
            \(page.t("roadmap.key.late"))</li>\
            <li><svg width="10" height="14" aria-hidden="true"><path class="first" d="M5 0v14"/></svg>\
            \(page.t("roadmap.key.first"))</li>\
            <li><svg width="10" height="14" aria-hidden="true"><line class="today" x1="5" x2="5" y2="14"/></svg>\
            \(page.t("roadmap.key.today", ["day": page.day(page.today)]))</li></ul>
            """
    }
}
