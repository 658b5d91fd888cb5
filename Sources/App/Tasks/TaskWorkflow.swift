/// Where a task stands between being drafted and being closed, and where each act leads. A pure table: who may do an
/// act is asked elsewhere, and what must be clear before ``Act/issue`` is ``TaskClarity``.
public struct TaskWorkflow: Sendable, Hashable {
    public let state: State
    /// Where ``Act/resume`` leads back to; of a paused task only.
    public let before: State?

    public static let draft = TaskWorkflow(unchecked: .draft)

    private init(unchecked state: State, before: State? = nil) {
        self.state = state
        self.before = before
    }

    /// Nil when a paused task does not say where it was, or another one does.
    public init?(_ state: State, before: State? = nil) {
        guard (state == .paused) == (before != nil), before.map(TaskWorkflow.pausable.contains) ?? true else {
            return nil
        }
        self.init(unchecked: state, before: before)
    }

    public enum State: String, Sendable, CaseIterable {
        /// Known to those who plan only. It is deleted rather than cancelled, so that nothing comes back from a draft
        /// as issued that was never found clear.
        case draft
        case issued, accepted
        /// The lead unit gave it back with a reason: whoever assigned it issues it again, changed, or cancels it.
        case refused
        case inProgress = "in_progress"
        /// The unit says that it is done; somebody else has to look.
        case declared
        /// Looked at and not found done.
        case returned
        case verified, closed, paused, cancelled

        /// Nobody owes anything any more.
        public var isClosed: Bool { [.verified, .closed, .cancelled].contains(self) }
        /// Issued, and somebody still owes work, an answer or a decision. A draft is neither open nor closed.
        public var isOpen: Bool { !isClosed && self != .draft }
    }

    public enum Act: String, Sendable, CaseIterable {
        case issue, accept, refuse, progress, declare, verify, `return`, close, pause, resume, cancel, reopen
    }

    public var isClosed: Bool { state.isClosed }
    public var isOpen: Bool { state.isOpen }
    /// Somebody works on it or is to, so that more time can be asked for.
    public var mayBeExtended: Bool { isOpen && state != .declared && state != .refused }
    /// A draft, or what its unit gave back: nobody works by what it says.
    public var isChangeable: Bool { state == .draft || state == .refused }

    /// Acts that are possible now, in the order of a task's life.
    public var acts: [Act] { Act.allCases.filter { next($0) != nil } }

    /// Where the act leads; nil when it is not possible here.
    public func next(_ act: Act) -> TaskWorkflow? {
        switch (act, state) {
        case (.pause, _):
            TaskWorkflow.pausable.contains(state) ? TaskWorkflow(unchecked: .paused, before: state) : nil
        case (.resume, .paused): before.map { TaskWorkflow(unchecked: $0) }
        default: TaskWorkflow.target(act, from: state).map { TaskWorkflow(unchecked: $0) }
        }
    }

    private static func target(_ act: Act, from state: State) -> State? {
        switch (act, state) {
        case (.issue, .draft), (.issue, .refused): .issued
        case (.accept, .issued): .accepted
        case (.refuse, .issued): .refused
        case (.progress, .accepted), (.progress, .inProgress), (.progress, .returned): .inProgress
        case (.declare, .accepted), (.declare, .inProgress), (.declare, .returned): .declared
        case (.verify, .declared): .verified
        case (.return, .declared): .returned
        case (.close, .verified): .closed
        case (.cancel, let state) where state.isOpen: .cancelled
        case (.reopen, .verified), (.reopen, .closed): .inProgress
        // It is accepted anew: those who work on it may be others by now.
        case (.reopen, .cancelled): .issued
        default: nil
        }
    }

    /// Not while an answer is owed by those who assigned it: what was refused or declared is decided first.
    static let pausable: Set<State> = [.issued, .accepted, .inProgress, .returned]
}
