/// The first step: which unit leads. Who can do the task depends on it.
func newTaskUnit(_ typed: Fields, _ problems: [Problem], _ names: TaskFormNames, _ page: PageContext) -> HTML {
    let missed: [Problem] = typed["lead_unit"].isEmpty ? [] : [Problem("lead_unit", "coverage.error.unit_unknown")]
    let form = FormView(page, values: typed, problems: problems + missed)
    let kept = ["document", "paragraph", "parent"].map { form.hidden($0, typed[$0]) }
    let part = names.parent.map { parent -> HTML in
        "<p class=\"chosen\">\(page.t("task.field.parent")): \(parent.task.title)</p>"
    }
    return sitePage(
        page, title: TaskFormViews.title(names, page), lead: "\(page.t("task.new.lead"))",
        crumbs: TaskFormViews.crumbs(names, page),
        body: """
            \(part ?? .empty)<form class="form" method="get" action="/tasks/new">\(kept)\
            \(form.unit("lead_unit", label: page.t("task.field.lead_unit"), chosen: nil))\
            <div class="actions"><button class="main">\(page.t("task.new.next"))</button></div></form>
            """)
}

/// The form of a new task of a unit.
func newTask(_ typed: Fields, _ problems: [Problem], _ names: TaskFormNames, _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: TaskFormViews.title(names, page), lead: "\(page.t("task.new.lead"))",
        crumbs: TaskFormViews.crumbs(names, page),
        body: form.form(
            action: "/tasks", submit: page.t("task.new.save"), cancel: names.parent?.href ?? "/tasks",
            TaskFormViews.fields(form, names, page)))
}

func editTask(
    _ detail: TaskDetail, _ typed: Fields, _ problems: [Problem], _ names: TaskFormNames, _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("task.edit"),
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: form.form(
            action: detail.row.href, submit: page.t("task.edit.save"), cancel: detail.row.href,
            "\(form.hidden("version", typed["version"]))\(TaskFormViews.fields(form, names, page))"))
}

/// What is said with an act.
func taskActPage(
    _ act: TaskWorkflow.Act, _ detail: TaskDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext,
    _ choices: TaskRenewalChoices = TaskRenewalChoices()
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let word = page.t("task.act.\(act.rawValue)")
    let percent: HTML =
        act == .progress
        ? form.text(
            "percent", label: page.t("task.field.percent"), help: page.t("task.help.percent"), maxLength: 3,
            isNumber: true)
        : .empty
    let evidence: HTML =
        act.showsEvidence
        ? """
        \(attachmentField(form, required: false))\(form.text("evidence_name", label: page.t("task.field.evidence_name"), help: page.t("task.help.evidence_name"), required: false))\
        \(form.text("evidence_url", label: page.t("task.field.evidence_url"), help: page.t("task.help.evidence"), required: false, maxLength: 1_000))\
        \(act == .declare && detail.hasEarlierEvidence ? form.checkbox("resubmits", label: page.t("task.field.resubmits"), help: page.t("task.help.resubmits")) : .empty)
        """ : .empty
    let isReason = act.needsReason || act.restarts
    let help = page.t(isReason ? "task.help.reason" : "task.help.text")
    return sitePage(
        page, title: word, lead: "\(detail.row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: form.form(
            action: "\(detail.row.href)/\(act.resource)", submit: word, danger: act == .cancel, cancel: detail.row.href,
            hasFiles: act.showsEvidence,
            """
            \(form.hidden("version", typed["version"]))\(percent)\
            \(form.area("text", label: page.t(isReason ? "task.field.reason" : "task.field.text"), help: help, required: act != .declare && act != .resume, maxLength: 4_000))\
            \(evidence)\(TaskRenewalViews.fields(act, detail, choices, form, page))
            """))
}

func newTaskExtension(_ detail: TaskDetail, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let due = page.day(detail.row.task.due)
    return sitePage(
        page, title: page.t("task.extension.ask"), lead: "\(detail.row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: notice(.accent, "\(page.t("task.extension.hint", ["due": due]))")
            + form.form(
                action: "\(detail.row.href)/extensions", submit: page.t("task.extension.ask"), cancel: detail.row.href,
                """
                \(form.hidden("version", typed["version"]))\(form.day("to", label: page.t("task.extension.to")))\
                \(form.area("reason", label: page.t("task.field.reason"), maxLength: 2_000))
                """))
}

