import Storage
import TestSupport
import Testing

@testable import App

/// What was asked of a list and cannot be read comes back with its reason and with all else that was asked.
@Suite struct QuestionViewsTests {
    private static let wrong = [
        ("/tasks", "period", "2027Q9"), ("/tasks", "due_from", "2027-13-01"), ("/tasks", "person", "xyz"),
        ("/tasks", "below", "moon"), ("/tasks/roadmap", "scale", "x"), ("/documents", "year", "25"),
        ("/people", "sort", "x"), ("/units", "kind", "x"), ("/search", "kind", "x"), ("/committees", "level", "x"),
        ("/gaps", "state", "x"), ("/leader", "since", "abc"), ("/leader/acts", "act", "x"),
    ]

    @Test(arguments: Engine.allCases) func eachListSaysWhichValueIsWrong(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            for (path, field, typed) in Self.wrong {
                let page = try await browser.get(URLText.link(path, ["q": "kế hoạch", field: typed]))
                #expect(page.status == 422, "\(path) \(field)")
                #expect(page.text.contains("method=\"get\" action=\"\(path)\""), "\(path) \(field)")
                #expect(page.text.contains("name=\"\(field)\"") && page.text.contains("value=\"\(typed)\""), "\(path)")
                #expect(page.text.contains("name=\"q\" value=\"kế hoạch\""), "\(path) \(field)")
                #expect(!page.text.contains("Giá trị cần sửa") && !page.text.contains("⟦"), "\(path) \(field)")
            }
        }
    }

    /// Two wrong values are told apart by their names.
    @Test func everyWrongValueHasItsOwnFieldAndName() async throws {
        try await World.with(.sqlite) { world in
            let page = try await world.browser(as: .secretariat).get("/tasks?period=2027Q9&due_from=x&tag=a").text
            #expect(page.contains("Đến hạn trong kỳ") && page.contains("Đến hạn từ ngày"))
            #expect(page.contains("Không đọc được kỳ “2027Q9”") && page.contains("Không có ngày “x”"))
            #expect(page.contains("<input type=\"hidden\" name=\"tag\" value=\"a\">"))
        }
    }

    @Test func aProgramIsToldByField() async throws {
        try await World.with(.sqlite) { world in
            let api = try world.api(as: .secretariat)
            for path in ["tasks?period=2027Q9", "documents?year=25", "leader?since=abc", "search?q=a&kind=x"] {
                let reply = try await api.get("/api/v1/\(path)")
                let field = path.split(whereSeparator: { "?&".contains($0) }).last?.split(separator: "=").first
                #expect(reply.status == 422 && reply.header("content-type") == "application/problem+json", "\(path)")
                let errors = reply.json["errors"] as? [[String: Any]]
                #expect(errors?.first?["field"] as? String == field.map(String.init), "\(path)")
            }
        }
    }
}
