import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The page, the count in the head of every page, and the API, through the door.
@Suite struct NoticePagesTests {
    @Test(arguments: Engine.allCases) func theHeadCountsAndThePageMarks(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .focal)
            let home = try await browser.get("/tasks").text
            #expect(home.contains("href=\"/notices\" aria-label=\"1 thông báo chưa đọc\""))
            let page = try await browser.get("/notices")
            #expect(page.text.contains("Giao cho bạn thực hiện") && page.text.contains("Chưa đọc, 22/11/2026"))
            #expect(page.text.contains("Khảo sát hạ tầng đang làm"))
            let notice = try world.notice(.focal)
            let marked = try await browser.post("/notices/\(notice)/reading", [:])
            #expect(marked.location == "/notices")
            let after = try await browser.get("/notices").text
            #expect(after.contains("Đã đọc, 22/11/2026") && !after.contains("aria-label=\"1 thông báo"))
            #expect(try await browser.get("/notices?which=unread").text.contains("Đã đọc hết"))
            let refused = try await browser.get("/notices?which=x")
            #expect(refused.status == 422 || refused.status == 400)
        }
    }

    @Test(arguments: Engine.allCases) func allAreMarkedAtOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .leader)
            _ = try await browser.get("/notices")
            // A notice from after the page was made is not marked with it.
            let early = world.clock.now.adding(.seconds(-60)).text
            _ = try await browser.post("/notices/reading", ["until": early])
            #expect(try await browser.get("/").text.contains("1 thông báo chưa đọc"))
            let done = try await browser.post("/notices/reading", ["until": world.clock.now.text])
            #expect(done.location == "/notices")
            let after = try await browser.get("/notices").text
            #expect(after.contains("Đã đánh dấu đã đọc: 1.") && !after.contains("thông báo chưa đọc"))
        }
    }

    @Test(arguments: Engine.allCases) func nobodyWithoutAnOfficeIsTold(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .nobody)
            let page = try await browser.get("/notices").text
            #expect(page.contains("Chưa có thông báo"))
            #expect(!page.contains("class=\"bell\""))
            #expect(try await !world.browser().get("/sign-in").text.contains("class=\"bell\""))
        }
    }

    @Test(arguments: Engine.allCases) func programsReadAndMarkTheirOwn(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .focal)
            let list = try await api.get("/api/v1/notices").json
            let item = try #require((list["items"] as? [[String: Any]])?.first)
            #expect(item["kind"] as? String == "assigned" && item["subject_kind"] as? String == "task")
            #expect(item["title"] as? String == "Khảo sát hạ tầng đang làm" && item["read_at"] is NSNull)
            let own = try world.notice(.focal), other = try world.notice(.leader)
            #expect(try await api.send(.post, "/api/v1/notices/\(other)/reading", members: []).status == 404)
            let marked = try await api.send(.post, "/api/v1/notices/\(own)/reading", members: [])
            #expect(marked.status == 200 && marked.json["read_at"] is String)
            let all = try await api.send(.post, "/api/v1/notices/reading", members: [])
            #expect(all.json["read"] as? Int == 0)
            let unread = try await api.get("/api/v1/notices?which=unread").json
            #expect(unread["total"] as? Int == 0)
        }
    }

    /// Acts are told through the door as through the store.
    @Test(arguments: Engine.allCases) func anActOnAPageIsToldAtOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let task = try world.tasks(.wardCommittee).before("return")
            let secretariat = try world.browser(as: .secretariat)
            let waiting = try await secretariat.get("/notices").text
            #expect(waiting.contains("Báo cáo hoàn thành, chờ xác nhận") && waiting.contains("Xin gia hạn"))
            #expect(try await secretariat.post("/tasks/\(task)/return", ["text": "Thiếu số liệu"]).status == 303)
            #expect(try await !secretariat.get("/notices").text.contains("Báo cáo hoàn thành, chờ xác nhận"))
            let office = try world.staff(.wardCommittee).office
            let told = try await world.database.read { tx in
                try tx.all(
                    """
                    SELECT n.unread FROM notice n JOIN office o ON o.id = n.office_id
                    WHERE o.uid = \(office) AND n.kind = 'returned' ORDER BY n.id
                    """
                ).map { try $0.bool(0) }
            }
            #expect(told == [true])
        }
    }

    @Test func nineAndMore() throws {
        for (count, words) in [(0, "Thông báo</a>"), (7, "<b>7</b>"), (9, "<b>9</b>"), (10, "<b>9+</b>")] {
            var page = try SamplePage.context()
            page.unreadNotices = count
            #expect(NoticeViews.bell(page).text.contains(words), "\(count)")
        }
        var page = try SamplePage.context()
        page.unreadNotices = nil
        #expect(NoticeViews.bell(page).text.isEmpty)
    }
}
