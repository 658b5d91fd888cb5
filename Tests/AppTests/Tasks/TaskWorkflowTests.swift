import Testing

@testable import App

/// The life of a task against a table that was written apart from the code.
@Suite struct TaskWorkflowTests {
    /// From, act, to. What is not here is not possible.
    private static let table = """
        draft             issue    issued
        issued            accept   accepted
        issued            refuse   refused
        issued            pause    paused:issued
        issued            cancel   cancelled
        accepted          progress in_progress
        accepted          declare  declared
        accepted          pause    paused:accepted
        accepted          cancel   cancelled
        refused           issue    issued
        refused           cancel   cancelled
        in_progress       progress in_progress
        in_progress       declare  declared
        in_progress       pause    paused:in_progress
        in_progress       cancel   cancelled
        declared          verify   verified
        declared          return   returned
        declared          cancel   cancelled
        returned          progress in_progress
        returned          declare  declared
        returned          pause    paused:returned
        returned          cancel   cancelled
        verified          close    closed
        verified          reopen   in_progress
        closed            reopen   in_progress
        cancelled         reopen   issued
        paused:issued     resume   issued
        paused:issued     cancel   cancelled
        paused:accepted   resume   accepted
        paused:accepted   cancel   cancelled
        paused:in_progress resume  in_progress
        paused:in_progress cancel  cancelled
        paused:returned   resume   returned
        paused:returned   cancel   cancelled
        """

    private static let model: [String: String] = {
        let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return Dictionary(uniqueKeysWithValues: rows.map { ("\($0[0]) \($0[1])", $0[2]) })
    }()

    private func name(_ workflow: TaskWorkflow) -> String {
        workflow.state.rawValue + (workflow.before.map { ":\($0.rawValue)" } ?? "")
    }

    private static var everywhere: [TaskWorkflow] {
        let states = TaskWorkflow.State.allCases
        return states.compactMap { TaskWorkflow($0) } + states.compactMap { TaskWorkflow(.paused, before: $0) }
    }

    @Test func everyActFromEverywhereIsTheTables() {
        #expect(Self.everywhere.count == 14)
        var possible = 0
        for workflow in Self.everywhere {
            for act in TaskWorkflow.Act.allCases {
                let expected = Self.model["\(name(workflow)) \(act.rawValue)"]
                #expect(workflow.next(act).map(name) == expected, "\(name(workflow)) \(act.rawValue)")
                #expect((workflow.refusal(of: act) == nil) == (expected != nil))
                #expect(workflow.acts.contains(act) == (expected != nil))
                possible += expected == nil ? 0 : 1
            }
        }
        #expect(possible == Self.model.count)
    }

    /// Tries any act, also impossible ones; what the model does not allow leaves the task where it is.
    @Test(arguments: [57, 2025, 42]) func aLongWalkStaysOnTheTable(_ seed: UInt64) {
        var random = RandomSteps(seed: seed), workflow = TaskWorkflow.draft, expected = "draft"
        var visits: [String: Int] = [:]
        for step in 0..<20_000 {
            // A walk does not come back to where it began.
            if step % 500 == 0 { (workflow, expected) = (.draft, "draft") }
            guard let act = TaskWorkflow.Act.allCases.randomElement(using: &random) else { break }
            workflow = workflow.next(act) ?? workflow
            expected = Self.model["\(expected) \(act.rawValue)"] ?? expected
            guard name(workflow) == expected else {
                Issue.record("step \(step) of seed \(seed): \(name(workflow)) instead of \(expected)")
                return
            }
            #expect(!(workflow.isOpen && workflow.isClosed))
            visits[expected, default: 0] += 1
        }
        #expect(visits.count == 14, "not everywhere: \(visits.keys.sorted())")
    }

    @Test func onlyAPausedTaskRemembers() {
        #expect(TaskWorkflow(.paused) == nil)
        #expect(TaskWorkflow(.issued, before: .accepted) == nil)
        for state in [TaskWorkflow.State.draft, .refused, .declared, .verified, .closed, .cancelled, .paused] {
            #expect(TaskWorkflow(.paused, before: state) == nil)
        }
        #expect(TaskWorkflow(.paused, before: .returned)?.next(.resume) == TaskWorkflow(.returned))
    }

    @Test func whatIsOpenAndWhatIsClosed() {
        let closed = TaskWorkflow.State.allCases.filter(\.isClosed).map(\.rawValue)
        #expect(closed == ["verified", "closed", "cancelled"])
        let open = TaskWorkflow.State.allCases.filter(\.isOpen).map(\.rawValue)
        #expect(open == ["issued", "accepted", "refused", "in_progress", "declared", "returned", "paused"])
    }

    /// These numbers are in databases: a test that fails here is right.
    @Test func theCodesNeverChange() {
        let codes = TaskWorkflow.State.allCases.map { "\($0.rawValue) \($0.code)" }.joined(separator: ", ")
        #expect(
            codes == """
                draft 1, issued 2, accepted 3, refused 4, in_progress 5, declared 6, returned 7, verified 8, closed 9, \
                paused 10, cancelled 11
                """)
    }

    @Test(arguments: [
        ("draft", "progress", "draft"), ("draft", "cancel", "draft_cancel"), ("issued", "progress", "accept_first"),
        ("issued", "declare", "accept_first"), ("issued", "issue", "issued"), ("issued", "verify", "nothing_declared"),
        ("in_progress", "resume", "not_paused"), ("in_progress", "close", "verify_first"),
        ("declared", "pause", "declared"),
        ("declared", "progress", "declared_progress"), ("verified", "cancel", "reopen_first"),
        ("closed", "declare", "reopen_first"),
        ("cancelled", "accept", "reopen_first"), ("accepted", "reopen", "open"), ("refused", "progress", "not_now"),
        ("refused", "accept", "already"), ("accepted", "refuse", "already"), ("accepted", "accept", "already"),
        ("declared", "declare", "already"), ("verified", "verify", "already"), ("verified", "return", "already"),
        ("returned", "return", "already"), ("returned", "verify", "already"), ("closed", "verify", "already"),
        ("closed", "close", "already"), ("cancelled", "close", "already"), ("cancelled", "return", "already"),
        ("cancelled", "cancel", "already"), ("in_progress", "verify", "nothing_declared"),
        ("declared", "close", "declared"), ("in_progress", "accept", "already"), ("declared", "accept", "already"),
        ("verified", "refuse", "already"), ("declared", "reopen", "open"), ("draft", "resume", "not_paused"),
    ]) func aRefusalSaysWhatComesFirst(_ state: String, _ act: String, _ reason: String) throws {
        let workflow = try #require(TaskWorkflow.State(rawValue: state).flatMap { TaskWorkflow($0) })
        let message = workflow.refusal(of: try #require(TaskWorkflow.Act(rawValue: act)))
        #expect(message?.key == "task.refusal.\(reason)")
        #expect(message?.arguments["state"] == .key("task.state.\(state)"))
    }

    @Test func aPausedTaskIsResumedFirst() throws {
        let paused = try #require(TaskWorkflow(.paused, before: .inProgress))
        #expect(paused.refusal(of: .progress)?.key == "task.refusal.resume_first")
        #expect(paused.refusal(of: .pause)?.key == "task.refusal.already")
        #expect(paused.refusal(of: .reopen)?.key == "task.refusal.open")
        // Whether it can still be accepted depends on where it goes on.
        #expect(paused.refusal(of: .accept)?.key == "task.refusal.already")
        let before = try #require(TaskWorkflow(.paused, before: .issued))
        #expect(before.refusal(of: .accept)?.key == "task.refusal.resume_first")
    }
}