func taskExtensionPage(
    _ detail: TaskDetail, _ asked: TaskExtension, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let choices = TaskExtension.Decision.choices.map { Choice($0.rawValue, page.t("task.extension.\($0.rawValue)")) }
    let decision: HTML =
        asked.decision == nil && detail.mayExtend
        ? card(
            page.t("task.extension.decide"),
            form.form(
                action: "\(detail.row.href)/extensions/\(asked.uid)/decision", submit: page.t("task.extension.decide"),
                """
                \(form.hidden("version", typed["version"]))\
                \(form.select("decision", label: page.t("task.extension.decision"), choices: choices))\
                \(form.area("answer", label: page.t("task.extension.answer"), help: page.t("task.extension.answer_help"), required: false, maxLength: 2_000))
                """)) : .empty
    // Somebody else has decided meanwhile: there is no form any more, and what was typed stays to be read.
    let lost: HTML =
        decision.isEmpty && !typed["answer"].isEmpty
        ? card(page.t("site.form.typed"), textLines(typed["answer"])) : .empty
    return sitePage(
        page, title: page.t("task.extension.days", ["from": page.day(asked.from), "to": page.day(asked.to)]),
        lead: "\(detail.row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: detail.row.task.title, href: detail.row.href)],
        body: TaskViews.refusal(problems.filter { $0.field.isEmpty }, page)
            + card(
                page.t("task.extensions"),
                taskExtensionFacts(detail, asked, page)) + decision + lost)
}

/// Who asked and why, who decides, and once it is decided, who did and when.
private func taskExtensionFacts(_ detail: TaskDetail, _ asked: TaskExtension, _ page: PageContext) -> HTML {
    var rows: [(label: String, value: HTML)] = []
    func add(_ key: String, _ value: HTML) { rows.append((page.t(key), value)) }
    let extenders = detail.rules.orderedExtenders.map { page.t("portfolio.extender.\($0.rawValue)") }
    let state = asked.decision.map { "task.extension.\($0.rawValue)" } ?? "task.extension.waits"
    add("task.extension.asked_by", "\(asked.askedBy)")
    add("task.extension.asked_at", "\(page.moment(asked.askedAt))")
    add("task.field.reason", textLines(asked.reason))
    let instead = detail.instead.filter { _ in asked.decision == nil }.map { kind -> HTML in
        notice(kind == .nobody ? .bad : .accent, "\(page.t(kind.key))")
    }
    add("task.extension.decides", "\(extenders.joined(separator: "; "))\(instead)")
    add("task.extension.decision", "\(page.t(state))")
    if asked.decision == .withdrawn {
        add("task.extension.withdrawn_by", "\(asked.decidedBy)")
        add("task.extension.answer", "\(page.t("task.extension.withdrawn_hint"))")
    } else if asked.decision != nil {
        add("task.extension.decided_by", "\(asked.decidedBy)")
        add("task.extension.decided_at", "\(asked.decidedAt.map(page.moment) ?? "–")")
        add("task.extension.answer", asked.answer.isEmpty ? "–" : textLines(asked.answer))
    }
    return facts(rows)
}

enum TaskFormViews {
    static func title(_ names: TaskFormNames, _ page: PageContext) -> String {
        page.t(names.parent == nil ? "task.new" : "task.part.new")
    }

    static func crumbs(_ names: TaskFormNames, _ page: PageContext) -> [Crumb] {
        TaskViews.crumbs(page) + (names.parent.map { [Crumb(text: $0.task.title, href: $0.href)] } ?? [])
    }

    /// In the order of the rule: work, person, responsibility, time, product, authority.
    static func fields(_ form: FormView, _ names: TaskFormNames, _ page: PageContext) -> HTML {
        var form = form
        form.marks = marks(page)
        return work(form, names, page) + people(form, names, page) + time(form, page) + products(form, page)
            + rest(form, names, page)
    }

    /// A draft may have gaps, but what the gate asks for is not left to one's liking.
    static func marks(_ page: PageContext) -> [String: String] {
        let needed = [
            "performer", "leader", Deadline.Field.choice, Deadline.Field.date, "products.0.name", "products.0.kind",
            "products.0.criterion",
        ]
        let undated = [Deadline.Field.words, Deadline.Field.review]
        return Dictionary(
            needed.map { ($0, page.t("task.form.needed")) }
                + undated.map { ($0, page.t("task.form.needed_undated")) }
        ) { first, _ in first }
    }

    private static func group(_ title: String, kind: String = "", _ body: HTML) -> HTML {
        let named: HTML = kind.isEmpty ? .empty : " class=\"\(kind)\""
        return "<fieldset\(named)><legend>\(title)</legend>\(body)</fieldset>"
    }

    private static func work(_ form: FormView, _ names: TaskFormNames, _ page: PageContext) -> HTML {
        group(
            page.t("task.clarity.point.work"),
            """
            \(form.text("title", label: page.t("task.field.title"), help: page.t("task.help.title"), maxLength: 300))\
            \(form.area("description", label: page.t("task.field.description"), required: false, rows: 3))\
            \(form.document("document", label: page.t("task.field.document"), chosen: names.document, required: false, help: page.t("gap.help.basis")))\
            \(form.text("paragraph", label: page.t("task.field.paragraph"), required: false, maxLength: 60))\
            \(form.task("parent", label: page.t("task.field.parent"), chosen: names.parent?.task.title, required: false, help: page.t("task.help.parent")))
            """)
    }

