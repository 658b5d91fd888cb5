import Storage
import TestSupport
import Testing

@testable import App

/// An open task goes to another person, or has another leader to answer for it.
@Suite struct TaskReassigningTests {
    private func tried(
        _ part: TaskPart, _ task: UID, to office: UID, _ tasks: TaskWorld, as viewer: Viewer, reason: String = "Ốm",
        seen: Int? = nil
    ) async -> [String] {
        let now = tasks.now
        return await tasks.refusal {
            _ = try await tasks.act(as: viewer) {
                try $0.reassign(part, task, TaskReassignment(office: office, reason: reason), seen: seen, at: now)
            }
        }
    }

    @Test(arguments: Engine.allCases) func theWorkGoesOnWithSomebodyElse(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            let next = try await tasks.hire(.finance, "Chuyên viên")
            tasks.pass(days: 2)
            #expect(
                await tried(.performer, task, to: next.office.uid, tasks, as: tasks.secretariat, seen: 1) == ["stale"])
            #expect(await tried(.performer, task, to: next.office.uid, tasks, as: tasks.secretariat, seen: 3) == [])
            let found = try await tasks.find(task)
            #expect(found.performer == next.office.id && found.workflow.state == .accepted)
            let held = try await tasks.act { store in
                try store.tx.ask(store.assignments(of: store.find(task).task.id)).filter { $0.part == .performer }
            }
            #expect(held.map(\.office.uid) == [next.office.uid, tasks.performer.office.uid])
            #expect(held.map(\.to) == [.never, tasks.today] && held.first?.reason == "Ốm")
            // The list of a person goes along, and so does who may perform.
            let person = next.person.uid
            #expect(try await tasks.names(as: tasks.secretariat) { $0.person = person }.count == 1)
            let former = tasks.performer.person.uid
            #expect(try await tasks.names(as: tasks.secretariat) { $0.person = former } == [])
            #expect(await tasks.tried(.progress, task, as: next.viewer) == "done")
            #expect(try await tasks.verbs(task) == ["created", "given", "accepted", "reassigned", "progressed"])
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func whoMayAndToWhom(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            let (next, head) = (
                try await tasks.hire(.finance, "Kế toán"), try await tasks.hire(.finance, "Trưởng", .leader)
            )
            let other = try await tasks.hire(.science, "Chuyên viên")
            let both = try await tasks.hire(try await tasks.hire(.finance, "Biệt phái"), also: .science)
            for viewer in [
                tasks.performer.viewer, tasks.chief.viewer, tasks.viewer(.supervisor), tasks.colleague.viewer,
            ] {
                #expect(
                    await tried(.performer, task, to: next.office.uid, tasks, as: viewer) == ["forbidden"],
                    "\(viewer.name)")
            }
            #expect(
                await tried(.performer, task, to: next.office.uid, tasks, as: tasks.viewer(.nobody)) == ["not found"])
            #expect(await tried(.leader, task, to: tasks.colleague.office.uid, tasks, as: head.viewer) == ["forbidden"])
            let wrong: [(UID, String)] = [
                (other.office.uid, "office task.error.reassign_elsewhere"),
                (tasks.chief.office.uid, "office task.error.reassign_leader"),
                (tasks.performer.office.uid, "office task.error.reassign_same"),
                (UID.new(at: tasks.now), "office task.error.office_unknown"),
            ]
            for (office, told) in wrong {
                #expect(await tried(.performer, task, to: office, tasks, as: head.viewer) == [told])
            }
            let second = try await tasks.act { store in
                try #require(
                    try store.tx.first(
                        "SELECT uid FROM office WHERE person_id = \(both.person.id) AND id <> \(both.office.id)")
                ).uid(0)
            }
            #expect(
                await tried(.performer, task, to: second, tasks, as: head.viewer) == [
                    "office task.error.reassign_verifier"
                ])
            #expect(
                await tried(.performer, task, to: next.office.uid, tasks, as: head.viewer, reason: "")
                    == ["reason task.error.reason_missing"])
            #expect(await tried(.performer, task, to: next.office.uid, tasks, as: head.viewer) == [])
            #expect(
                await tried(.leader, task, to: next.office.uid, tasks, as: tasks.secretariat)
                    == ["office task.error.reassign_performer"])
            #expect(
                await tried(.leader, task, to: other.office.uid, tasks, as: tasks.secretariat)
                    == ["office task.error.reassign_leader_elsewhere"])
        }
    }

    /// Giving it away does not make its former owner a judge of it.
    @Test(arguments: Engine.allCases) func whoHadItDoesNotVerifyIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued { $0.leader = tasks.chairman.office.uid }.uid
            #expect(await tried(.leader, task, to: tasks.chief.office.uid, tasks, as: tasks.secretariat) == [])
            try await tasks.declared(task)
            #expect(await tasks.tried(.verify, task, as: tasks.chairman.viewer) == "forbidden")
            let offices = try await tasks.act { store in
                try store.tx.ask(store.assignments(of: store.find(task).task.id)).filter { $0.part == .leader }.map(
                    \.office.uid)
            }
            #expect(offices == [tasks.chief.office.uid, tasks.chairman.office.uid])
            #expect(await tasks.tried(.verify, task, as: tasks.secretariat) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func onlyWhileItIsWorkedOn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let next = try await tasks.hire(.finance, "Kế toán").office.uid
            let draft = try await tasks.drafted().uid
            #expect(
                await tried(.performer, draft, to: next, tasks, as: tasks.secretariat)
                    == ["conflict task.error.reassign_state"])
            let task = try await tasks.issued().uid
            try await tasks.declared(task)
            #expect(
                await tried(.performer, task, to: next, tasks, as: tasks.secretariat)
                    == ["conflict task.error.reassign_declared"])
            try await tasks.does(.verify, task, as: tasks.secretariat)
            #expect(
                await tried(.performer, task, to: next, tasks, as: tasks.secretariat)
                    == ["conflict task.error.reassign_state"])
        }
    }
}

