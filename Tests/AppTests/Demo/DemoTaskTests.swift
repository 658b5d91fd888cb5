import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The tasks of the demonstration show all that can become of a task, on whatever day it stands.
@Suite struct DemoTaskTests {
    static let days: [(Engine, String)] = [
        (.sqlite, "2026-11-30"), (.sqlite, "2026-01-20"), (.postgres, "2026-09-15"), (.postgres, "2026-01-20"),
    ]

    @Test(arguments: days) func everythingThatCanBecomeOfATaskIsThere(_ engine: Engine, _ text: String) async throws {
        let day = try #require(Day(parsing: text))
        try await DemoLoaded.with(engine, day: day) { loaded in
            #expect(loaded.today == day)
            let tasks = try await loaded.tasks()
            expectStates(tasks, on: day)
            try await expectStory(loaded, tasks)
            try await expectEvidence(loaded)
            try await expectBreakdown(loaded, tasks)
            for sign in ["quantri", "thuky", "thuky.gialai", "lanhdao", "lanhdao.tw", "daumoi.khcn", "daumoi.quynhon"] {
                try await expectFirstPage(of: sign, loaded)
            }
            let check = RebuildableCheck(database: loaded.services.database, clock: loaded.services.clock)
            #expect(
                await check.finding(repair: false)
                    == Finding("tables", .ok, "What is computed agrees with its sources."))
        }
    }

    private func expectStates(_ tasks: [TaskRow], on day: Day) {
        #expect(tasks.count >= 60)
        #expect(Set(tasks.map(\.task.workflow.state)) == Set(TaskWorkflow.State.allCases))
        let statuses = tasks.map { $0.task.status(on: day, rules: .standard) }
        #expect(Set(statuses.map(\.schedule)) == Set(TaskSchedule.allCases))
        #expect(Set(statuses.map(\.verified)) == Set(TaskVerification.allCases))
        #expect(Set(statuses.map(\.declared)) == Set(TaskDeclared.allCases))
        #expect(statuses.contains { $0.schedule != $0.againstOriginal })
        #expect(tasks.count { $0.task.isKey } >= 5)
        #expect(Set(tasks.map(\.task.priority)) == Set(TaskItem.Priority.allCases))
        for task in tasks.map(\.task) where task.workflow.state == .verified {
            #expect(task.hasEvidence, "\(task.title)")
        }
        #expect(tasks.contains { if case .event = $0.task.deadline { true } else { false } })
        #expect(tasks.contains { if case .undated = $0.task.deadline { true } else { false } })
        #expect(tasks.contains { if case .period = $0.task.deadline { true } else { false } })
    }

    /// With article and quote, and nothing of tomorrow.
    private func expectStory(_ loaded: DemoLoaded, _ tasks: [TaskRow]) async throws {
        let marks = Set(try DemoTasks.load(from: DemoSources.resources).tasks.map(\.mark.footnote))
        for task in tasks.map(\.task) {
            let footnote = task.description.split(separator: "\n").last.map(String.init) ?? ""
            #expect(
                marks.contains(footnote) && footnote.contains(".txt), trích nguyên văn tiếng "),
                "\(task.title): \(footnote)")
        }
        let decided = Set(try await loaded.texts("SELECT DISTINCT decision FROM task_extension"))
        #expect(decided == ["granted", "refused", ""])
        let now = loaded.services.clock.now()
        for table in ["event", "task_report", "notice"] as [SQL] {
            #expect(try await loaded.texts("SELECT uid FROM \(table) WHERE at > \(now)") == [])
        }
    }

    private func expectEvidence(_ loaded: DemoLoaded) async throws {
        #expect(try await loaded.texts("SELECT uid FROM task_report WHERE evidence_url <> ''").count > 60)
        let files = try await loaded.texts(
            "SELECT a.sha256 FROM task_file f JOIN attachment a ON a.id = f.attachment_id")
        #expect(files.count >= 6 && files.allSatisfy(loaded.services.files.has))
        #expect(try await loaded.texts("SELECT DISTINCT a.kind FROM attachment a ORDER BY 1") == ["csv", "pdf", "png"])
        #expect(try await loaded.texts("SELECT DISTINCT tag FROM task_tag").count >= 8)
        #expect(
            try await loaded.texts("SELECT DISTINCT w.name FROM task t JOIN work_field w ON w.id = t.field_id").count
                == 3)
    }

    private func expectBreakdown(_ loaded: DemoLoaded, _ tasks: [TaskRow]) async throws {
        let parts = Dictionary(grouping: tasks) { $0.task.parent }.values.max { $0.count < $1.count } ?? []
        let leads = Set(parts.map(\.leadUnit.name))
        #expect(parts.count == 135 && leads.count == 135)
        #expect(Set(parts.map(\.task.workflow.state)).count >= 6)
    }

    private func expectFirstPage(of signIn: String, _ loaded: DemoLoaded) async throws {
        let home = try await loaded.home(signIn)
        #expect(home.place != nil || !home.kinds.isEmpty, "\(signIn)")
        #expect(!home.recent.isEmpty, "\(signIn)")
        if signIn != "quantri" { #expect(!home.today.isEmpty, "\(signIn) has nothing to do") }
    }
}
