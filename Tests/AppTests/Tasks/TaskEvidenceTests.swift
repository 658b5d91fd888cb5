import Storage
import TestSupport
import Testing

@testable import App

/// What counts as evidence, and how files are it.
@Suite struct TaskEvidenceTests {
    private static func file(_ text: String) -> KeptFile {
        TestFiles.kept("bien-ban.txt", Array(text.utf8), .txt)
    }

    private func declare(_ tasks: TaskWorld, _ task: UID, _ report: TaskReport) async -> [String] {
        await tasks.refusal { try await tasks.does(.declare, task, report, as: tasks.performer.viewer) }
    }

    private func isGreen(_ tasks: TaskWorld, _ task: UID) async -> Bool {
        await tasks.tried(.verify, task, as: tasks.secretariat) == "done"
    }

    @Test(arguments: Engine.allCases) func aFileCountsLikeALink(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            let report = TaskReport(text: "Một nửa", percent: 50, files: [Self.file("một")])
            try await tasks.does(.progress, task, report, as: tasks.performer.viewer)
            #expect(await declare(tasks, task, TaskReport()) == [])
            #expect(try await tasks.find(task).hasEvidence)
            #expect(await isGreen(tasks, task))
            let shown = try await tasks.act(as: tasks.secretariat) { store in
                let detail = try store.detail(task)
                return detail.reports.filter { report in detail.files.contains { $0.report == report.uid } }
                    .map { $0.act.rawValue }
            }
            #expect(shown == ["progress"])
            #expect(try await tasks.verbs(task).filter { $0 == "attached" }.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func whatWasWithdrawnIsNone(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (task, unit) = (try await tasks.issued().uid, tasks.performer.viewer)
            try await tasks.does(.accept, task, as: unit)
            let report = TaskReport(text: "Một nửa", percent: 50, files: [Self.file("nhầm")])
            try await tasks.does(.progress, task, report, as: unit)
            let now = tasks.now
            let file = try await tasks.act(as: unit) { store in
                try #require(try store.files(of: store.find(task)).first).attachment.uid
            }
            let silent = await tasks.refusal {
                try await tasks.act(as: unit) { try $0.detach(file, of: task, reason: "", at: now) }
            }
            #expect(silent == ["reason field.missing"])
            let other = await tasks.refusal {
                try await tasks.act(as: tasks.secretariat) { try $0.detach(file, of: task, reason: "x", at: now) }
            }
            #expect(other == ["forbidden"], "the assigning side takes no evidence away")
            try await tasks.act(as: unit) { try $0.detach(file, of: task, reason: "Nhầm tệp", at: now) }
            #expect(await declare(tasks, task, TaskReport()) == [])
            #expect(await isGreen(tasks, task) == false)
        }
    }

    @Test(arguments: Engine.allCases) func whatWasDeclaredStays(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (task, unit, now) = (try await tasks.issued().uid, tasks.performer.viewer, tasks.now)
            try await tasks.does(.accept, task, as: unit)
            let first = TaskReport(text: "Một nửa", percent: 50, files: [Self.file("một")])
            try await tasks.does(.progress, task, first, as: unit)
            #expect(await declare(tasks, task, TaskReport(files: [Self.file("hai")])) == [])
            let files = try await tasks.act(as: unit) { try $0.files(of: $0.find(task)).map(\.attachment.uid) }
            #expect(files.count == 2)
            func removed(_ file: UID) async -> [String] {
                await tasks.refusal {
                    try await tasks.act(as: unit) { try $0.detach(file, of: task, reason: "Nhầm", at: now) }
                }
            }
            for file in files { #expect(await removed(file) == ["conflict task.error.file_declared"]) }
            try await tasks.does(.return, task, as: tasks.secretariat)
            for file in files { #expect(await removed(file) == ["conflict task.error.file_declared"]) }
        }
    }

    @Test(arguments: Engine.allCases) func evidenceFromBeforeAReturnIsShownAgainExpressly(_ engine: Engine) async throws
    {
        try await TaskWorld.with(engine) { tasks in
            let (task, unit) = (try await tasks.issued().uid, tasks.performer.viewer)
            try await tasks.does(.accept, task, as: unit)
            let again = TaskReport(text: "Vẫn là biên bản cũ", resubmits: true)
            #expect(await declare(tasks, task, again) == ["resubmits task.error.nothing_to_resubmit"])
            #expect(await declare(tasks, task, TaskReport(files: [Self.file("một")])) == [])
            try await tasks.does(.return, task, as: tasks.secretariat)
            #expect(try await tasks.act(as: unit) { try $0.detail(task).hasEarlierEvidence })

            #expect(await declare(tasks, task, TaskReport(text: "Xong")) == [])
            #expect(await isGreen(tasks, task) == false, "nothing new was shown")
            try await tasks.does(.return, task, as: tasks.secretariat)
            #expect(await declare(tasks, task, again) == [])
            #expect(await isGreen(tasks, task))
            #expect(try await tasks.act(as: unit) { try $0.detail(task).reports.filter(\.resubmits).count } == 1)

            try await tasks.does(.reopen, task, as: tasks.secretariat)
            #expect(await declare(tasks, task, TaskReport(text: "Xong")) == [])
            #expect(await isGreen(tasks, task) == false, "opened again is returned")
        }
    }

    @Test(arguments: Engine.allCases) func filesComeAfterTheReportUntilItIsAnswered(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (task, unit, now) = (try await tasks.issued().uid, tasks.performer.viewer, tasks.now)
            try await tasks.does(.accept, task, as: unit)
            try await tasks.does(.progress, task, as: unit)
            let progress = try #require(try await tasks.act(as: unit) { try $0.detail(task).openReport })
            #expect(await declare(tasks, task, TaskReport()) == [])
            func added(_ text: String, to report: UID?, as viewer: Viewer) async -> [String] {
                await tasks.refusal {
                    try await tasks.act(as: viewer) {
                        _ = try $0.attach([Self.file(text)], to: task, report: report, at: now)
                    }
                }
            }
            #expect(await added("một", to: progress, as: unit) == ["conflict task.error.report_answered"])
            let declared = try #require(try await tasks.act(as: unit) { try $0.detail(task).openReport })
            #expect(await added("một", to: declared, as: tasks.secretariat) == ["forbidden"])
            #expect(await added("một", to: UID.new(at: now), as: unit) == ["not found"])
            #expect(await added("một", to: declared, as: tasks.viewer(.nobody)) == ["not found"])
            #expect(await isGreen(tasks, task) == false)
            #expect(await added("một", to: declared, as: unit) == [])
            #expect(await added("một", to: declared, as: unit) == ["file attachment.error.doubled"])
            #expect(await isGreen(tasks, task))
            #expect(await added("hai", to: declared, as: unit) == ["conflict task.error.report_answered"])
            #expect(try await tasks.disorder() == [])
        }
    }

    private func attach(_ text: String, to task: UID, _ tasks: TaskWorld) async throws {
        let now = tasks.now
        try await tasks.act(as: tasks.performer.viewer) { store in
            let report = try #require(try store.detail(task).openReport)
            _ = try store.attach([Self.file(text)], to: task, report: report, at: now)
        }
    }

    /// What nobody could look at when it was declared was not done in time, though the paper comes afterwards.
    @Test(arguments: Engine.allCases) func evidenceThatComesLaterProvesNothingEarlier(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = tasks.performer.viewer
            let (bare, proven) = (try await tasks.issued().uid, try await tasks.issued().uid)
            for (task, hasEvidence) in [(bare, false), (proven, true)] {
                try await tasks.does(.accept, task, as: unit)
                try await tasks.does(.declare, task, as: unit, evidence: hasEvidence)
            }
            let declared = tasks.today
            tasks.pass(days: 25)
            func schedule(_ task: UID) async throws -> TaskSchedule {
                let today = tasks.today
                return try await tasks.find(task).status(on: today).schedule
            }
            #expect(try await schedule(bare) == .inTime, "declared in time, and not looked at yet")
            for task in [bare, proven] { try await attach("Bổ sung \(task)", to: task, tasks) }
            #expect(try await schedule(bare) == .overdue)
            #expect(try await schedule(proven) == .inTime)
            #expect(try await tasks.find(bare).declaredOn == tasks.today)
            #expect(try await tasks.find(proven).declaredOn == declared)
            #expect(try await tasks.disorder() == [])
            try await attach("Thêm nữa", to: bare, tasks)
            tasks.pass(days: 1)
            try await attach("Hôm sau", to: bare, tasks)
            #expect(try await tasks.find(bare).declaredOn == tasks.today.adding(days: -1), "the first day counts")
            for (task, found) in [(bare, TaskSchedule.doneLate), (proven, .doneInTime)] {
                try await tasks.does(.verify, task, as: tasks.secretariat)
                #expect(try await schedule(task) == found)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func theVerifierSeesWhatCameAfter(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, unit = tasks.performer.viewer
            try await tasks.does(.accept, task, as: unit)
            #expect(await declare(tasks, task, TaskReport(files: [Self.file("ngay từ đầu")])) == [])
            tasks.world.clock.advance(.seconds(60))
            try await attach("sau một phút", to: task, tasks)
            let later = try await tasks.act(as: tasks.secretariat) { try $0.files(of: $0.find(task)).map(\.isLater) }
            #expect(later == [false, true])
            let page = try await tasks.world.browser(as: .secretariat).get("/tasks/\(task)").text
            #expect(page.ranges(of: "được bổ sung sau khi báo cáo hoàn thành").count == 1 && !page.contains("⟦"))
            #expect(!page.contains("được tính từ ngày đó"))
            let api = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(task)/files").text
            #expect(api.ranges(of: "\"after_declaration\":true").count == 1)
            // As if the declaration had been made the day before, with nothing behind it.
            let before = tasks.today.adding(days: -1)
            try await tasks.act { store in
                _ = try store.tx.run("UPDATE task_report SET day = \(before) WHERE act = 'declare'")
            }
            let other = try await tasks.world.browser(as: .secretariat).get("/tasks/\(task)").text
            #expect(other.contains("được tính từ ngày đó"))
        }
    }
}
