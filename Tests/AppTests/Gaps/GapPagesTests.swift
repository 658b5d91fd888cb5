import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The pages and the API of gaps, through the door.
@Suite struct GapPagesTests {
    @Test(arguments: Engine.allCases) func aGapIsNotedEditedAndClosedWithoutScripts(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            #expect(try await browser.get("/gaps/new").status == 200)
            let refused = try await browser.post(
                "/gaps", ["title": "Quy chế dữ liệu", "owner": "Sở Không Có", "blocked_units": "Phường Pleiku\nx y z"])
            #expect(refused.status == 422 && refused.text.contains("Sở Không Có") && refused.text.contains("x y z"))
            let made = try await browser.post(
                "/gaps",
                [
                    "title": "Quy chế dữ liệu", "type": "regulation", "owner": "Sở Khoa học và Công nghệ Gia Lai",
                    "due_on": "01/10/2026", "basis": "05/KH-SKHCN", "reason": "Chưa có quy định",
                    "blocks": "Chưa chia sẻ được dữ liệu", "blocked_units": "Phường Pleiku",
                ])
            let gap = try #require(made.location)
            let page = try await browser.get(gap)
            for words in ["Quá hạn 52 ngày", "05/KH-SKHCN", "Chưa chia sẻ được dữ liệu", "Phường Pleiku"] {
                #expect(page.text.contains(words), "\(words)")
            }
            let form = try await browser.get(gap + "/edit")
            #expect(form.text.contains("Chức vụ secretariat"), "the owner's offices are there to choose from")
            let stale = try await browser.post(gap + "/decisions", ["decision": "drop", "reason": "x", "version": "9"])
            #expect(stale.status == 409)
            let office = try world.office(.secretariat)
            let changed = try await browser.post(
                gap,
                [
                    "title": "Quy chế dữ liệu", "type": "regulation", "owner": try world.uid(.science).text,
                    "due_on": "01/12/2026", "office": office.text, "version": "1",
                ])
            #expect(changed.location == gap)
            #expect(try await browser.get(gap).text.contains("Trần Thị Thư"))
            let closed = try await browser.post(
                gap + "/decisions", ["decision": "close", "document": "05/KH-SKHCN", "version": "2"])
            #expect(closed.location == gap)
            #expect(try await browser.get("/gaps?state=closed").text.contains("Quy chế dữ liệu"))
            #expect(try await browser.get("/gaps.csv?state=all").text.contains("Quy chế dữ liệu,Quy chế,"))
            #expect(try await browser.get(gap + "/history").text.contains("Đã khắc phục"))
        }
    }

    @Test(arguments: Engine.allCases) func programsDoTheSame(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .secretariat)
            let made = try await api.send(
                .post, "/api/v1/gaps",
                json: [
                    "title": "Quy chế", "type": "regulation", "owner": try world.uid(.science).text,
                    "due_on": "2026-12-01",
                ])
            #expect(made.status == 201, "\(made.text)")
            let gap = try #require(made.location)
            #expect(try await api.get(gap).json["state"] as? String == "open")
            let dropped = try await api.send(
                .post, gap + "/decisions", json: ["decision": "drop", "reason": "Không cần"], ifMatch: 1)
            #expect(dropped.status == 200 && dropped.header("ETag") == "\"v2\"")
            let list = try await api.get("/api/v1/gaps?state=dropped").json
            #expect((list["items"] as? [[String: Any]])?.first?["settlement"] as? String == "Không cần")
            #expect(
                try await world.api(as: .leader).send(
                    .post, gap + "/decisions", json: ["decision": "drop", "reason": "x"], ifMatch: 2
                ).status == 403)
        }
    }
}
