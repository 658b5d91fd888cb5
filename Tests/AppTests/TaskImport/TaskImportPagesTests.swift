import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A file of tasks through the door: checked and shown, confirmed, found again.
@Suite struct TaskImportPagesTests {
    private func file(_ lines: [String], name: String = "nhiem-vu.csv") -> MultipartForm.File {
        MultipartForm.File(name, Array((["title,lead_unit,deadline"] + lines).joined(separator: "\r\n").utf8))
    }

    private let good = "Lập danh mục <b>dữ liệu</b>,Sở Tài chính Gia Lai,15/12/2026"
    private let bad = "Khảo sát,Nơi <i>không</i> có,15/12/2026"

    private func address(_ reply: Reply) throws -> String {
        let found = try #require(reply.text.firstMatch(of: /action="(\/tasks\/imports\/[0-9a-f-]{36})"/)?.output.1)
        return String(found)
    }

    /// The page of a file that was checked.
    private func check(_ office: Browser, _ lines: [String]) async throws -> Reply {
        let sent = try await office.upload("/tasks/import", files: [file(lines)])
        #expect(sent.status == 303)
        return try await office.get(sent.header("Location") ?? "")
    }

    @Test(arguments: Engine.allCases) func aFileIsShownThenConfirmedThenFound(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let form = try await office.get("/tasks/import")
            #expect(form.text.contains("multipart/form-data") && form.text.contains("criterion"))
            #expect(!form.text.contains("⟦"))
            let template = try await office.get("/tasks/import.csv")
            #expect(template.text.hasPrefix("\u{FEFF}Từ khóa,Thuộc nhiệm vụ,Tên nhiệm vụ"))
            // The template names our columns: all that is wrong with it is that nothing was filled in.
            let blank = MultipartForm.File("mau.csv", Array(template.text.utf8))
            let empty = try await office.upload("/tasks/import", files: [blank]).text
            #expect(empty.contains("1 lỗi") && empty.contains("Tệp chỉ có dòng tiêu đề"))
            let late = good.replacing("15/12/2026", with: "15/12/2025")
            let past = try await check(office, [good, late]).text
            #expect(past.contains("Thời hạn đã qua") && past.contains("Có 1 dòng đã qua thời hạn"))
            let checked = try await check(office, [good])
            #expect(checked.status == 200 && checked.text.contains("1 dòng có thể thành bản dự kiến"))
            #expect(checked.text.contains("&lt;b&gt;dữ liệu") && !checked.text.contains("⟦"))
            #expect(!checked.text.contains("Thời hạn đã qua"))
            #expect(!(try await office.get("/tasks?which=draft&q=danh+muc").text).contains("&lt;b&gt;"))
            let path = try address(checked)
            // It waits for whoever sent it, in their office alone.
            #expect(try await world.browser(as: .leader).post(path, form: []).status == 404)
            #expect(try await world.browser(as: .leader).get(path).status == 404)
            // Whoever has left the page finds it again, and what it says.
            let back = try await office.get(path)
            #expect(back.status == 200 && back.text.contains("1 dòng có thể thành bản dự kiến"))
            #expect(try await office.get("/tasks/import").text.contains("href=\"\(path)\""))
            let done = try await office.post(path, form: [])
            #expect(done.status == 303 && done.header("Location") == path)
            let shown = try await office.get(path)
            #expect(shown.status == 200 && shown.text.contains("nhiem-vu.csv") && shown.text.contains("&lt;b&gt;"))
            #expect(try await office.get("/tasks?which=draft&q=danh+muc").text.contains("&lt;b&gt;"))
            #expect(try await office.get("/events?verb=imported").text.contains(path))
            // Twice is not two times.
            #expect(try await office.post(path, form: []).status == 409)
            #expect(try await check(office, [good]).text.contains("đã nhập đúng tệp này"))
        }
    }

    @Test(arguments: Engine.allCases) func whatIsWrongIsToldAndTheGoodRowsAreAskedFor(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let checked = try await check(office, [good, bad])
            #expect(checked.status == 200 && checked.text.contains("“Nơi &lt;i&gt;không"))
            let path = try address(checked)
            let refused = try await office.post(path, form: [])
            #expect(refused.status == 422 && refused.text.contains("Chưa nhập gì vì có dòng sai"))
            #expect(try address(refused) == path, "it can be confirmed again")
            #expect(try await office.post(path, form: [("good_rows", "1")]).status == 303)
            let none = try await office.upload("/tasks/import", files: [file([bad])])
            #expect(none.status == 422 && none.text.contains("Không nhập được dòng nào"))
            #expect(try await office.upload("/tasks/import", files: []).status == 422)
            let pdf = MultipartForm.File("a.csv", Array("%PDF-1.7".utf8))
            #expect(try await office.upload("/tasks/import", files: [pdf]).status == 422)
            #expect(try await world.browser(as: .member).upload("/tasks/import", files: [file([good])]).status == 403)
        }
    }

    /// The page shows the first of them, a file has every one, also of a file of which nothing can be taken.
    @Test(arguments: Engine.allCases) func everyProblemOfALongFileIsToBeHad(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat), api = try world.api(as: .secretariat)
            let many = (1...250).map { "Việc thứ \($0),Nơi \($0) không có,\($0 % 2 == 0 ? "15/12/2026" : "mai")" }
            for (lines, isUseful) in [(many, false), ([good] + many, true)] {
                let checked = try await check(office, lines)
                #expect(checked.status == 200 && checked.text.contains("… và 175 lỗi khác"))
                #expect(checked.text.contains("name=\"good_rows\"") == isUseful)
                let found = checked.text.firstMatch(of: /href="(\/tasks\/imports\/[0-9a-f-]{36}\/problems.csv)"/)
                let path = String(try #require(found?.output.1))
                let answer = try await office.get(path)
                #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix("text/csv") == true)
                let rows = answer.text.split(separator: "\r\n")
                #expect(rows.count == 376 && rows.first == "\u{FEFF}Dòng,Cột,Lý do và cách sửa")
                for line in [lines.count + 1, lines.count] {
                    #expect(rows.contains { $0.hasPrefix("\(line),Đơn vị chủ trì,") }, "line \(line)")
                }
                #expect(try await world.browser(as: .leader).get(path).status == 404, "it waits for one person")
            }
            let trial = try await api.send(
                .post, "/api/v1/tasks/imports", headers: [.contentType: MultipartForm.contentType],
                body: MultipartForm([("trial", "1")], files: [file(many)]).bytes)
            #expect((trial.json["problems"] as? [Any])?.count == 375 && trial.json["problem_count"] as? Int == 375)
        }
    }

    @Test(arguments: Engine.allCases) func oneFileWaitsForEachPersonAndForADay(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            func waiting() async throws -> Int {
                try await world.database.read { tx in
                    try tx.first("SELECT COUNT(*) FROM task_import WHERE taken_at = 0")?.int(0) ?? 0
                }
            }
            try await world.database.write { tx in try tx.run("DELETE FROM task_import WHERE taken_at = 0") }
            let office = try world.browser(as: .secretariat)
            for _ in 0..<3 { _ = try await office.upload("/tasks/import", files: [file([good])]) }
            #expect(try await waiting() == 1)
            try await world.database.write { tx in try tx.run("UPDATE task_import SET made_at = 0 WHERE taken_at = 0") }
            _ = try await world.browser(as: .leader).upload("/tasks/import", files: [file([good])])
            #expect(try await waiting() == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aProgramChecksAndTakes(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .secretariat)
            func send(_ fields: [(String, String)], _ lines: [String]) async throws -> Reply {
                try await api.send(
                    .post, "/api/v1/tasks/imports", headers: [.contentType: MultipartForm.contentType],
                    body: MultipartForm(fields, files: [file(lines)]).bytes)
            }
            let trial = try await send([("trial", "1")], [good, bad])
            #expect(trial.status == 200 && trial.json["taken"] as? Int == 0)
            let problems = trial.json["problems"] as? [[String: Any]] ?? []
            #expect(problems.first?["line"] as? Int == 3 && problems.first?["column"] as? String == "lead_unit")
            #expect(try await send([], [good, bad]).status == 422)
            let done = try await send([("good_rows", "1")], [good, bad])
            #expect(done.status == 201 && done.json["taken"] as? Int == 1)
            let location = try #require(done.header("Location"))
            let list = try await api.get(location)
            #expect(list.status == 200 && (list.json["items"] as? [Any])?.count == 1)
            #expect(try await world.api(as: .root).get(location).status == 404)
        }
    }
}
