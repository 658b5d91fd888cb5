import Storage
import TestSupport
import Testing

@testable import App

/// A day's work names each task once, where it presses most.
@Suite struct TodayOnceTests {
    private func parts(_ viewer: Viewer, _ tasks: TaskWorld) async throws -> [TaskToday.Part: [String]] {
        try await tasks.act(as: viewer) { store in
            let parts = try store.today(limit: 10).parts.filter { !$0.rows.isEmpty }
            return Dictionary(uniqueKeysWithValues: parts.map { ($0.part, $0.rows.map(\.task.title)) })
        }
    }

    private func returned(_ title: String, in days: Int, _ tasks: TaskWorld) async throws {
        let due = tasks.today.adding(days: days)
        let task = try await tasks.issued { ($0.title, $0.deadline) = (title, .day(due)) }.uid
        try await tasks.declared(task)
        try await tasks.does(.return, task, as: tasks.secretariat)
    }

    @Test(arguments: Engine.allCases) func whatIsLateAndReturnedIsLate(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await returned("Trả lại, quá hạn", in: 1, tasks)
            try await returned("Trả lại, tuần này", in: 5, tasks)
            try await returned("Trả lại, hết tuần", in: 10, tasks)
            try await returned("Trả lại, còn xa", in: 11, tasks)
            let soon = tasks.today.adding(days: 6)
            _ = try await tasks.issued { ($0.title, $0.deadline) = ("Mới, tuần này", .day(soon)) }
            _ = try await tasks.issued { $0.title = "Mới, còn xa" }
            tasks.pass(days: 3)
            let performer = tasks.performer.viewer
            let found = try await parts(performer, tasks)
            #expect(
                found == [
                    .overdue: ["Trả lại, quá hạn"],
                    .week: ["Trả lại, tuần này", "Mới, tuần này", "Trả lại, hết tuần"],
                    .returned: ["Trả lại, còn xa"], .issued: ["Mới, còn xa"],
                ])
            // The list behind each part has the same, and no other.
            for (part, titles) in found {
                let filter = part.list(on: tasks.today)
                let list = try await tasks.act(as: performer) { try $0.list(filter) }
                #expect(list.items.map(\.task.title) == titles && list.total == titles.count, "\(part)")
            }
        }
    }

    /// Whoever decides on a task of their own unit reads it where their word is waited for.
    @Test(arguments: Engine.allCases) func whatWaitsForAWordIsNotOnceMoreOnesWork(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let own = try await tasks.hire(.science, "Kỹ sư")
            let late = Deadline.day(tasks.today.adding(days: -1))
            let task = try await tasks.given(by: .science, .open) {
                ($0.title, $0.leadUnit, $0.deadline) = ("Việc của đơn vị mình", try tasks.world.uid(.science), late)
                ($0.performer, $0.leader) = (own.office.uid, tasks.chairman.office.uid)
            }.uid
            #expect(try await parts(tasks.secretariat, tasks) == [.overdue: ["Việc của đơn vị mình"]])
            try await tasks.does(.refuse, task, as: own.viewer)
            #expect(try await parts(tasks.secretariat, tasks) == [.refused: ["Việc của đơn vị mình"]])
            let page = try await tasks.world.browser(as: .secretariat).get("/today").text
            #expect(page.split(separator: "/tasks/\(task)\"").count == 2, "one link")
            let list = try await tasks.act(as: tasks.secretariat) { try $0.list(TaskToday.Part.overdue.filter).total }
            #expect(list == 1, "the list of what is late has it all the same")
        }
    }
}
