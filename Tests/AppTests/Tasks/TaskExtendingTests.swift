import Storage
import TestSupport
import Testing

@testable import App

/// A deadline is moved when somebody asked in time and another granted it; the first one is never forgotten.
@Suite struct TaskExtendingTests {
    private func ask(_ tasks: TaskWorld, _ task: UID, _ days: Int, reason: String = "Chờ kinh phí", as viewer: Viewer)
        async -> [String]
    {
        let (day, now) = (tasks.due.adding(days: days), tasks.now)
        return await tasks.refusal {
            _ = try await tasks.act(as: viewer) {
                try $0.askExtension(task, to: day, reason: reason, seen: nil, at: now)
            }
        }
    }

    private func decide(
        _ tasks: TaskWorld, _ task: UID, _ decision: TaskExtension.Decision, answer: String = "", as viewer: Viewer
    ) async -> [String] {
        let now = tasks.now
        return await tasks.refusal {
            let asked = try #require(try await extensions(tasks, task).last?.uid)
            try await tasks.act(as: viewer) {
                try $0.decideExtension(asked, of: task, decision, answer: answer, seen: nil, at: now)
            }
        }
    }

    private func extensions(_ tasks: TaskWorld, _ task: UID) async throws -> [TaskExtension] {
        try await tasks.act { try $0.tx.ask($0.extensions(of: $0.find(task).task.id)) }
    }

