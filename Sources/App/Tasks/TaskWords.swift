/// What tasks are called in the language of the reader.
enum TaskWords {
    /// `30/9/2026`, `quý III/2026`, or the event or reason in its own words.
    static func deadline(_ deadline: Deadline, _ page: PageContext) -> String {
        switch deadline {
        case .day(let day): page.day(day)
        case .period(let period): self.period(period, page)
        case .event(let event, let review):
            page.t("task.deadline.event", ["event": event, "day": page.day(review)])
        case .undated(let reason, let review):
            page.t("task.deadline.none", ["reason": reason, "day": page.day(review)])
        }
    }

    static func period(_ period: Period, _ page: PageContext) -> String {
        // A quarter is III in Vietnamese and 3 in English, a half the first or the last: a key for each.
        let isNamed = period.kind == .quarter || period.kind == .half
        let key = isNamed ? "period.\(period.kind.rawValue)_\(period.number)" : "period.\(period.kind.rawValue)"
        return page.t(key, ["number": String(period.number), "year": String(period.year)])
    }

    static func tone(_ schedule: TaskSchedule) -> Tone {
        switch schedule {
        case .overdue, .doneLate: .bad
        case .dueSoon, .likelyLate: .warn
        case .inTime: .accent
        case .doneInTime: .good
        case .draft, .noDeadline, .paused, .cancelled: .none
        }
    }

    static func tone(_ verified: TaskVerification) -> Tone {
        switch verified {
        case .unchecked: .none
        case .awaiting: .accent
        case .returned: .warn
        case .verified: .good
        }
    }

    /// By how many days it is late, or how many are left when it is due soon.
    static func schedule(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> HTML {
        let name = page.t("task.schedule.\(status.schedule.name)"), tone = tone(status.schedule)
        switch status.schedule {
        case .overdue:
            let end = task.declaredOn ?? page.today
            return badge(tone, "\(name) · \(page.t("task.days_late", count: end.number - task.due.number))")
        case .dueSoon where task.due == page.today: return badge(tone, "\(name) · \(page.t("task.due_today"))")
        case .dueSoon:
            return badge(tone, "\(name) · \(page.t("task.days_left", count: task.due.number - page.today.number))")
        default: return badge(tone, name)
        }
    }

    /// The three answers in few words, for a line or a cell.
    static func short(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> HTML {
        // Of a draft there is but one thing to say.
        if status.declared == .draft { return badge(.none, page.t("task.declared.draft")) }
        return "\(schedule(task, status, page)) \(claims(task, status, page))"
    }

    /// Beside the schedule: what the unit says, what somebody else has found, and the first deadline if it was moved.
    static func claims(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> HTML {
        let found = badge(tone(status.verified), page.t("task.verification.\(status.verified.name)"))
        let first = original(task, status, page).map { " \($0)" } ?? ""
        return "\(badge(.none, declared(task, status, page))) \(found)\(first)"
    }

    /// What the unit says, and how far it is as long as that says more.
    static func declared(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> String {
        let state = page.t("task.declared.\(status.declared.name)")
        return status.declared == .inProgress ? "\(state) · \(page.number(task.percent))%" : state
    }

    /// The first deadline and how the task stands against it; nil when it was never moved.
    static func original(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> String? {
        guard task.originalDue != .never, task.originalDue != task.due else { return nil }
        let against = page.t("task.schedule.\(status.againstOriginal.name)")
        return page.t("task.originally", ["day": page.day(task.originalDue), "schedule": against])
    }

    /// The three answers side by side: never one for another.
    static func three(_ task: TaskItem, _ status: TaskStatus, _ page: PageContext) -> HTML {
        if status.declared == .draft { return badge(.none, page.t("task.declared.draft")) }
        let declared = page.t("task.declared.\(status.declared.name)")
        let said = page.t("task.declared.words", ["state": declared, "percent": page.number(task.percent)])
        let found = page.t("task.verified.words", ["state": page.t("task.verification.\(status.verified.name)")])
        return """
            \(badge(.none, said)) \(badge(tone(status.verified), found)) \(schedule(task, status, page))
            """
    }
}
