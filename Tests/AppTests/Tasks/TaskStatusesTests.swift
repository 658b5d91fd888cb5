import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What the unit says, what somebody else has found and what the calendar says stand together wherever a task stands.
@Suite struct TaskStatusesTests {
    /// In time at 40 percent, but late against its first deadline, from which it was moved once.
    private func moved(_ tasks: TaskWorld) async throws -> TaskRow {
        let row = try await tasks.issued {
            ($0.title, $0.deadline) = ("Việc đã gia hạn", .day(tasks.today.adding(days: 10)))
            $0.start = tasks.today.adding(days: -10)
        }
        for act in [TaskWorkflow.Act.accept, .progress] {
            try await tasks.does(act, row.uid, as: tasks.performer.viewer)
        }
        let first = tasks.today.adding(days: -5)
        return try await tasks.act { store in
            try store.tx.run("UPDATE task SET original_due = \(first), extensions = 1 WHERE id = \(row.task.id)")
            return try store.detail(row.uid).row
        }
    }

    @Test(arguments: Engine.allCases) func everyPlaceSaysAllThree(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await moved(tasks)
            #expect(row.status(on: tasks.today).againstOriginal == .overdue)
            #expect(row.status(on: tasks.today).schedule != .overdue)
            let unit = try tasks.world.uid(.finance)
            let browser = try tasks.world.browser(as: .secretariat)
            let plain = [
                "/tasks?unit=\(unit)", "/units/\(unit)", "/search?q=viec+da+gia+han", "/tasks/roadmap?unit=\(unit)",
                "/tasks/\(row.uid)",
            ]
            for path in plain {
                let text = try await browser.get(path).text
                for word in ["Đang thực hiện", "40%", "Chưa xác nhận", "badge"] {
                    #expect(text.contains(word), "\(path) does not say \(word)")
                }
                // A shape and a word: the tone of a badge is never all that it says.
                #expect(!text.contains(/<span class="badge [a-z]*"><\/span>/), "\(path)")
            }
            for path in plain.dropLast() {
                #expect(try await browser.get(path).text.contains("gốc 17/11/2026: Quá hạn"), "\(path)")
            }
            let english = try await browser.get("/tasks?unit=\(unit)", headers: [.acceptLanguage: "en"]).text
            #expect(english.contains("originally ") && english.contains("extended once"))
            let today = TodayViews.line(row, .week, try SamplePage.context(as: tasks.secretariat)).text
            #expect(today.contains("Đang thực hiện · 40%") && today.contains("Chưa xác nhận"))
            let preview = taskBulkPreview(
                TaskBulkAct(.pause, []),
                [TaskBulkRow(chosen: .init(uid: row.uid, version: 1), row: row, refusals: [])], Fields(), [],
                try SamplePage.context(as: tasks.secretariat)
            ).text
            #expect(preview.contains("Đang thực hiện · 40%") && preview.contains("Chưa xác nhận"))
        }
    }

    @Test(arguments: Engine.allCases) func anExportHoldsTheFirstDeadlineToo(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await moved(tasks)
            let text = try await tasks.world.browser(as: .secretariat).get("/tasks.csv?q=gia+han").text
            var lines: [[String]] = []
            _ = try TableReader().read(Array(text.utf8)) { lines.append($0.cells) }
            let (head, cells) = (try #require(lines.first), try #require(lines.last))
            func cell(_ name: String) throws -> String { cells[try #require(head.firstIndex(of: name))] }
            #expect(try cell("Thời hạn gốc").contains("2026"))
            #expect(try cell("Tiến độ so với thời hạn gốc") == "Quá hạn")
            #expect(try cell("Tiến độ so với thời hạn") != "Quá hạn")
            #expect(try cell("Mã định danh") == row.uid.text)
        }
    }

    /// What is stored of a task and not said elsewhere on its page.
    @Test(arguments: Engine.allCases) func thePageSaysWhatIsStored(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let common = try await tasks.act { try WorkField.common($0.tx) }
            let pillar = try #require(common.first { $0.family == .pillar })
            let group = try #require(common.first { $0.family == .group })
            let row = try await tasks.issued {
                ($0.pillar, $0.group, $0.isKey, $0.weight) = (pillar.code, group.code, true, 37)
                ($0.priority, $0.paragraph) = (.urgent, "mục 4b")
            }
            try await tasks.declared(row.uid)
            let path = "/tasks/\(row.uid)"
            let text = try await tasks.world.browser(as: .secretariat).get(path).text
            for word in [
                pillar.name, group.name, "Trọng tâm", ">37<", "mục 4b", "22/11/2026",
            ] { #expect(text.contains(word.replacing("&", with: "&amp;")), "\(word)") }
            let english = try await tasks.world.browser(as: .secretariat).get(path, headers: [.acceptLanguage: "en"])
            #expect(english.text.contains("Declared done on") && english.text.contains("Last change"))
            try await tasks.does(.return, row.uid, as: tasks.secretariat)
            try await tasks.does(.pause, row.uid, as: tasks.secretariat)
            #expect(try await tasks.world.browser(as: .secretariat).get(path).text.contains("Tạm dừng, trước đó: "))
        }
    }

    /// In lists and of one task: `order=updated` can be followed, and a declaration dated.
    @Test(arguments: Engine.allCases) func programsAreToldWhenItWasDeclaredAndChanged(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued(), api = try tasks.world.api(as: .secretariat)
            let paths = ["/api/v1/tasks", "/api/v1/tasks/\(row.uid)"]
            for path in paths { #expect(try await api.get(path).text.contains(#""declared_on":null"#), "\(path)") }
            tasks.pass(days: 2)
            try await tasks.declared(row.uid)
            let changed = try await tasks.find(row.uid).updatedAt
            tasks.pass(days: 1)
            for path in paths {
                let text = try await api.get(path).text
                #expect(text.contains(#""declared_on":"\#(tasks.today.adding(days: -1))""#), "\(path)")
                #expect(text.contains(#""updated_at":"\#(changed.text)""#), "\(path)")
            }
        }
    }
}