    @Test(arguments: Engine.allCases) func itIsGrantedCountedAndTheFirstDayKept(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, above, first) = (tasks.performer.viewer, tasks.secretariat, tasks.due)
            let task = try await tasks.issued().uid
            for days in [10, 20] {
                #expect(await ask(tasks, task, days, as: unit) == [])
                #expect(try await tasks.find(task).due == first.adding(days: days - 10), "asked is not granted")
                #expect(await decide(tasks, task, .granted, as: above) == [])
            }
            let item = try await tasks.find(task)
            #expect(item.due == first.adding(days: 20) && item.originalDue == first && item.extensions == 2)
            let all = try await extensions(tasks, task)
            #expect(all.map(\.decision) == [.granted, .granted] && all.map(\.from) == [first, first.adding(days: 10)])
            #expect(all.first?.askedBy == "Chuyên viên, Sở Tài chính Gia Lai")
            #expect(
                try await tasks.verbs(task) == [
                    "created", "given", "extension-asked", "extension-decided", "extension-asked", "extension-decided",
                ])
            tasks.pass(days: 30)
            let status = try await tasks.find(task).status(on: tasks.today)
            #expect(status.schedule != .overdue && status.againstOriginal == .overdue)
            #expect(try await tasks.names(as: above) { $0.schedule = .overdue } == [])
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func itIsAskedBeforeTheDayIsOver(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = tasks.performer.viewer
            let (one, other) = (try await tasks.issued().uid, try await tasks.issued().uid)
            let due = tasks.due
            tasks.pass(days: 23)
            #expect(tasks.today == due)
            #expect(await ask(tasks, one, 10, as: unit) == [])
            tasks.pass(days: 1)
            #expect(await ask(tasks, other, 10, as: unit) == ["conflict task.error.extension_late"])
            #expect(await decide(tasks, one, .granted, as: tasks.leader) == [], "it was asked in time")
        }
    }

    @Test(arguments: Engine.allCases) func aRequestSaysWhyAndALaterDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = tasks.performer.viewer
            let task = try await tasks.issued().uid
            #expect(
                await ask(tasks, task, 0, reason: "", as: unit) == [
                    "to task.error.extension_early", "reason task.error.reason_missing",
                ])
            #expect(await ask(tasks, task, 100_000, as: unit) == ["to deadline.error.year"])
            #expect(await ask(tasks, task, 5, as: tasks.secretariat) == ["forbidden"])
            #expect(await ask(tasks, task, 5, as: tasks.viewer(.supervisor)) == ["forbidden"])
            #expect(await ask(tasks, task, 5, as: tasks.viewer(.nobody)) == ["not found"])
            #expect(await ask(tasks, task, 5, as: unit) == [])
            #expect(await ask(tasks, task, 9, as: unit) == ["conflict task.error.extension_waits"])
            #expect(await decide(tasks, task, .refused, as: tasks.leader) == ["answer task.error.reason_missing"])
            #expect(await decide(tasks, task, .refused, answer: "Không có lý do", as: tasks.leader) == [])
            #expect(
                await decide(tasks, task, .granted, as: tasks.leader) == ["conflict task.error.extension_decided"])
            #expect(await ask(tasks, task, 9, as: unit) == [], "after a refusal it may be asked again")
            let item = try await tasks.find(task)
            #expect(item.due == tasks.due && item.extensions == 0)
            let undated = try await tasks.issued {
                $0.deadline = .event("Khi Quốc hội thông qua luật dữ liệu", reviewOn: tasks.due)
            }
            #expect(await ask(tasks, undated.uid, 5, as: unit) == ["conflict task.error.extension_undated"])
            try await tasks.declared(task)
            #expect(await ask(tasks, task, 12, as: unit) == ["conflict task.error.extension_state"])
        }
    }

    @Test(arguments: Engine.allCases) func whoAskedDoesNotDecide(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued { $0.leader = tasks.chairman.office.uid }.uid
            #expect(await ask(tasks, task, 5, as: tasks.chairman.viewer) == [], "who answers for it may ask")
            let agent = try await tasks.viewer(
                tasks.performer.office.uid, for: tasks.world.office(.leader))
            let second = try await tasks.hire(tasks.colleague, also: .science, .secretariat)
            let own: [(String, Viewer)] = [
                ("performer", tasks.performer.viewer), ("colleague", tasks.colleague.viewer), ("agent", agent),
                ("who asked", tasks.chairman.viewer), ("another office", second.viewer),
                ("supervisor", tasks.viewer(.supervisor)),
            ]
            for (name, viewer) in own {
                #expect(await decide(tasks, task, .granted, as: viewer) == ["forbidden"], "\(name)")
            }
            #expect(await decide(tasks, task, .granted, as: tasks.secretariat) == [])
        }
    }

    @Test(arguments: Engine.allCases) func aRequestBelongsToItsTask(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (one, other) = (try await tasks.issued().uid, try await tasks.issued().uid)
            #expect(await ask(tasks, one, 5, as: tasks.performer.viewer) == [])
            let asked = try #require(try await extensions(tasks, one).first?.uid)
            let (viewer, now) = (tasks.secretariat, tasks.now)
            let found = await tasks.refusal {
                _ = try await tasks.act(as: viewer) {
                    try $0.decideExtension(asked, of: other, .granted, answer: "", seen: nil, at: now)
                }
            }
            #expect(found == ["not found"])
            let stale = await tasks.refusal {
                _ = try await tasks.act(as: viewer) {
                    try $0.decideExtension(asked, of: one, .granted, answer: "", seen: 2, at: now)
                }
            }
            #expect(stale == ["stale"])
        }
    }

    /// What is over is not made punctual afterwards, and no request brings a deadline forward.
    @Test(arguments: Engine.allCases) func aRequestThatWasOvertakenIsNotGranted(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, above) = (tasks.performer.viewer, tasks.secretariat)
            let done = try await tasks.issued().uid
            #expect(await ask(tasks, done, 30, as: unit) == [])
            let changed = try await tasks.issued().uid
            #expect(await ask(tasks, changed, 5, as: unit) == [])
            // As a program from before left it, that withdrew nothing.
            let later = tasks.due.adding(days: 60)
            try await tasks.act { try $0.tx.run("UPDATE task SET due = \(later) WHERE uid = \(changed)") }
            #expect(await decide(tasks, changed, .granted, as: above) == ["conflict task.error.extension_overtaken"])
            #expect(await decide(tasks, changed, .refused, answer: "Đã lùi hạn", as: above) == [])
            tasks.pass(days: 30)
            try await tasks.declared(done)
            try await tasks.does(.verify, done, as: above)
            #expect(await decide(tasks, done, .granted, as: above) == ["conflict task.error.extension_withdrawn"])
            #expect(try await tasks.find(done).status(on: tasks.today).schedule == .doneLate)
        }
    }
}
