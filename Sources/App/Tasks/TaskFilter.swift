import Storage

/// What a list of tasks is asked for.
public struct TaskFilter: Sendable, Equatable {
    public var which = Which.open
    /// Folded words of the title.
    public var text = ""
    /// Of this unit and those below it; all that the viewer may know of otherwise, but for what everybody may know.
    public var unit: UID?
    /// Whose task it is: done by an office of this person.
    public var person: UID?
    public var document: UID?
    /// The parts of this task.
    public var parent: UID?
    public var state: TaskWorkflow.State?
    public var pillar = ""
    /// A field of a portfolio, whatever its family.
    public var field: UID?
    /// One of the tags; accents and capitals do not matter.
    public var tag = ""
    public var schedule: Schedule?
    /// Due in this period.
    public var period: Period?
    /// Due on this day or later, and on this day or earlier.
    public var dueFrom: Day?
    public var dueTo: Day?
    public var isKey = false
    /// Of the office in use: what names it, and what its unit leads.
    public var isMine = false
    /// Led by the unit that is asked for or one below it, not only coordinated or assigned: what the counts count.
    public var isLed = false
    /// Of a unit: with which of those below it; with those of all trees otherwise.
    public var below: Below?
    /// The viewer directs it: may issue again or cancel what was refused.
    public var isDirected = false
    /// The viewer may find its result good or not, and decide on its deadline.
    public var isVerifying = false
    /// An extension is asked for and not decided.
    public var isWaiting = false
    /// Open, and coordinated by the unit of the office in use.
    public var isCoordinated = false
    /// Still open, and whoever did it in the unit of the office in use holds that office no more.
    public var isVacant = false
    public var order = Order.due

    public enum Which: String, Sendable, CaseIterable {
        case open, closed, draft

        /// The number in `task.closed`, in the text of a statement: one with a bound value is compiled anew by SQLite each
        /// time that it is asked, to see whether an index of open tasks alone would do.
        var code: SQL {
            switch self {
            case .open: "0"
            case .closed: "1"
            case .draft: "2"
            }
        }
    }

    public enum Order: String, Sendable, CaseIterable {
        case due, updated, title
        /// By the name of the unit that leads: of the parts of a task, where a reader looks for a commune.
        case unit
    }

    public init(
        _ which: Which = .open, unit: UID? = nil, document: UID? = nil, person: UID? = nil, parent: UID? = nil,
        field: UID? = nil
    ) {
        (self.which, self.unit, self.document, self.person, self.parent) = (which, unit, document, person, parent)
        self.field = field
    }

    /// Newest first where the last change or the end of the work orders the list.
    var isDescending: Bool { order == .updated || (order == .due && which == .closed) }

    /// Reads a query string; what cannot be read is a problem of the query.
    init(_ query: inout Fields) {
        which = query.choice("which", required: false) ?? .open
        text = query.line("q", required: false)
        unit = query.uid("unit", required: false)
        person = query.uid("person", required: false)
        document = query.uid("document", required: false)
        parent = query.uid("parent", required: false)
        state = query.choice("state", required: false)
        pillar = query.line("pillar", max: 60, required: false)
        field = query.uid("field", required: false)
        tag = query.line("tag", max: 60, required: false)
        if !tag.isEmpty, TextFold.fold(tag).isEmpty {
            query.problems.add("tag", "task.error.tag_empty", ["tag": .text(tag)])
        }
        schedule = query.choice("schedule", required: false)
        order = query.choice("order", required: false) ?? .due
        // Few tasks can be sorted so; there is no list of all that is.
        if order == .unit, parent == nil { order = .due }
        isKey = query.line("key", max: 5, required: false) == "1"
        isMine = query.line("mine", max: 5, required: false) == "1"
        isLed = query.line("led", max: 5, required: false) == "1" && unit != nil
        let below: Below? = query.choice("below", required: false)
        self.below = unit == nil ? nil : below
        isDirected = query.line("directed", max: 5, required: false) == "1"
        isVerifying = query.line("verifying", max: 5, required: false) == "1"
        isWaiting = query.line("waiting", max: 5, required: false) == "1"
        isCoordinated = query.line("coordinated", max: 5, required: false) == "1"
        isVacant = query.line("vacant", max: 5, required: false) == "1"
        dueFrom = query.day("due_from", required: false)
        dueTo = query.day("due_to", required: false)
        if let dueFrom, let dueTo, dueTo < dueFrom {
            query.problems.add("due_to", "task.filter.due_error", ["from": .day(dueFrom), "to": .day(dueTo)])
        }
        let typed = query.line("period", max: 40, required: false)
        period = typed.isEmpty ? nil : Period(typed: typed)
        if !typed.isEmpty, period == nil {
            query.problems.add("period", "task.filter.period_error", ["typed": .text(typed)])
        }
        if let state {
            which = state == .draft ? .draft : state.isClosed ? .closed : .open
        } else if let said = schedule?.which {
            which = said
        }
    }

    /// A state says itself whether the task is open, and so do most words of the calendar.
    var saysWhich: Bool { state != nil || schedule?.which != nil }

    /// As a query string carries it.
    var query: [String: String] {
        [
            "which": which == .open ? "" : which.rawValue, "q": text, "unit": unit?.text ?? "",
            "person": person?.text ?? "", "document": document?.text ?? "", "parent": parent?.text ?? "",
            "state": state?.rawValue ?? "", "pillar": pillar, "field": field?.text ?? "", "tag": tag,
            "schedule": schedule?.rawValue ?? "", "period": period?.text ?? "", "due_from": dueFrom?.text ?? "",
            "due_to": dueTo?.text ?? "", "key": isKey ? "1" : "",
            "mine": isMine ? "1" : "", "led": isLed ? "1" : "", "below": below?.rawValue ?? "",
            "waiting": isWaiting ? "1" : "",
            "directed": isDirected ? "1" : "", "verifying": isVerifying ? "1" : "",
            "coordinated": isCoordinated ? "1" : "", "vacant": isVacant ? "1" : "",
            "order": order == .due ? "" : order.rawValue,
        ]
    }

    var isEmpty: Bool { query.values.allSatisfy(\.isEmpty) }

    /// The same things, whatever has become of them: what stays when another question is asked of them.
    var subjects: TaskFilter {
        var filter = TaskFilter(unit: unit, document: document, person: person, parent: parent)
        (filter.pillar, filter.field, filter.tag) = (pillar, field, tag)
        (filter.isMine, filter.isLed, filter.below) = (isMine, isLed, below)
        return filter
    }
}
