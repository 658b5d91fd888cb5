import Storage
import TestSupport
import Testing

@testable import App

/// The life of an issued task: who may do what, and what each act asks for.
@Suite struct TaskActsTests {
    /// What somebody may do to a task: `directs`, `performs`, `verifies`.
    private func rights(_ tasks: TaskWorld, _ task: UID, as viewer: Viewer) async throws -> String {
        try await tasks.act(as: viewer) { store in
            let rights = try store.rights(store.find(task).task)
            return [(rights.directs, "directs"), (rights.performs, "performs"), (rights.verifies, "verifies")]
                .filter(\.0).map(\.1).joined(separator: " ")
        }
    }

    @Test(arguments: Engine.allCases) func everybodyHasTheirSide(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            let expected: [Who: String] = [
                .secretariat: "directs verifies", .leader: "directs verifies", .acting: "directs verifies",
                .administrator: "", .member: "", .focal: "", .supervisor: "", .root: "", .department: "",
            ]
            for (who, side) in expected {
                #expect(try await rights(tasks, row.uid, as: tasks.viewer(who)) == side, "\(who)")
            }
            #expect(try await rights(tasks, row.uid, as: tasks.performer.viewer) == "performs")
            #expect(try await rights(tasks, row.uid, as: tasks.chief.viewer) == "performs")
            #expect(try await rights(tasks, row.uid, as: tasks.colleague.viewer) == "performs")
            #expect(try await rights(tasks, row.uid, as: tasks.chairman.viewer) == "directs verifies")
            let front = try await tasks.hire(.front, "Trưởng ban", .leader)
            #expect(try await rights(tasks, row.uid, as: front.viewer) == "", "neither assigned it nor stands above")
            for who in [Who.nobody, .former] {
                let found = await tasks.refusal { _ = try await rights(tasks, row.uid, as: tasks.viewer(who)) }
                #expect(found == ["not found"], "\(who)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aWholeLife(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, secretariat, leader) = (tasks.performer.viewer, tasks.secretariat, tasks.leader)
            let task = try await tasks.issued().uid
            let onlookers = [tasks.viewer(.supervisor), tasks.viewer(.member), tasks.viewer(.department)]
            /// Everybody else is refused, then whoever may does it.
            func step(_ act: TaskWorkflow.Act, _ doer: Viewer, not others: [Viewer], to state: TaskWorkflow.State)
                async throws
            {
                for other in others + onlookers {
                    #expect(await tasks.tried(act, task, as: other) == "forbidden", "\(act) by \(other.name)")
                }
                #expect(await tasks.tried(act, task, as: tasks.viewer(.nobody)) == "not found")
                #expect(await tasks.tried(act, task, as: doer) == "done", "\(act)")
                #expect(try await tasks.find(task).workflow.state == state)
            }
            let lead = [unit, tasks.chief.viewer, tasks.colleague.viewer]
            let above = [secretariat, leader, tasks.chairman.viewer]
            try await step(.accept, unit, not: above, to: .accepted)
            try await step(.progress, unit, not: above, to: .inProgress)
            #expect(try await tasks.find(task).percent == 40)
            try await step(.pause, secretariat, not: lead, to: .paused)
            try await step(.resume, leader, not: lead, to: .inProgress)
            try await step(.declare, tasks.chief.viewer, not: above, to: .declared)
            let declared = try await tasks.find(task)
            #expect(declared.percent == 100 && declared.declaredOn == tasks.today && declared.hasEvidence)
            #expect(declared.status(on: tasks.today).verified == .awaiting)
            try await step(.return, tasks.viewer(.acting), not: lead, to: .returned)
            #expect(try await tasks.find(task).declaredOn == nil)
            try await step(.declare, unit, not: above, to: .declared)
            try await step(.verify, tasks.chairman.viewer, not: lead, to: .verified)
            let verified = try await tasks.find(task)
            #expect(verified.status(on: tasks.today).verified == .verified)
            #expect(verified.status(on: tasks.today).schedule == .doneInTime)
            try await step(.close, leader, not: lead, to: .closed)
            try await step(.reopen, secretariat, not: lead, to: .inProgress)
            try await step(.cancel, secretariat, not: lead, to: .cancelled)
            #expect(
                try await tasks.verbs(task) == [
                    "created", "given", "accepted", "progressed", "paused", "resumed", "declared", "returned",
                    "declared", "verified", "closed", "reopened", "cancelled",
                ])
            #expect(try await tasks.find(task).version == 13)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Whatever office is lent to them or held beside: who has a part in the result does not find it good.
    @Test(arguments: Engine.allCases) func nobodyVerifiesTheirOwnResult(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let world = tasks.world
            let task = try await tasks.issued { $0.leader = tasks.chairman.office.uid }.uid
            try await tasks.declared(task)
            let science = try await tasks.hire(.science, "Phó giám đốc", .secretariat)
            let borrowed = try await tasks.hire(.science, "Thư ký", .secretariat)
            let second = try await tasks.hire(tasks.performer, also: .science, .secretariat)
            let beside = try await tasks.hire(tasks.colleague, also: .science, .secretariat)
            let hidden: [(String, Viewer)] = [
                (
                    "the performer for the leader",
                    try await tasks.viewer(tasks.performer.office.uid, for: world.office(.leader))
                ),
                (
                    "a colleague for the secretariat",
                    try await tasks.viewer(tasks.colleague.office.uid, for: world.office(.secretariat))
                ),
                ("a colleague", tasks.colleague.viewer),
                ("the performer in another office", second.viewer),
                ("a colleague in another office", beside.viewer),
                (
                    "for the performer in that office",
                    try await tasks.viewer(science.office.uid, for: second.office.uid)
                ),
                (
                    "for somebody of the lead unit",
                    try await tasks.viewer(science.office.uid, for: tasks.colleague.office.uid)
                ),
                ("who answers for it", tasks.chairman.viewer),
                (
                    "for who answers for it",
                    try await tasks.viewer(borrowed.office.uid, for: tasks.chairman.office.uid)
                ),
            ]
            for (name, viewer) in hidden {
                #expect(await tasks.tried(.verify, task, as: viewer) == "forbidden", "\(name)")
                #expect(try await rights(tasks, task, as: viewer).contains("verifies") == false, "\(name)")
            }
            #expect(await tasks.tried(.verify, task, as: science.viewer) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func whoDeclaredForAnotherDoesNotVerify(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            let science = try await tasks.hire(.science, "Phó giám đốc", .secretariat)
            let agent = try await tasks.viewer(science.office.uid, for: tasks.performer.office.uid)
            #expect(await tasks.tried(.declare, task, as: agent) == "done")
            #expect(await tasks.tried(.verify, task, as: science.viewer) == "forbidden")
            #expect(await tasks.tried(.return, task, as: science.viewer) == "forbidden")
            #expect(await tasks.tried(.verify, task, as: tasks.secretariat) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func whatIsMissingIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, above) = (tasks.performer.viewer, tasks.secretariat)
            let task = try await tasks.issued().uid
            func told(_ act: TaskWorkflow.Act, _ report: TaskReport = TaskReport(), as viewer: Viewer) async -> [String]
            {
                await tasks.refusal { try await tasks.does(act, task, report, as: viewer) }
            }
            let reason = ["text task.error.reason_missing"]
            #expect(await told(.refuse, as: unit) == reason)
            #expect(await told(.pause, as: above) == reason)
            #expect(await told(.cancel, as: above) == reason)
            #expect(await told(.accept, as: unit) == [])
            #expect(await told(.progress, as: unit) == ["percent field.missing", "text field.missing"])
            for percent in [-1, 101, Int.max] {
                #expect(
                    await told(.progress, TaskReport(text: "x", percent: percent), as: unit) == [
                        "percent field.integer"
                    ])
            }
            let file = TaskReport(evidence: TaskEvidence(name: "x", url: "javascript:alert(1)"))
            #expect(await told(.declare, file, as: unit) == ["evidence_url task.error.evidence_url"])
            #expect(await told(.declare, as: unit) == [])
            #expect(await told(.return, as: above) == reason)
            #expect(try await tasks.verbs(task) == ["created", "given", "accepted", "declared"])
        }
    }

    @Test(arguments: Engine.allCases) func withoutEvidenceNothingIsVerified(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, above) = (tasks.performer.viewer, tasks.secretariat)
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: unit)
            try await tasks.does(.declare, task, as: unit, evidence: false)
            #expect(await tasks.tried(.verify, task, as: above) == "conflict task.error.no_evidence")
            // What those above lay beside their answer is no evidence of the unit's.
            let answer = TaskReport(text: "Thiếu biên bản", evidence: TaskWorld.evidence)
            try await tasks.does(.return, task, answer, as: above)
            try await tasks.does(.declare, task, as: unit, evidence: false)
            #expect(await tasks.tried(.verify, task, as: above) == "conflict task.error.no_evidence")
            try await tasks.does(.return, task, as: above)
            let report = TaskReport(text: "Có biên bản", percent: 90, evidence: TaskWorld.evidence)
            try await tasks.does(.progress, task, report, as: unit)
            try await tasks.does(.declare, task, as: unit, evidence: false)
            #expect(await tasks.tried(.verify, task, as: above) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func partsAreDoneBeforeTheWhole(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let above = tasks.secretariat
            let whole = try await tasks.issued()
            let part = try await tasks.issued { $0.parent = whole.uid }.uid
            try await tasks.declared(whole.uid)
            #expect(await tasks.tried(.verify, whole.uid, as: above) == "conflict task.error.open_children")
            try await tasks.does(.cancel, part, as: above)
            #expect(await tasks.tried(.verify, whole.uid, as: above) == "done")
            // The other way round: no part goes on below what has ended.
            #expect(await tasks.tried(.reopen, part, as: above) == "conflict task.error.reopen_parent_closed")
            try await tasks.does(.reopen, whole.uid, as: above)
            try await tasks.does(.reopen, part, as: above)
            #expect(await tasks.tried(.cancel, whole.uid, as: above) == "conflict task.error.open_children")
            try await tasks.declared(part)
            try await tasks.does(.verify, part, as: above)
            try await tasks.does(.declare, whole.uid, as: tasks.performer.viewer)
            for act in [TaskWorkflow.Act.verify, .close] { try await tasks.does(act, whole.uid, as: above) }
            #expect(await tasks.tried(.reopen, part, as: above) == "conflict task.error.reopen_parent_closed")
            #expect(await tasks.tried(.close, part, as: above) == "done")
        }
    }

    /// Of what has ended no part is drafted, issued or broken down; what was there before such a rule is told as well.
    @Test(arguments: Engine.allCases) func whatHasEndedGetsNoPart(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let above = tasks.secretariat
            for end in [TaskWorkflow.Act.cancel, .verify] {
                let whole = try await tasks.issued()
                let draft = try await tasks.drafted { $0.parent = whole.uid }
                if end == .verify { try await tasks.declared(whole.uid) }
                #expect(await tasks.tried(end, whole.uid, as: above) == "conflict task.error.open_children", "a draft")
                try await tasks.world.database.write { tx in
                    try tx.run("UPDATE task SET parent_id = NULL WHERE id = \(draft.task.id)")
                }
                try await tasks.does(end, whole.uid, as: above)
                try await tasks.world.database.write { tx in
                    try tx.run("UPDATE task SET parent_id = \(whole.task.id) WHERE id = \(draft.task.id)")
                }
                #expect(await tasks.tried(.issue, draft.uid, as: above) == "conflict task.error.issue_parent_closed")
                let chosen = [TaskBulkAct.Chosen(uid: draft.uid, version: draft.task.version)]
                let refused = try await tasks.act(as: above) { try $0.preview(TaskBulkAct(.issue, chosen)) }
                #expect(refused.flatMap(\.refusals).map(\.message.key) == ["task.error.issue_parent_closed"])
                let added = await tasks.refusal { _ = try await tasks.drafted { $0.parent = whole.uid } }
                #expect(added == ["parent task.error.parent_closed"])
                let (finance, template) = (try tasks.world.uid(.finance), try tasks.draft())
                let broken = await tasks.refusal {
                    let now = tasks.now
                    try await tasks.act(as: above) { store in
                        let parts = [TaskBreakdown.Part(unit: finance)]
                        try store.breakDown(
                            whole.uid, TaskBreakdown(template: template, parts: parts), seen: nil, at: now)
                    }
                }
                #expect(broken == ["conflict task.error.parent_closed"])
                try await tasks.does(.reopen, whole.uid, as: above)
                #expect(await tasks.tried(.issue, draft.uid, as: above) == "done")
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func oneOfTwoAtTheSameTimeWins(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for round in 0..<4 {
                let task = try await tasks.issued().uid
                try await tasks.declared(task)
                let seen = round.isMultiple(of: 2) ? nil : 5
                async let one = tasks.tried(.verify, task, as: tasks.leader, seen: seen)
                async let other = tasks.tried(.return, task, as: tasks.chairman.viewer, seen: seen)
                let outcomes = await [one, other].sorted()
                #expect(outcomes == ["conflict task.refusal.already_by", "done"])
                #expect(try await tasks.find(task).version == 6)
                #expect(try await tasks.verbs(task).count == 6)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    /// The state allows both; only who says which state they saw is told of the other.
    @Test(arguments: Engine.allCases) func whoSawAnOlderStateIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            async let one = tasks.tried(.progress, task, as: tasks.performer.viewer, seen: 3)
            async let other = tasks.tried(.progress, task, as: tasks.chief.viewer, seen: 3)
            #expect(await [one, other].sorted() == ["done", "stale"])
            #expect(await tasks.tried(.progress, task, as: tasks.chief.viewer) == "done")
            #expect(try await tasks.find(task).version == 5)
        }
    }
}
