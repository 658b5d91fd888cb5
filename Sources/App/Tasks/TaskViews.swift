/// The page of one task: the three answers, what is clear, what is to be done now, how it came to this.
func taskPage(
    _ detail: TaskDetail, _ events: Page<EventRow>, _ page: PageContext, problems: [Problem] = []
) -> HTML {
    let row = detail.row, task = row.task
    let parent = detail.parent.map { [Crumb(text: $0.task.title, href: $0.href)] } ?? []
    return sitePage(
        page, title: task.title, lead: TaskWords.three(task, detail.status(on: page.today), page),
        crumbs: TaskViews.crumbs(page) + parent, actions: TaskViews.actions(detail, page),
        body: """
            \(TaskViews.refusal(problems, of: detail, page))\(TaskViews.unproven(detail, page))\(TaskViews.vacant(detail, page))\
            \(TaskViews.points(detail, page))\
            \(columns(
                (problems.isEmpty ? TaskViews.gate(detail, page) : .empty) + TaskViews.about(detail, page) + TaskViews.products(detail, page)
                    + TaskViews.reports(detail, page),
                TaskViews.facts(detail, page) + taskFileCard(detail, page) + TaskViews.extensions(detail, page)
                    + taskAssignmentCard(detail, page)))\
            \(TaskPartsViews.card(detail, page))\
            \(historySection(events.items, page, more: events.next == nil ? nil : "\(row.href)/history"))
            """)
}

