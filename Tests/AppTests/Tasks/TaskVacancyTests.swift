import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Work that has stayed when somebody left their office: it is marked, and whoever can give it on finds it.
@Suite struct TaskVacancyTests {
    /// Ends an office tomorrow, with its work left open.
    private func end(_ office: UID, _ tasks: TaskWorld) async throws {
        let (day, today, now) = (tasks.today.adding(days: 1), tasks.today, tasks.now)
        try await tasks.world.database.write { tx in
            try PersonStore(tx: tx, viewer: .system("test"), today: today).endOffice(
                office, OfficeEnding(from: day, succession: .open(reason: "Chưa có người thay")), at: now)
        }
    }

    private func vacant(_ viewer: Viewer, _ tasks: TaskWorld) async throws -> [String] {
        try await tasks.act(as: viewer) { store in
            guard let part = try store.today(limit: 5).parts.first(where: { $0.part == .vacant }) else { return [] }
            let shown = part.rows.map(\.task.title)
            let listed = try store.list(TaskToday.Part.vacant.filter)
            #expect(listed.items.map(\.task.title) == shown && listed.total == shown.count)
            return shown
        }
    }

    @Test(arguments: Engine.allCases) func whoLeadsTheUnitFindsWhatNobodyDoesAnyMore(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let open = try await tasks.issued { $0.title = "Việc còn dở" }.uid
            _ = try await tasks.issued { draft in
                (draft.title, draft.performer) = ("Việc của giám đốc", tasks.colleague.office.uid)
            }
            let done = try await tasks.issued { $0.title = "Việc đã báo xong" }.uid
            for act in [TaskWorkflow.Act.accept, .declare] {
                try await tasks.does(act, done, as: tasks.performer.viewer)
            }
            try await end(tasks.performer.office.uid, tasks)
            let head = try await tasks.hire(.finance, "Giám đốc phụ trách", .leader).viewer
            #expect(try await vacant(head, tasks).isEmpty, "the office is held until the end of the day")
            tasks.pass(days: 1)
            #expect(try await vacant(head, tasks) == ["Việc còn dở"])
            // Another unit's is not theirs to give on, and who directs nothing has no such part.
            #expect(try await vacant(tasks.secretariat, tasks).isEmpty)
            #expect(try await vacant(tasks.colleague.viewer, tasks).isEmpty)
            #expect(try await vacant(tasks.chief.viewer, tasks).isEmpty)
            let row = try await tasks.act(as: head) { try $0.find(open) }
            #expect(row.vacantSince(tasks.today) == tasks.today && row.vacantSince(tasks.today.adding(days: -1)) == nil)
            let (next, now) = (try await tasks.hire(.finance, "Chuyên viên mới").office.uid, tasks.now)
            let given = try await tasks.act(as: head) { store in
                try store.reassign(
                    .performer, open, TaskReassignment(office: next, reason: "Thay người"), seen: nil, at: now)
            }
            #expect(given.vacantSince(tasks.today) == nil)
            #expect(try await vacant(head, tasks).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func thePageSaysWhoHasLeftAndOffersToGiveItOn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let open = try await tasks.issued().uid
            let says = "không còn ai giữ chức vụ"
            let early = try await tasks.world.browser(as: .secretariat).get("/tasks/\(open)").text
            #expect(!early.contains(says))
            let today = tasks.today
            for office in [tasks.performer.office.id, tasks.chief.office.id] {
                try await tasks.act { try $0.tx.run("UPDATE office SET to_day = \(today) WHERE id = \(office)") }
            }
            let browser = try await tasks.world.browser(as: .secretariat)
            let page = try await browser.get("/tasks/\(open)").text
            let marks = page.components(separatedBy: says)
            #expect(marks.count == 3, "the performer's and the leader's")
            #expect(marks.dropFirst().first?.contains("href=\"/tasks/\(open)/performer\"") == true)
            #expect(try await browser.get("/tasks").text.contains("Khuyết người thực hiện"))
            let api = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(open)")
            #expect(api.json["vacant_since"] as? String == tasks.today.text)
        }
    }
}
