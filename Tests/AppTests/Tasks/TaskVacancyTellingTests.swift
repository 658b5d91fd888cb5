import Storage
import TestSupport
import Testing

@testable import App

/// Whoever may give a task to somebody else is told when the office of its person gets an end and the task stays.
@Suite struct TaskVacancyTellingTests {
    private func end(
        _ office: UID, _ tasks: TaskWorld, to succession: Succession = .open(reason: "Chưa có người thay"),
        in days: Int = 1, leavesRest: Bool = false
    ) async throws {
        let (day, today, now) = (tasks.today.adding(days: days), tasks.today, tasks.now)
        try await tasks.world.database.write { tx in
            try PersonStore(tx: tx, viewer: .system("test"), today: today).endOffice(
                office, OfficeEnding(from: day, succession: succession, leavesRest: leavesRest), at: now)
        }
    }

    private func told(_ viewer: Viewer, _ tasks: TaskWorld) async throws -> Int {
        try await tasks.told(viewer).count { $0 == "vacant" }
    }

    @Test(arguments: Engine.allCases) func whoMayGiveItOnIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let head = try await tasks.hire(.finance, "Trưởng phòng", .leader)
            let open = try await tasks.issued().uid, done = try await tasks.issued().uid
            try await tasks.declared(done)
            _ = try await tasks.drafted()
            try await end(tasks.performer.office.uid, tasks)
            for viewer in [head.viewer, tasks.secretariat] {
                #expect(try await told(viewer, tasks) == 1, "\(viewer.name)")
            }
            // Whoever directs other tasks may not give this one on, nor may who answers for it.
            let others = [
                tasks.colleague.viewer, tasks.chief.viewer, tasks.performer.viewer, tasks.viewer(.supervisor),
            ]
            for viewer in others {
                #expect(try await told(viewer, tasks) == 0, "\(viewer.name)")
            }
            tasks.pass(days: 1)
            let (next, now) = (try await tasks.hire(.finance, "Chuyên viên mới").office.uid, tasks.now)
            try await tasks.act(as: head.viewer) { store in
                try store.reassign(
                    .performer, open, TaskReassignment(office: next, reason: "Thay người"), seen: nil, at: now)
            }
            for viewer in [head.viewer, tasks.secretariat] {
                #expect(try await told(viewer, tasks) == 0, "\(viewer.name): it is given on")
            }
        }
    }

    @Test(arguments: Engine.allCases) func ofALeaderTheAssigningSideIsToldAlone(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let head = try await tasks.hire(.finance, "Trưởng phòng", .leader)
            _ = try await tasks.issued()
            try await end(tasks.chief.office.uid, tasks, in: 10)
            #expect(try await told(tasks.secretariat, tasks) == 1)
            #expect(try await told(head.viewer, tasks) == 0, "who names another leader is not theirs to say")
            try await end(tasks.chief.office.uid, tasks, in: 2)
            #expect(try await told(tasks.secretariat, tasks) == 1, "an earlier day is no other news")
        }
    }

    @Test(arguments: Engine.allCases) func whatASuccessorHasIsNoNews(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let head = try await tasks.hire(.finance, "Trưởng phòng", .leader)
            let next = try await tasks.hire(.finance, "Chuyên viên mới").office.uid
            _ = try await tasks.issued()
            try await end(tasks.performer.office.uid, tasks, to: .office(next))
            for viewer in [head.viewer, tasks.secretariat] { #expect(try await told(viewer, tasks) == 0) }
            // Of what a rule does not let the successor have they are told.
            let kept = try await tasks.hire(.finance, "Kế toán")
            let held = try await tasks.issued { ($0.performer, $0.leader) = (kept.office.uid, next) }
            _ = try await tasks.issued { $0.performer = kept.office.uid }
            try await end(kept.office.uid, tasks, to: .office(next), leavesRest: true)
            let today = tasks.today
            let titles = try await tasks.world.database.read { tx in
                try NoticeStore(tx: tx, viewer: head.viewer, today: today).list().items
                    .filter { $0.notice.kind == .vacant }.map(\.notice.subject.uid)
            }
            #expect(titles == [held.uid])
        }
    }

    /// However many there are, each is told, by the few statements that tasks of the same kind share.
    @Test(arguments: Engine.allCases) func eachOfManyIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let count = OfficeWork.batch + 3
            let model = try await tasks.issued().task.id
            let now = tasks.now
            try await tasks.act { store in
                let copies = TaskCopies(store: store, now: now)
                let made = try copies.make(of: model, Array(repeating: "title = title", count: count - 1))
                try copies.finish(made)
            }
            try await end(tasks.performer.office.uid, tasks)
            let head = try #require(tasks.secretariat.office?.id)
            let told = try await tasks.number(
                "SELECT COUNT(*) FROM notice WHERE kind = 'vacant' AND office_id = \(head)")
            #expect(told == count)
        }
    }
}
