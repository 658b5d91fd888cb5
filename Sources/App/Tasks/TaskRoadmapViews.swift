/// Tasks over time. One table is picture and text in one: each row says in words what its bar shows, so that the bars
/// need no second table, and on a phone each bar stands below its task at full width.
func taskRoadmap(_ roadmap: TaskRoadmap, _ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
    let title =
        roadmap.names.title(page).map { page.t("roadmap.of", ["name": $0]) } ?? page.t("roadmap.title")
    let list = linkButton(page.t("roadmap.list"), href: asked.filter.href())
    return sitePage(
        page, title: title, lead: "\(page.t("roadmap.lead"))", crumbs: TaskViews.crumbs(page), actions: list,
        body: """
            \(TaskRoadmapViews.choices(asked, page))\(TaskRoadmapViews.filterForm(roadmap, asked, page))\
            \(roadmap.groups.isEmpty
                ? TaskRoadmapViews.nothing(asked, page) : TaskRoadmapViews.picture(roadmap, asked, page))\
            \(TaskRoadmapViews.undated(roadmap, asked, page))
            """)
}

enum TaskRoadmapViews {
    /// Earlier and later, by quarter or by year, and what the groups are made of: one press each.
    static func choices(_ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        let span = asked.span
        let scales = RoadmapSpan.Scale.allCases.map { scale -> HTML in
            let other = scale == span.scale ? span : RoadmapSpan(scale, around: page.today)
            return tab(page.t("roadmap.scale.\(scale.rawValue)"), asked.link(other), isOn: scale == span.scale)
        }
        let groupings = TaskRoadmap.Grouping.allCases.map { grouping -> HTML in
            tab(
                page.t("roadmap.group.\(grouping.rawValue)"), asked.link(span, grouping),
                isOn: grouping == asked.grouping)
        }
        let now = RoadmapSpan(span.scale, around: page.today)
        let today: HTML = now == span ? .empty : linkButton(page.t("roadmap.today"), href: asked.link(now))
        return """
            <div class="tabs two"><nav aria-label="\(page.t("roadmap.scale"))"><ul>\(scales)</ul></nav>\
            <nav aria-label="\(page.t("roadmap.group"))"><ul>\(groupings)</ul></nav></div>\
            <nav class="pager" aria-label="\(page.t("roadmap.time"))">\
            \(linkButton(page.t("roadmap.earlier"), href: asked.link(span.earlier)))\
            <b>\(page.t("roadmap.from_to", ["from": page.day(span.firstDay), "to": page.day(span.lastDay)]))</b>\
            \(linkButton(page.t("roadmap.later"), href: asked.link(span.later)))\(today)</nav>
            """
    }

    private static func tab(_ word: String, _ href: String, isOn: Bool) -> HTML {
        "<li><a href=\"\(href)\"\(isOn ? " aria-current=\"true\"" : HTML.empty)>\(word)</a></li>"
    }

    static func filterForm(_ roadmap: TaskRoadmap, _ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        let filter = asked.filter
        let form = FormView(page, values: Fields(raw: filter.query))
        let any = [Choice("", page.t("task.filter.any"))]
        let pillars = roadmap.fields.filter { $0.family == .pillar }.map {
            Choice($0.code, $0.name(in: page.language))
        }
        let states = TaskWorkflow.State.allCases.filter { $0 != .draft }.map {
            Choice($0.rawValue, page.t("task.state.\($0.rawValue)"))
        }
        let asIs = [
            "person", "parent", "schedule", "period", "due_from", "due_to", "field", "tag", "mine", "led", "below",
            "coordinated", "directed",
            "verifying", "waiting",
        ]
        var kept = asIs.map { ($0, filter.query[$0] ?? "") }
        if !filter.saysWhich { kept.append(("which", filter.query["which"] ?? "")) }
        kept += [("scale", asked.span.scale.rawValue), ("from", asked.span.from), ("group", asked.grouping.rawValue)]
        let hidden = kept.filter { !$0.1.isEmpty }.map { form.hidden($0.0, $0.1) }
        let document = form.document(
            "document", label: page.t("task.field.document"), chosen: roadmap.names.document, required: false,
            help: page.t("gap.help.basis"))
        // Folded away until it is used, so that the picture stands near the top, on a phone too.
        let isUsed =
            !(filter.text + filter.pillar).isEmpty || filter.unit != nil || filter.document != nil
            || filter.state != nil || filter.isKey
        return """
            <details class="fold"\(isUsed ? " open" : HTML.empty)><summary>\(page.t("task.filter"))</summary>\
            <form class="filters" method="get" action="/tasks/roadmap" role="search">\(hidden)\
            \(form.text("q", label: page.t("task.filter.text"), required: false, type: "search"))\
            \(form.unit("unit", label: page.t("task.filter.unit"), chosen: roadmap.names.unit, required: false))\
            \(document)\
            \(form.select("pillar", label: page.t("task.field.pillar"), choices: any + pillars, required: false))\
            \(form.select("state", label: page.t("task.field.state"), choices: any + states, required: false))\
            \(form.checkbox("key", label: page.t("task.filter.key")))\
            <button>\(page.t("task.filter.apply"))</button></form></details>
            """
    }

    static func nothing(_ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        emptyState(
            page, title: page.t("roadmap.none"), hint: page.t("roadmap.none_hint"),
            action: linkButton(page.t("roadmap.all"), href: "/tasks/roadmap"))
    }

    static func undated(_ roadmap: TaskRoadmap, _ asked: TaskRoadmapRequest, _ page: PageContext) -> HTML {
        guard !roadmap.undated.isEmpty else { return .empty }
        let lines = roadmap.undated.map { row -> HTML in
            """
            <li><a href="\(row.href)">\(row.task.title)</a><span class="sub">\
            \(row.task.deadline.map { TaskWords.deadline($0, page) } ?? "") · \(row.leadUnit.name)</span></li>
            """
        }
        var filter = asked.filter
        filter.schedule = .undated
        let more: HTML =
            roadmap.hasMoreUndated
            ? "<p><a href=\"\(filter.href())\">\(page.t("roadmap.undated.all"))</a></p>"
            : .empty
        return card(page.t("roadmap.undated"), "<ul class=\"plain-list\">\(lines)</ul>\(more)")
    }
}
