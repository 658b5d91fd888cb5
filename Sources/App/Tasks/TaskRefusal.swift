extension TaskWorkflow {
    /// Why an act is not possible here, and what is to be done first; nil when it is possible.
    public func refusal(of act: Act) -> Message? {
        guard next(act) == nil else { return nil }
        return Message(
            reason(act), ["act": .key("task.act.\(act.rawValue)"), "state": .key("task.state.\(state.rawValue)")])
    }

    private func reason(_ act: Act) -> String {
        switch (act, state) {
        case (.issue, _): "task.refusal.issued"
        case (.cancel, .draft): "task.refusal.draft_cancel"
        case (_, .draft): "task.refusal.draft"
        case (.progress, .issued), (.declare, .issued): "task.refusal.accept_first"
        case (.resume, _): "task.refusal.not_paused"
        case (.pause, .paused): "task.refusal.paused_already"
        case (_, .paused): "task.refusal.resume_first"
        case (.verify, _), (.return, _): "task.refusal.nothing_declared"
        case (_, .declared): "task.refusal.declared"
        case (.close, _): "task.refusal.verify_first"
        case (.reopen, _): "task.refusal.open"
        case (_, .verified), (_, .closed), (_, .cancelled): "task.refusal.reopen_first"
        default: "task.refusal.not_now"
        }
    }
}
