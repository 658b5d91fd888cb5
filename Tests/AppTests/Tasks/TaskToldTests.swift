import Storage
import TestSupport
import Testing

@testable import App

/// A task's page says what its readers would otherwise find out by a refusal, or not at all.
@Suite struct TaskToldTests {
    private func page(_ tasks: TaskWorld, _ task: UID, as viewer: Viewer) async throws -> String {
        let detail = try await tasks.act(as: viewer) { try $0.detail(task) }
        return try taskPage(detail, Page(items: [], next: nil, total: 0), SamplePage.context(as: viewer)).text
    }

    @Test(arguments: Engine.allCases) func whatWasRefusedIsNotExtended(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, viewer = tasks.performer.viewer, now = tasks.now
            let way = "/tasks/\(task)/extensions/new", day = tasks.due.adding(days: 5)
            #expect(try await page(tasks, task, as: viewer).contains(way))
            try await tasks.does(.refuse, task, as: viewer)
            #expect(try await !page(tasks, task, as: viewer).contains(way))
            let refusal = await tasks.refusal {
                try await tasks.act(as: viewer) {
                    _ = try $0.askExtension(task, to: day, reason: "x", seen: nil, at: now)
                }
            }
            #expect(refusal == ["conflict task.error.extension_state"])
        }
    }

    @Test(arguments: Engine.allCases) func whoDecidesIsLedThereAndNamedAfterwards(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, now = tasks.now, day = tasks.due.adding(days: 5)
            try await tasks.act(as: tasks.performer.viewer) {
                _ = try $0.askExtension(task, to: day, reason: "Chờ vốn", seen: nil, at: now)
            }
            let asked = try await tasks.act { try #require(try $0.detail(task).extensions.first).uid }
            let way = "<a class=\"button main\" href=\"/tasks/\(task)/extensions/\(asked)\">"
            #expect(try await page(tasks, task, as: tasks.leader).contains(way))
            #expect(try await !page(tasks, task, as: tasks.performer.viewer).contains(way))
            try await tasks.act(as: tasks.leader) {
                _ = try $0.decideExtension(asked, of: task, .granted, answer: "", seen: nil, at: now)
            }
            let after = try await tasks.act { try #require(try $0.detail(task).extensions.first) }
            #expect(!after.decidedBy.isEmpty && after.decidedAt == now)
            for viewer in [tasks.leader, tasks.performer.viewer] {
                #expect(try await page(tasks, task, as: viewer).contains("Người quyết định: \(after.decidedBy), "))
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDeclarationWithoutEvidenceIsSaidToBothSides(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, unit = tasks.performer.viewer
            try await tasks.does(.accept, task, as: unit)
            try await tasks.does(.declare, task, as: unit, evidence: false)
            #expect(try await page(tasks, task, as: unit).contains("Hãy thêm minh chứng vào báo cáo gần nhất"))
            #expect(try await page(tasks, task, as: tasks.secretariat).contains("Hãy chờ đơn vị bổ sung"))
            let proven = try await tasks.issued().uid
            try await tasks.declared(proven)
            for viewer in [unit, tasks.secretariat] {
                #expect(try await !page(tasks, proven, as: viewer).contains("Chưa có minh chứng được tính"))
            }
        }
    }

    /// Some of the parts say nothing of the whole, and whoever has to do with it reads that there are others.
    @Test(arguments: Engine.allCases) func someOfThePartsAreNotTheWhole(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await tasks.issued().uid, other = try await tasks.hire(.front, "Chuyên viên")
            let head = try await tasks.hire(.front, "Chủ tịch", .leader)
            _ = try await tasks.issued { $0.parent = whole }
            let asWhole = try await tasks.act(as: tasks.performer.viewer) { try $0.detail(whole).parts }
            #expect(asWhole.isWhole && !asWhole.tellsOfOthers && asWhole.percent == 0 && asWhole.total == 1)
            let hidden = try await tasks.given(by: .science, .open) { draft in
                draft.leadUnit = try tasks.world.uid(.front)
                (draft.performer, draft.leader, draft.parent) = (other.office.uid, head.office.uid, whole)
            }
            let some = try await tasks.act(as: tasks.performer.viewer) { try $0.detail(whole).parts }
            #expect(!some.isWhole && some.tellsOfOthers && some.percent == nil && some.total == 1)
            let shown = try await page(tasks, whole, as: tasks.performer.viewer)
            #expect(shown.contains("Chỉ gồm những nhiệm vụ thành phần mà bạn được xem"))
            #expect(!shown.contains("\(hidden.uid)") && !shown.contains("Tiến độ chung"))
            let all = try await tasks.act(as: tasks.secretariat) { try $0.detail(whole).parts }
            #expect(all.isWhole && all.total == 2)
        }
    }

    @Test(arguments: Engine.allCases) func whoCoordinatesIsNamedToThePerformer(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let front = try tasks.world.uid(.front)
            let row = try await tasks.given(by: .science, .open) { $0.coordinating = [front] }
            let detail = try await tasks.act(as: tasks.performer.viewer) { try $0.detail(row.uid) }
            #expect(detail.coordinating.isEmpty && detail.coordinatingNames.count == 1)
            let shown = try await page(tasks, row.uid, as: tasks.performer.viewer)
            #expect(shown.contains("<li>\(detail.coordinatingNames[0])</li>") && !shown.contains("\(front)"))
        }
    }

    /// A name behind which there is nothing to see for the reader is no link.
    @Test(arguments: Engine.allCases) func aUnitThatNobodyMayOpenIsNoLink(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let front = try tasks.world.uid(.front), other = try await tasks.hire(.front, "Chuyên viên")
            let head = try await tasks.hire(.front, "Chủ tịch", .leader)
            let row = try await tasks.given(by: .science, .open) { draft in
                draft.coordinating = [draft.leadUnit].compactMap(\.self)
                (draft.leadUnit, draft.performer, draft.leader) = (front, other.office.uid, head.office.uid)
            }
            for (viewer, isKnown) in [(tasks.performer.viewer, false), (other.viewer, true)] {
                let rows = try await tasks.act(as: viewer) { try $0.list(TaskFilter()).items }
                let found = try #require(rows.first { $0.uid == row.uid })
                #expect(found.isUnitKnown == isKnown)
                #expect(TaskListViews.unit(found).text.contains("href") == isKnown)
            }
        }
    }
}
