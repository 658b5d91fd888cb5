import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The files of tasks on the pages and for programs: for whoever may know of the task, and for nobody else.
@Suite struct TaskFileTests {
    private func file(_ text: String, _ name: String = "bien-ban-nghiem-thu.txt") -> MultipartForm.File {
        MultipartForm.File(name, Array(text.utf8))
    }

    private func newest(_ browser: Browser, _ task: UID) async throws -> String {
        let text = try await browser.get("/tasks/\(task)").text
        let links = text.matches(of: /href="(\/tasks\/[0-9a-f-]+\/files\/[0-9a-f-]{36})"/)
        return String(try #require(links.last).output.1)
    }

    @Test(arguments: Engine.allCases) func aReportBringsItsFiles(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let task = try world.tasks(.science).before("progress"), path = "/tasks/\(task)"
            let unit = try world.browser(as: .focal)
            _ = try await unit.get("\(path)/progress")
            // What is wrong with a file leaves the text where it was typed.
            let wrong = try await unit.upload(
                "\(path)/progress", [("percent", "50"), ("text", "Đã xong một nửa")], files: [file("")])
            #expect(wrong.status == 422 && wrong.text.contains("Đã xong một nửa"))
            // What is wrong with the rest says that the file has to be chosen once more.
            let lost = try await unit.upload("\(path)/progress", [("percent", "300")], files: [file("Biên bản")])
            #expect(lost.status == 422 && lost.text.contains("Hãy chọn lại trước khi gửi: "))
            let sent = try await unit.upload(
                "\(path)/progress", [("percent", "50"), ("text", "Đã xong một nửa")], files: [file("Biên bản")])
            #expect(sent.status == 303, "\(sent.text)")
            let page = try await unit.get(path).text
            let report = try #require(page.firstMatch(of: /files\/new\?report=([0-9a-f-]{36})/)).output.1
            let link = String(
                try #require(
                    page.firstMatch(of: /href="(\/tasks\/[0-9a-f-]+\/files\/[0-9a-f-]{36})" download>bien-ban/)
                )
                .output.1)
            #expect(try await world.browser(as: .supervisor).get(link).text == "Biên bản")
            #expect(try await world.browser(as: .nobody).get(link).status == 404)
            // A file belongs to one task.
            let other = link.replacing(task.text, with: try world.tasks(.science).before("acceptance").text)
            #expect(try await unit.get(other).status == 404)

            _ = try await unit.get("\(path)/files/new?report=\(report)")
            let more = try await unit.upload(
                "\(path)/files", [("report", String(report))], files: [file("Ảnh hiện trường", "anh.txt")])
            #expect(more.status == 303)
            #expect(try await unit.upload("\(path)/files", files: [file("Đề cương")]).status == 403)
            _ = try await unit.get("\(link)/removal/new")
            #expect(try await unit.post("\(link)/removal").status == 422)
            #expect(try await unit.post("\(link)/removal", ["reason": "Nhầm bản"]).status == 303)
            #expect(try await unit.get(path).text.contains("Nhầm bản"))
        }
    }

    /// Somebody was faster: what was typed comes back with what has happened.
    @Test(arguments: Engine.allCases) func aLostRaceLosesNoText(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let task = try world.tasks(.science).before("verification"), path = "/tasks/\(task)"
            let unit = try world.browser(as: .focal)
            _ = try await unit.get(path)
            let late = try await unit.upload(
                "\(path)/declaration", [("text", "Tôi báo cáo sau")], files: [file("Biên bản")])
            #expect(late.status == 409 && late.text.contains("Tôi báo cáo sau"))
            #expect(try await world.browser(as: .nobody).upload("\(path)/declaration", files: []).status == 404)
        }
    }

    @Test(arguments: Engine.allCases) func ofADraftOnlyTheAssigningSideKnowsTheFiles(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let draft = try world.tasks(.wardCommittee).before("issue"), path = "/tasks/\(draft)"
            let keeper = try world.browser(as: .secretariat)
            _ = try await keeper.get("\(path)/files/new")
            #expect(
                try await keeper.upload("\(path)/files", files: [file("Đề cương", "mat-de-cuong.txt")]).status == 303)
            let link = try await newest(keeper, draft)
            #expect(try await keeper.get(link).text == "Đề cương")
            for who in [Who.department, .nobody] {
                let other = try world.browser(as: who)
                let seen = who == .department ? 200 : 404
                #expect(try await other.get(path).status == seen, "\(who)")
                #expect(try await other.get(link).status == seen, "\(who)")
                if seen == 404 { #expect(try await other.get("/events").text.contains("mat-de-cuong") == false) }
            }
            #expect(try await keeper.post("\(link)/removal").status == 303)
            #expect(try await keeper.get(link).status == 404)
            // A draft that is given up takes its files along.
            _ = try await keeper.get("\(path)/files/new")
            #expect(try await keeper.upload("\(path)/files", files: [file("Lần hai")]).status == 303)
            let second = try await newest(keeper, draft)
            #expect(try await keeper.post("\(path)/removal").status == 303)
            #expect(try await keeper.get(second).status == 404)
            let left = try await world.database.read { tx in
                try tx.first(
                    "SELECT COUNT(*) FROM task_file f WHERE f.attachment_id NOT IN (SELECT id FROM attachment)")?
                    .int(0)
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.allCases) func aProgramSendsFilesToo(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let task = try world.tasks(.science).before("progress"), path = "/api/v1/tasks/\(task)"
            let api = try world.api(as: .focal)
            let reported = try await api.send(
                .post, "\(path)/progress", json: ["text": "Một nửa", "percent": "50"], ifMatch: 1)
            #expect(reported.status == 200)
            let reports = try await api.get(path).json["reports"] as? [[String: Any]]
            let report = try #require(reports?.first?["uid"] as? String)
            let made = try await api.send(
                .post, "\(path)/files", headers: [.contentType: MultipartForm.contentType],
                body: MultipartForm([("report", report)], files: [file("Qua API")]).bytes)
            #expect(made.status == 201, "\(made.text)")
            let item = try #require((made.json["items"] as? [[String: Any]])?.first)
            #expect(item["report"] as? String == report)
            let attached = try #require(item["file"] as? [String: Any])
            #expect(try await api.get(try #require(attached["href"] as? String)).text == "Qua API")
            #expect((try await api.get("\(path)/files").json["items"] as? [[String: Any]])?.count == 2)
            #expect(try await world.browser(as: .nobody).get("\(path)/files").status == 404)
        }
    }
}