/// All open tasks of an office at once, while the office goes on.
@Suite struct TaskHandoverTests {
    @Test(arguments: Engine.allCases) func whatCanGoGoesAndTheRestIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let next = try await tasks.hire(.finance, "Kế toán"), now = tasks.now
            let open = try await tasks.issued().uid
            let (led, declared) = (
                try await tasks.issued { $0.leader = next.office.uid }.uid, try await tasks.issued().uid
            )
            try await tasks.declared(declared)
            let (from, to) = (tasks.performer.office.uid, next.office.uid)
            let plan = try await tasks.act(as: tasks.secretariat) { try $0.handover(of: from, to: to) }
            #expect(plan.going.map(\.row.uid) == [open])
            #expect(
                Set(plan.staying.compactMap { $0.refusal?.key })
                    == ["task.error.reassign_leader", "task.error.reassign_declared"])
            func tried(_ viewer: Viewer, to successor: UID, _ reason: String) async -> [String] {
                await tasks.refusal {
                    _ = try await tasks.act(as: viewer) {
                        try $0.handOver(from, to: successor, reason: reason, at: now)
                    }
                }
            }
            #expect(await tried(tasks.viewer(.supervisor), to: to, "Ốm") == ["forbidden"])
            #expect(await tried(tasks.viewer(.nobody), to: to, "Ốm") == ["not found"])
            #expect(await tried(tasks.secretariat, to: to, "") == ["reason task.error.reason_missing"])
            #expect(await tried(tasks.secretariat, to: to, "Ốm") == [])
            #expect(try await tasks.find(open).performer == next.office.id)
            #expect(try await tasks.find(led).performer == tasks.performer.office.id)
            #expect(try await tasks.find(declared).performer == tasks.performer.office.id)
            #expect(await tried(tasks.secretariat, to: to, "Ốm") == ["successor task.error.handover_nothing"])
            #expect(try await tasks.disorder() == [])
        }
    }

    /// However many there are, all of them are looked at: here two at a time.
    @Test(arguments: Engine.allCases) func noTaskIsLeftOut(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let next = try await tasks.hire(.finance, "Kế toán"), now = tasks.now
            for number in 0..<5 { _ = try await tasks.issued { $0.title = "Rà soát dữ liệu đợt \(number)" } }
            let held = try await tasks.issued { $0.leader = next.office.uid }.uid
            let (from, to) = (tasks.performer.office.uid, next.office.uid)
            let plan = try await tasks.act(as: tasks.secretariat) { store in
                var store = store
                store.handoverBatch = 2
                return try store.handOver(from, to: to, reason: "Nghỉ phép", at: now)
            }
            #expect(plan.going.count == 5 && plan.staying.map(\.row.uid) == [held])
            let left = try await tasks.number(
                "SELECT COUNT(*) FROM task WHERE performer_id = \(tasks.performer.office.id)")
            #expect(left == 1)
        }
    }
}
