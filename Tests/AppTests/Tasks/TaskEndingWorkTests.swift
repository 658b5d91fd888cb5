import Storage
import TestSupport
import Testing

@testable import App

/// Tasks of an office that ends: which are listed, and who gets them.
@Suite struct TaskEndingWorkTests {
    /// A day later, so that an office that began with the world can end.
    private func with(_ engine: Engine, _ body: (TaskWorld, LeavingWorld) async throws -> Void) async throws {
        try await TaskWorld.with(engine) { try await body($0, LeavingWorld(world: $0.world)) }
    }

    @Test(arguments: Engine.allCases)
    func whatIsNotDoneGoesToASuccessorOfTheUnit(_ engine: Engine) async throws {
        try await with(engine) { tasks, leaving in
            let (gone, next) = (tasks.performer.office, tasks.colleague.office)
            let open = try await tasks.issued(), draft = try await tasks.drafted { $0.title = "Khảo sát nhu cầu" }
            let closed = try await tasks.given(by: .science, .closed) { $0.title = "Việc đã hủy" }
            tasks.pass(days: 1)
            let work = try await leaving.work("task", of: gone.uid, as: .administrator)
            #expect(Set(work.compactMap(\.href)) == [open.href, draft.href], "what is closed is no work")
            #expect(work.allSatisfy { $0.fate == .handedOver && $0.count == 1 })
            #expect(try await leaving.end(gone.uid, to: next.uid) == "done")
            for (task, holder) in [(open, next), (draft, next), (closed, gone)] {
                #expect(try await tasks.find(task.uid).performer == holder.id, "\(task.task.title)")
            }
            let current = try await tasks.number(
                """
                SELECT COUNT(*) FROM task_assignment WHERE task_id = \(open.task.id) AND part = 'performer'
                AND to_day = \(Day.never) AND office_id = \(next.id)
                """)
            #expect(current == 1, "the assignment of who left is over")
            #expect(try await tasks.verbs(open.uid).last == "reassigned")
            #expect(try await leaving.latest(.reassigned)?.after["successor"]?.contains("Phó giám đốc") == true)
            #expect(try await leaving.latest(.ended)?.after["handed_over_task"] == "2")
            #expect(try await leaving.work("task", of: next.uid, as: .administrator).count == 2)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatAnOfficeAnswersForGoesOverToo(_ engine: Engine) async throws {
        try await with(engine) { tasks, leaving in
            let task = try await tasks.issued()
            tasks.pass(days: 1)
            #expect(try await leaving.end(tasks.chief.office.uid, to: tasks.colleague.office.uid) == "done")
            let after = try await tasks.find(task.uid)
            #expect(after.leader == tasks.colleague.office.id && after.performer == tasks.performer.office.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func manyShareOneLineThatTellsTheirNumber(_ engine: Engine) async throws {
        try await with(engine) { tasks, leaving in
            for number in 1...OfficeWork.ownLines { _ = try await tasks.drafted { $0.title = "Việc số \(number)" } }
            let office = tasks.performer.office.uid
            #expect(try await leaving.work("task", of: office, as: .administrator).count == OfficeWork.ownLines)
            _ = try await tasks.drafted { $0.title = "Thêm một việc" }
            let work = try await leaving.work("task", of: office, as: .administrator)
            #expect(work.map(\.count) == [OfficeWork.ownLines + 1])
            #expect(work.map(\.href) == ["/tasks?unit=\(try leaving.world.uid(.finance))"])
        }
    }

    /// Rights over what is public alone do not tell of an internal task, not even by a number.
    @Test(arguments: Engine.allCases)
    func whoMayNotKnowOfThemIsNotAskedForASuccessor(_ engine: Engine) async throws {
        try await with(engine) { tasks, leaving in
            let hired = try await tasks.hire(.giaLai, "Cán bộ tỉnh"), office = hired.office.uid
            let province = try leaving.world.uid(.giaLai)
            let task = try await tasks.given(by: .science, .draft) { ($0.leadUnit, $0.performer) = (province, office) }
            tasks.pass(days: 1)
            let (day, now, unit) = (tasks.today, tasks.now, try leaving.world.id(.giaLai))
            #expect(try await leaving.work("task", of: office, as: .administrator).count == 1)
            let narrow = Viewer(
                identity: try await leaving.world.viewer(.administrator).identity,
                grants: [Viewer.Grant(role: .administrator, hierarchy: .territory, unit: unit, ceiling: .public)],
                day: day)
            let seen = try await leaving.act(as: narrow) { store in
                try store.openWork(of: try store.office(office), on: day, at: now).count
            }
            #expect(seen == 0)
            let end = await outcome {
                try await leaving.act(as: narrow) { try $0.endOffice(office, OfficeEnding(from: day), at: now) }
            }
            #expect(end == "done")
            #expect(try await tasks.find(task.uid).performer == hired.office.id)
        }
    }
}
