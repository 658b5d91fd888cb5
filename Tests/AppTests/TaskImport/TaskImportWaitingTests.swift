import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A checked file of tasks has a page: whoever sent it comes back to it, until it is taken, discarded or a day old.
@Suite struct TaskImportWaitingTests {
    private func file(_ lines: [String]) -> MultipartForm.File {
        MultipartForm.File("nhiem-vu.csv", Array((["title,lead_unit,parent"] + lines).joined(separator: "\r\n").utf8))
    }

    private let lines = ["Khảo sát,Sở Tài chính Gia Lai,", "Tổng hợp,Sở Khoa học và Công nghệ Gia Lai,"]
    private static let changed = "Đã có thay đổi từ khi kiểm tra tệp"

    /// Where the file waits.
    private func send(_ office: Browser, _ lines: [String]) async throws -> String {
        let sent = try await office.upload("/tasks/import", files: [file(lines)])
        #expect(sent.status == 303)
        return try #require(sent.header("Location"))
    }

    @Test(arguments: Engine.allCases) func itIsFoundAgainByItsPersonAlone(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat), leader = try world.browser(as: .leader)
            let path = try await send(office, lines)
            for _ in 0..<2 {
                let page = try await office.get(path)
                #expect(page.status == 200 && page.text.contains("2 dòng có thể thành bản dự kiến"))
                #expect(page.text.contains("action=\"\(path)\"") && page.text.contains("action=\"\(path)/removal\""))
                #expect(!page.text.contains(Self.changed) && !page.text.contains("⟦"))
            }
            #expect(try await office.get("/tasks/import").text.contains("href=\"\(path)\""))
            #expect(!(try await leader.get("/tasks/import").text).contains(path))
            for address in [path, "\(path)/problems.csv"] {
                #expect(try await leader.get(address).status == 404, "\(address)")
            }
            for address in [path, "\(path)/removal"] {
                #expect(try await leader.post(address, form: []).status == 404, "\(address)")
            }
            #expect(try await office.get(path).status == 200)
        }
    }

    @Test(arguments: Engine.allCases) func itIsLetGoWithoutATrace(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let path = try await send(office, lines)
            let gone = try await office.post("\(path)/removal", form: [])
            #expect(gone.status == 303 && gone.header("Location") == "/tasks/import")
            #expect(try await office.get(path).status == 404)
            #expect(try await office.post(path, form: []).status == 404)
            #expect(!(try await office.get("/tasks/import").text).contains(path))
            // What was taken is not let go.
            let taken = try await send(office, lines)
            #expect(try await office.post(taken, form: []).status == 303)
            #expect(try await office.post("\(taken)/removal", form: []).status == 409)
            #expect(try await office.get(taken).text.contains("2 nhiệm vụ từ tệp"))
        }
    }

    /// It is checked anew each time: what others did meanwhile is told before it is confirmed.
    @Test(arguments: Engine.allCases) func whatChangedMeanwhileIsTold(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let draft = try world.tasks(.science).before("issue")
            let path = try await send(office, lines + ["Chi tiết,Sở Tài chính Gia Lai,\(draft)"])
            #expect(try await office.post("/tasks/\(draft)/removal", form: [("version", "1")]).status == 303)
            let page = try await office.get(path).text
            #expect(page.contains(Self.changed) && page.contains("Lúc đó 3 dòng nhập được"))
            #expect(page.contains("2 dòng có thể thành bản dự kiến") && page.contains("name=\"good_rows\""))
            let refused = try await office.post(path, form: [])
            #expect(refused.status == 422 && refused.text.contains("Chưa nhập gì vì có dòng sai"))
            #expect(try await office.post(path, form: [("good_rows", "1")]).status == 303)
        }
    }

    @Test(arguments: Engine.allCases) func aHopelessFileTakesNoPlaceAndAnOldOneGoes(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let path = try await send(office, lines)
            #expect(try await office.upload("/tasks/import", files: [file(["Một,Không có,"])]).status == 422)
            #expect(try await office.get(path).status == 200)
            for (age, status) in [(Int64(86_399_000), 200), (86_401_000, 404)] {
                let made = world.clock.now.milliseconds - age
                try await world.database.write { tx in
                    try tx.run("UPDATE task_import SET made_at = \(made) WHERE taken_at = 0")
                }
                #expect(try await office.get(path).status == status, "\(age)")
            }
            #expect(try await office.post(path, form: []).status == 404)
            #expect(!(try await office.get("/tasks/import").text).contains(path))
        }
    }

    /// What can be taken and may be a slip of the hand, by row, on the page and for programs; it refuses nothing.
    @Test(arguments: Engine.allCases) func aDeadlineThatHasPassedIsAWarning(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = "Sở Tài chính Gia Lai"
            let text = [
                "title,lead_unit,deadline", "Một,\(unit),01/11/2026", "Hai,\(unit),15/12/2026", "Ba,\(unit),10/2026",
                "Bốn,Không có,01/11/2026", "Năm,\(unit),", "Sáu,\(unit),22/11/2026",
            ].joined(separator: "\n")
            let file = try TaskImportFile.read(Array(text.utf8), name: "a.csv", tasks.world.services.catalogue)
            let work = TaskImport(viewer: tasks.secretariat, today: tasks.today, now: tasks.now)
            let report = try await work.run(
                file, TaskImportOptions(takesGoodRows: true, isTrial: true), into: tasks.world.database)
            let told = report.warnings.shown.map { "\($0.line ?? 0) \($0.message.key)" }
            #expect(told == ["2 task.gate.past", "4 task.gate.past", "5 task.gate.past"])
            #expect(report.taken == 5 && report.problems.shown.map(\.line) == [5])
            let answer = try await tasks.world.api(as: .secretariat).send(
                .post, "/api/v1/tasks/imports", headers: [.contentType: MultipartForm.contentType],
                body: MultipartForm([("trial", "1")], files: [MultipartForm.File("a.csv", Array(text.utf8))]).bytes)
            let warnings = answer.json["warnings"] as? [[String: Any]] ?? []
            #expect(warnings.map { $0["line"] as? Int } == [2, 4, 5])
            #expect(warnings.first?["column"] as? String == "deadline")
        }
    }
}
