import Storage

extension TaskWorkflow {
    /// Why an act is not possible here, and what is to be done first; nil when it is possible.
    public func refusal(of act: Act) -> Message? {
        guard next(act) == nil else { return nil }
        return Message(
            reason(act), ["act": .key("task.act.\(act.rawValue)"), "state": .key("task.state.\(state.rawValue)")])
    }

    /// Somebody has taken the step already, or another one from the same place.
    static let already = "task.refusal.already"

    private func reason(_ act: Act) -> String {
        if isTaken(act) { return TaskWorkflow.already }
        switch (act, state) {
        case (.issue, _): return "task.refusal.issued"
        case (.cancel, .draft): return "task.refusal.draft_cancel"
        case (.resume, _): return "task.refusal.not_paused"
        case (.reopen, let state) where state.isOpen: return "task.refusal.open"
        case (_, .draft): return "task.refusal.draft"
        case (.progress, .issued), (.declare, .issued): return "task.refusal.accept_first"
        case (_, .paused): return "task.refusal.resume_first"
        case (.verify, _), (.return, _): return "task.refusal.nothing_declared"
        case (.progress, .declared): return "task.refusal.declared_progress"
        case (_, .declared): return "task.refusal.declared"
        case (.close, _): return "task.refusal.verify_first"
        case (_, .verified), (_, .closed), (_, .cancelled): return "task.refusal.reopen_first"
        default: return "task.refusal.not_now"
        }
    }

    /// Of two people at the same step, the one who comes later finds the task where the other has brought it.
    private func isTaken(_ act: Act) -> Bool {
        switch act {
        case .verify, .return: [.verified, .closed, .cancelled, .returned].contains(state)
        case .close: [.closed, .cancelled].contains(state)
        // Also once the work has gone on: then neither can be done any more, whatever is done first.
        case .accept, .refuse:
            [.accepted, .refused, .inProgress, .declared, .returned, .verified, .closed].contains(before ?? state)
        case .declare, .pause, .cancel: state.broughtAbout == act
        case .issue, .progress, .resume, .reopen: false
        }
    }
}

extension TaskWorkflow.State {
    /// The act that brings a task here; nil where several do.
    fileprivate var broughtAbout: TaskWorkflow.Act? {
        switch self {
        case .draft, .inProgress: nil
        case .issued: .issue
        case .accepted: .accept
        case .refused: .refuse
        case .declared: .declare
        case .returned: .return
        case .verified: .verify
        case .closed: .close
        case .paused: .pause
        case .cancelled: .cancel
        }
    }
}

extension TaskStore {
    /// Why the act is not possible now; nil when it is. Where somebody else was faster, it says who and when.
    func refusal(of act: TaskWorkflow.Act, in row: TaskRow) throws -> Message? {
        let workflow = row.task.workflow
        guard let refusal = workflow.refusal(of: act) else { return nil }
        guard refusal.key == TaskWorkflow.already, let last = workflow.state.broughtAbout else { return refusal }
        let done = try tx.first(
            """
            SELECT actor, day FROM task_report WHERE task_id = \(row.task.id) AND act = \(last.rawValue)
            ORDER BY id DESC LIMIT 1
            """)
        guard let done else { return refusal }
        let (actor, day) = (try done.text(0), try done.day(1))
        return Message(
            "task.refusal.already_by", refusal.arguments.merging(["actor": .text(actor), "day": .day(day)]) { $1 })
    }
}