func taskHistory(_ detail: TaskDetail, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("task.history", ["title": detail.row.task.title]),
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(detail.row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}

enum TaskViews {
    static func crumbs(_ page: PageContext) -> [Crumb] { [Crumb(text: page.t("task.title"), href: "/tasks")] }

    /// What this viewer can do now, the usual next step first.
    static func actions(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let task = detail.row.task
        var buttons = decision(detail, page)
        for (index, act) in detail.acts.enumerated() {
            buttons += button(act, detail, isMain: index == 0 && act.leadsOn && buttons.isEmpty, page)
        }
        if detail.rights.directs, task.workflow.isChangeable {
            buttons += linkButton(page.t("task.edit"), href: "\(detail.row.href)/edit")
        }
        if detail.mayBreakDown {
            buttons += linkButton(page.t("task.breakdown"), href: "\(detail.row.href)/children/new")
            buttons += linkButton(page.t("task.part.new"), href: "/tasks/new?parent=\(detail.row.uid)")
        }
        if detail.rights.directs, task.workflow.state == .draft {
            buttons += post("\(detail.row.href)/removal", page.t("task.discard"), task.version, style: "danger", page)
        }
        if detail.rights.performs, task.workflow.mayBeExtended, task.due != .never, task.due >= page.today,
            !detail.extensions.contains(where: { $0.decision == nil })
        {
            buttons += linkButton(page.t("task.extension.ask"), href: "\(detail.row.href)/extensions/new")
        }
        return buttons
    }

    /// Somebody waits for this viewer's word on a later deadline.
    private static func decision(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard detail.mayExtend, let asked = detail.extensions.last(where: { $0.decision == nil }) else { return .empty }
        let href = "\(detail.row.href)/extensions/\(asked.uid)"
        return linkButton(page.t("task.extension.decide"), href: href, main: true)
    }

    /// What is declared without evidence cannot be verified: both sides read so before they meet a refusal.
    static func unproven(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let task = detail.row.task
        guard task.workflow.state == .declared, !task.hasEvidence else { return .empty }
        return notice(.warn, "\(page.t(detail.rights.performs ? "task.unproven.own" : "task.unproven"))")
    }

    /// Somebody has left and the work has stayed: whoever may gives it to another one here.
    static func vacant(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard detail.row.task.workflow.isOpen else { return .empty }
        let parts = [(TaskPart.performer, detail.performer), (.leader, detail.leader)]
        return parts.map { part, office -> HTML in
            guard let office, office.until <= page.today else { return .empty }
            let said = page.t(
                "task.vacant.\(part.rawValue)", ["name": office.name, "day": page.day(office.until)])
            return notice(.warn, "\(said)\(taskReassignmentLink(part, detail, page))")
        }.joined()
    }

    private static func button(
        _ act: TaskWorkflow.Act, _ detail: TaskDetail, isMain: Bool, _ page: PageContext
    ) -> HTML {
        let href = "\(detail.row.href)/\(act.resource)", word = page.t("task.act.\(act.rawValue)")
        return act.hasForm
            ? linkButton(word, href: href, main: isMain)
            : post(href, word, detail.row.task.version, style: isMain ? "main" : "", page)
    }

    private static func post(
        _ href: String, _ word: String, _ version: Int, style: String, _ page: PageContext
    ) -> HTML {
        let look: HTML = style.isEmpty ? .empty : " class=\"\(style)\""
        return """
            <form method="post" action="\(href)">\(Layout.csrf(page))<input type="hidden" name="version" \
            value="\(version)"><button\(look)>\(word)</button></form>
            """
    }

    /// Why the last act was not possible.
    static func refusal(_ problems: [Problem], _ page: PageContext) -> HTML {
        guard !problems.isEmpty else { return .empty }
        let lines = problems.map { problem -> HTML in "<li>\(page.t(problem.message))</li>" }
        return """
            <div class="notice bad summary" role="alert" tabindex="-1"><p><b>\
            \(page.t("task.refused"))</b></p><ul>\(lines)</ul></div>
            """
    }

    /// What the gate finds is said once, in the same words, with the way to each field.
    static func refusal(_ problems: [Problem], of detail: TaskDetail, _ page: PageContext) -> HTML {
        guard !problems.isEmpty, let clarity = detail.clarity, !clarity.isClear else { return refusal(problems, page) }
        let others = problems.filter { !clarity.problems.contains($0) }
        return """
            \(refusal(others, page))<div class="notice bad summary" role="alert" tabindex="-1"><p><b>\
            \(page.t("task.gate"))</b></p><p>\(page.t("task.gate.lead"))</p>\(findings(clarity, detail, page))</div>
            """
    }

    /// Person, work, time, responsibility, product, authority, as the rule of clarity asks.
    static func points(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let task = detail.row.task
        let missing = page.t("task.point.missing")
        func said(_ point: ClarityPoint) -> String {
            switch point {
            case .person: detail.row.performer
            case .work: task.title
            case .time: task.deadline.map { TaskWords.deadline($0, page) } ?? ""
            case .responsibility:
                [detail.row.leadUnit.name, detail.leader?.name ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            case .product: detail.products.map(\.name).joined(separator: "; ")
            case .authority: detail.authority?.name ?? ""
            }
        }
        let open = Set(detail.clarity?.findings.map(\.point) ?? [])
        let boxes = ClarityPoint.asked(by: detail.rules).map { point -> HTML in
            let text = said(point)
            let isMissing = open.contains(point) || text.isEmpty
            return """
                <li\(isMissing ? " class=\"bad\"" : HTML.empty)><b>\(page.t("task.clarity.point.\(point.rawValue)"))</b>\
                <span>\(text.isEmpty ? missing : text)</span></li>
                """
        }
        return "<ul class=\"points\">\(boxes)</ul>"
    }

    /// What a draft still lacks, each point with what to do.
    static func gate(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard let clarity = detail.clarity else { return .empty }
        let due = detail.row.task.due
        let isPast: HTML =
            due < page.today ? notice(.warn, "\(page.t("task.gate.past", ["day": page.day(due)]))") : .empty
        guard !clarity.isClear else { return isPast }
        return isPast
            + card(
                page.t("task.gate"),
                "<p>\(page.t("task.gate.lead"))</p>\(findings(clarity, detail, page))"
                    + "<p>\(linkButton(page.t("task.edit"), href: "\(detail.row.href)/edit"))</p>")
    }

    /// Point by point, each a link to the field in which it is mended for whoever may.
    private static func findings(_ clarity: TaskClarity, _ detail: TaskDetail, _ page: PageContext) -> HTML {
        let lines = clarity.findings.map { finding -> HTML in
            let point: HTML = "<b>\(page.t("task.clarity.point.\(finding.point.rawValue)"))</b>"
            let said: HTML = "\(point): \(page.t(finding.problem.message))"
            guard detail.rights.directs else { return "<li>\(said)</li>" }
            return "<li><a href=\"\(detail.row.href)/edit#f-\(finding.problem.field)\">\(said)</a></li>"
        }
        return "<ul>\(lines)</ul>"
    }

    static func about(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let text = detail.row.task.description
        return text.isEmpty ? .empty : card(page.t("task.field.description"), textLines(text))
    }

    static func products(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard !detail.products.isEmpty else { return .empty }
        let lines = detail.products.map { product -> HTML in
            let kind = product.kind.map { page.t("task.product.kind.\($0.rawValue)") } ?? ""
            return """
                <li><b>\(product.name)</b> <span class="sub">\(kind)</span>\
                <span class="sub">\(page.t("task.product.criterion", ["text": product.criterion]))</span></li>
                """
        }
        return card(page.t("task.products"), "<ul class=\"plain-list\">\(lines)</ul>")
    }

    static func facts(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        let row = detail.row, task = row.task
        var rows: [(label: String, value: HTML)] = []
        func add(_ name: String, _ value: HTML) {
            if !value.isEmpty { rows.append((page.t("task.field.\(name)"), value)) }
        }
        let paragraph = task.paragraph.isEmpty ? "" : page.t("task.at_paragraph", ["text": task.paragraph])
        func link(_ unit: UnitLink) -> HTML { "<a href=\"\(unit.href)\">\(unit.name)</a>" }
        add("lead_unit", TaskListViews.unit(row))
        let others =
            detail.coordinating.map { unit -> HTML in "<li>\(link(unit))</li>" }
            + detail.coordinatingNames.map { name -> HTML in "<li>\(name)</li>" }
        add("coordinating", others.isEmpty ? .empty : "<ul class=\"plain-list\">\(others)</ul>")
        add("performer", "\(row.performer)\(taskReassignmentLink(.performer, detail, page))")
        add("leader", "\(detail.leader?.name ?? "")\(taskReassignmentLink(.leader, detail, page))")
        add("authority", "\(detail.authority?.name ?? "")")
        add("assigning_unit", detail.assigner.map { $0.unit.map(link) ?? "\($0.name)" } ?? .empty)
        add("document", detail.document.map { "<a href=\"\($0.href)\">\($0.name)</a>\(paragraph)" } ?? .empty)
        add("paragraph", task.document == nil ? "\(task.paragraph)" : .empty)
        add("waits_for", waits(detail, page))
        add("start_on", task.start == .never ? .empty : "\(page.day(task.start))")
        add("deadline", task.deadline.map { "\(TaskWords.deadline($0, page))" } ?? .empty)
        if task.originalDue != .never, task.originalDue != task.due {
            let against = detail.status(on: page.today).againstOriginal
            add(
                "original_due",
                "\(page.day(task.originalDue)) \(badge(TaskWords.tone(against), page.t("task.schedule.\(against.name)")))"
            )
        }
        for (name, value) in standing(detail, page) { add(name, value) }
        add("field", "\(row.field?.name(in: page.language) ?? "")")
        let tags = row.tags.map { tag -> HTML in
            "<li><a href=\"\(URLText.link("/tasks", ["tag": tag]))\">\(tag)</a></li>"
        }
        add("tags", tags.isEmpty ? .empty : "<ul class=\"plain-list\">\(tags)</ul>")
        add("secrecy", "\(page.t("secrecy.\(task.secrecy.name)"))")
        return card(page.t("task.facts"), App.facts(rows))
    }

    /// Documents still to be issued, each with the day by which it is due.
    private static func waits(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard !detail.waits.isEmpty else { return .empty }
        let lines = detail.waits.map { row -> HTML in
            let late: HTML =
                row.gap.daysLate(on: page.today).map { " \(badge(.bad, page.t("gap.days_late", count: $0)))" } ?? .empty
            return """
                <li><a href="\(row.href)">\(row.gap.title)</a>\(late)\
                <span class="sub">\(row.owner.name) · \(page.day(row.gap.due))</span></li>
                """
        }
        return "<ul class=\"plain-list\">\(lines)</ul>"
    }

    static func extensions(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard !detail.extensions.isEmpty else { return .empty }
        let lines = detail.extensions.map { asked -> HTML in
            let state =
                asked.decision.map { badge($0.tone, page.t("task.extension.\($0.rawValue)")) }
                ?? badge(.warn, page.t("task.extension.waits"))
            let days = page.t("task.extension.days", ["from": page.day(asked.from), "to": page.day(asked.to)])
            return """
                <li><a href="\(detail.row.href)/extensions/\(asked.uid)">\(days)</a> \(state)\
                <span class="sub">\(asked.reason)</span><span class="sub">\(asked.askedBy)</span>\(decided(asked, page))</li>
                """
        }
        return card(page.t("task.extensions"), "<ul class=\"plain-list\">\(lines)</ul>")
    }

    private static func decided(_ asked: TaskExtension, _ page: PageContext) -> HTML {
        guard let decision = asked.decision, let at = asked.decidedAt else { return .empty }
        let by = page.t("task.extension.\(decision == .withdrawn ? "withdrawn" : "decided")_by")
        return "<span class=\"sub\">\(by): \(asked.decidedBy), \(page.moment(at))</span>"
    }

    static func reports(_ detail: TaskDetail, _ page: PageContext) -> HTML {
        guard !detail.reports.isEmpty else { return .empty }
        return card(page.t("task.reports"), timeline(detail.reports.map { report($0, detail, page) }))
    }

    private static func report(_ report: TaskReportRow, _ detail: TaskDetail, _ page: PageContext) -> HTML {
        // As the history says what was done; other kinds of records are closed and opened in other words.
        let isShared = [.close, .reopen].contains(report.act)
        let key = isShared ? "task.act.\(report.act.rawValue)" : "event.verb.\(report.act.verb.rawValue)"
        let percent: HTML = report.act == .progress ? " · \(page.number(report.percent))%" : .empty
        let text: HTML = report.text.isEmpty ? .empty : "<p>\(textLines(report.text))</p>"
        let evidence = report.evidence.map { evidence -> HTML in
            "<p><a href=\"\(evidence.url)\" rel=\"noopener noreferrer nofollow\">\(evidence.name)</a></p>"
        }
        return """
            <b>\(page.t(key))</b>\(percent) · \(report.actor) · \
            <span class="when">\(page.moment(report.at))</span>\(text)\(evidence ?? .empty)\
            \(report.resubmits ? "<p>\(page.t("task.report.resubmits"))</p>" : HTML.empty)\
            \(taskReportFiles(report, detail, page))
            """
    }
}
