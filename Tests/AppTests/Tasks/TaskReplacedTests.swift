import Storage
import TestSupport
import Testing

@testable import App

/// Whoever had a task that is opened again for somebody else is told so, once.
@Suite struct TaskReplacedTests {
    private func reopen(_ task: UID, _ renewal: TaskRenewal, _ tasks: TaskWorld, as viewer: Viewer) async throws {
        var report = TaskReport(text: "Vẫn cần")
        report.renewal = renewal
        try await tasks.does(.reopen, task, report, as: viewer)
    }

    @Test(arguments: Engine.allCases) func theFormerOnesAreToldOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            let next = try await tasks.hire(.finance, "Chuyên viên mới")
            let head = try await tasks.hire(.finance, "Trưởng phòng", .leader)
            let both = TaskRenewal(performer: next.office.uid, leader: head.office.uid)
            try await reopen(task, both, tasks, as: tasks.secretariat)
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "cancelled", "handed-on"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable", "cancelled", "handed-on"])
            #expect(try await tasks.told(next.viewer) == ["reopened"])
            #expect(try await tasks.told(head.viewer) == ["reopened"])
            // Whoever keeps it is told that it goes on, and nobody that it was given away.
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            try await reopen(task, TaskRenewal(), tasks, as: tasks.secretariat)
            #expect(try await tasks.told(next.viewer) == ["reopened", "cancelled", "reopened"])
            #expect(try await tasks.told(tasks.performer.viewer).filter { $0 == "handed-on" }.count == 1)
        }
    }

    /// One who gives their own part away with the act knows it.
    @Test(arguments: Engine.allCases) func whoeverActsIsNotTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let actor = try await tasks.hire(.science, "Chánh Văn phòng", .secretariat)
            let second = try await tasks.hire(actor, also: .finance)
            let task = try await tasks.issued(as: actor.viewer) { $0.leader = second.office.uid }.uid
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            try await tasks.readAll(second.viewer)
            let next = TaskRenewal(leader: tasks.chief.office.uid)
            try await reopen(task, next, tasks, as: actor.viewer)
            #expect(try await tasks.told(second.viewer) == ["(cancelled)"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["reopened"])
        }
    }
}
