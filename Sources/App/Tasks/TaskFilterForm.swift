/// The form above the list: each thing that can be asked for, one field.
struct TaskFilterForm {
    let list: TaskList
    let filter: TaskFilter
    let page: PageContext

    private var form: FormView {
        var typed = filter.query
        (typed["due_from"], typed["due_to"]) = (filter.dueFrom.map(page.day) ?? "", filter.dueTo.map(page.day) ?? "")
        return FormView(page, values: Fields(raw: typed))
    }

    /// Folded away on a phone until it is used, so that the list stands near the top; open where there is room. What is
    /// asked seldom is folded away everywhere until it is used.
    var whole: HTML {
        """
        <details class="fold wide-open"\(isUsed ? " open" : HTML.empty)><summary>\(page.t("task.filter"))</summary>\
        <form class="filters" method="get" action="/tasks" role="search">\(kept)\
        \(form.text("q", label: page.t("task.filter.text"), required: false, type: "search"))\
        \(whose)\(how)\(choice("order", "task.filter.order", orders))\
        \(form.checkbox("mine", label: page.t("task.filter.mine")))\
        \(form.checkbox("key", label: page.t("task.filter.key")))\(more)\
        <button>\(page.t("task.filter.apply"))</button></form></details>
        """
    }

    private var more: HTML {
        """
        <details class="more"\(isMoreUsed ? " open" : HTML.empty)><summary>\(page.t("task.filter.more"))</summary>\
        <div class="filters">\(what)\
        \(form.text("period", label: page.t("task.filter.period"), required: false, maxLength: 40))\
        \(form.text("due_from", label: page.t("task.filter.due_from"), required: false, maxLength: 20))\
        \(form.text("due_to", label: page.t("task.filter.due_to"), required: false, maxLength: 20))\
        \(special)</div></details>
        """
    }

    private var isUsed: Bool {
        !filter.text.isEmpty || filter.isKey || filter.isMine || filter.schedule != nil
            || filter.unit != nil || filter.person != nil || isMoreUsed
    }

    private var isMoreUsed: Bool {
        !(filter.pillar + filter.tag).isEmpty || filter.document != nil || filter.field != nil || filter.period != nil
            || filter.dueFrom != nil || filter.dueTo != nil || !special.isEmpty
    }

    private var whose: HTML {
        form.unit("unit", label: page.t("task.filter.unit"), chosen: list.names.unit, required: false)
            + form.person(
                "person", label: page.t("task.field.performer"), chosen: list.names.person.map(page.name),
                required: false, help: page.t("task.filter.person_help"))
    }

    private var how: HTML {
        let states = TaskWorkflow.State.allCases.map { Choice($0.rawValue, page.t("task.state.\($0.rawValue)")) }
        let schedules = TaskFilter.Schedule.allCases.map { Choice($0.rawValue, page.t($0.key)) }
        return choice("state", "task.field.state", any + states)
            + choice("schedule", "task.field.schedule", any + schedules)
    }

    private var what: HTML {
        let pillars = list.fields.filter { $0.family == .pillar }.map { Choice($0.code, $0.name(in: page.language)) }
        let fields = offered.map { Choice($0.uid.text, $0.name(in: page.language)) }
        return choice("pillar", "task.field.pillar", any + pillars)
            + (isOffered ? choice("field", "task.filter.field", any + fields) : .empty)
            + form.document(
                "document", label: page.t("task.field.document"), chosen: list.names.document, required: false,
                help: page.t("gap.help.basis"))
            + form.text("tag", label: page.t("task.filter.tag"), required: false, maxLength: 60)
    }

    /// What figures and pages lead to, and nobody chooses here: shown once it is asked, so that it can be let go.
    private var special: HTML {
        let asked = [
            ("led", filter.isLed), ("directed", filter.isDirected), ("verifying", filter.isVerifying),
            ("waiting", filter.isWaiting), ("coordinated", filter.isCoordinated), ("vacant", filter.isVacant),
        ]
        let boxes = asked.filter(\.1).map { form.checkbox($0.0, label: page.t("task.filter.\($0.0)")) }.joined()
        guard filter.below != nil else { return boxes }
        let ways = TaskFilter.Below.allCases.map { Choice($0.rawValue, page.t($0.key)) }
        return boxes + choice("below", "task.filter.below", any + ways)
    }

    /// What goes along unseen.
    private var kept: HTML {
        let which = filter.saysWhich || filter.which == .open ? [] : ["which"]
        let names = which + ["parent"] + (isOffered ? [] : ["field"])
        return names.map { name -> HTML in
            filter.query[name].map { $0.isEmpty ? .empty : form.hidden(name, $0) } ?? .empty
        }.joined()
    }

    private var any: [Choice] { [Choice("", page.t("task.filter.any"))] }
    private var offered: [WorkField] { list.fields.filter { $0.family != .pillar } }
    private var isOffered: Bool { filter.field.map { uid in offered.contains { $0.uid == uid } } ?? true }

    private var orders: [Choice] {
        TaskFilter.Order.allCases.filter { $0 != .unit || filter.parent != nil }.map { order in
            Choice(order == .due ? "" : order.rawValue, page.t("task.order.\(order.rawValue)"))
        }
    }

    private func choice(_ name: String, _ label: String, _ choices: [Choice]) -> HTML {
        form.select(name, label: page.t(label), choices: choices, required: false)
    }
}

extension TaskFilter.Schedule {
    /// The word that the row shows, where there is one.
    var key: String {
        switch self {
        case .week: "task.tab.week"
        case .undated: "task.schedule.no_deadline"
        case .near: "task.filter.near"
        case .review: "task.filter.review"
        case .overdue, .dueSoon, .likelyLate, .doneInTime, .doneLate: "task.schedule.\(rawValue)"
        }
    }
}