    private static func people(_ form: FormView, _ names: TaskFormNames, _ page: PageContext) -> HTML {
        func offices(_ all: [TaskOffice]) -> [Choice] { all.map { Choice($0.uid.text, $0.name) } }
        return group(
            page.t("task.group.people"),
            """
            \(form.unit("lead_unit", label: page.t("task.field.lead_unit"), chosen: names.lead?.name, help: page.t("task.help.lead_unit")))\
            \(form.select("performer", label: page.t("task.field.performer"), choices: offices(names.performers), required: false, help: page.t("task.help.performer")))\
            \(form.select("leader", label: page.t("task.field.leader"), choices: offices(names.leaders), required: false, help: page.t("task.help.leader")))\
            \(form.select("authority", label: page.t("task.field.authority"), choices: offices(names.authorities), required: false, help: page.t("task.help.authority")))\
            \(form.area("coordinating", label: page.t("task.field.coordinating"), help: page.t("task.help.coordinating"), required: false, maxLength: 20_000, rows: 2))
            """)
    }

    /// A style sheet shows the fields of the chosen kind alone; an old browser shows them all.
    static func time(_ form: FormView, _ page: PageContext) -> HTML {
        let kinds = DeadlineDraft.Choice.allCases.map { Choice($0.rawValue, page.t("deadline.choice.\($0.rawValue)")) }
        return group(
            page.t("task.clarity.point.time"), kind: "deadline",
            """
            \(form.select(Deadline.Field.choice, label: page.t("task.field.deadline_kind"), choices: kinds, required: false))\
            <div class="dated">\(form.text(Deadline.Field.date, label: page.t("task.field.deadline"), help: page.t("task.help.deadline"), required: false, maxLength: 40))</div>\
            <div class="undated">\(form.text(Deadline.Field.words, label: page.t("task.field.deadline_words"), required: false, maxLength: 300))\
            \(form.day(Deadline.Field.review, label: page.t("task.field.review_on"), required: false))</div>\
            \(form.day("start_on", label: page.t("task.field.start_on"), required: false))
            """)
    }

    /// Those that are there, and one more.
    static func products(_ form: FormView, _ page: PageContext) -> HTML {
        let kinds = TaskProduct.Kind.allCases.map { Choice($0.rawValue, page.t("task.product.kind.\($0.rawValue)")) }
        let filled = (0..<TaskProduct.limit).last { index in
            ["name", "kind", "criterion"].contains { !form.values["products.\(index).\($0)"].isEmpty }
        }
        let rows = (0...min((filled ?? -1) + 1, TaskProduct.limit - 1)).map { index -> HTML in
            """
            \(form.text("products.\(index).name", label: page.t("task.product.name"), required: false, maxLength: 300))\
            \(form.select("products.\(index).kind", label: page.t("task.product.kind"), choices: kinds, required: false))\
            \(form.area("products.\(index).criterion", label: page.t("task.product.criterion_label"), help: page.t("task.help.criterion"), required: false, maxLength: 1_000, rows: 2))
            """
        }
        return group(page.t("task.clarity.point.product"), rows.joined())
    }

    /// Most committees have no field of their own.
    private static func ownField(_ form: FormView, _ choices: [Choice], _ page: PageContext) -> HTML {
        guard !choices.isEmpty else { return form.hidden("field", form.values["field"]) }
        return form.select(
            "field", label: page.t("task.field.field"), choices: choices, required: false,
            help: page.t("task.help.field"))
    }

    private static func rest(_ form: FormView, _ names: TaskFormNames, _ page: PageContext) -> HTML {
        func choices(_ family: WorkField.Family) -> [Choice] {
            names.fields.filter { $0.family == family }.map {
                Choice(family == .own ? $0.uid.text : $0.code, $0.name(in: page.language))
            }
        }
        let priorities = TaskItem.Priority.allCases.map { Choice($0.rawValue, page.t("task.priority.\($0.rawValue)")) }
        let levels = Secrecy.allCases.map { Choice($0.name, page.t("secrecy.\($0.name)")) }
        return group(
            page.t("task.group.rest"),
            """
            \(form.select("priority", label: page.t("task.field.priority"), choices: priorities, required: false))\
            \(form.checkbox("is_key", label: page.t("task.field.is_key")))\
            \(form.select("pillar", label: page.t("task.field.pillar"), choices: choices(.pillar), required: false))\
            \(form.select("task_group", label: page.t("task.field.group"), choices: choices(.group), required: false))\
            \(ownField(form, choices(.own), page))\
            \(form.text("tags", label: page.t("task.field.tags"), help: page.t("task.help.tags", ["most": page.number(TaskTags.most), "length": page.number(TaskTags.length)]), required: false, maxLength: 1_000))\
            \(form.select("secrecy", label: page.t("task.field.secrecy"), choices: levels, required: false, help: page.t("task.help.secrecy")))\
            \(form.text("weight", label: page.t("task.field.weight"), help: page.t("task.help.weight"), required: false, maxLength: 7, isNumber: true))
            """)
    }
}
