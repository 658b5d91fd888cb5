import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Pages and answers through the door.
@Suite struct CommitteePagesTests {
    @Test(arguments: Engine.allCases) func aCommitteeIsSetUpByForm(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let browser = try world.browser(as: .secretariat)
            _ = try await browser.get("/committees/new")
            let good = [
                ("host", "Phường Pleiku"), ("name", "Ban Chỉ đạo phường Pleiku"), ("secrecy", "internal"),
                ("programme", "Nghị quyết số 57-NQ/TW"), ("from", "22/11/2026"), ("decision", "QĐ 12"),
            ]
            let made = try await browser.post("/committees", form: good)
            #expect(made.status == 303)
            let page = try await browser.get(try #require(made.location))
            #expect(page.text.contains("<h1>Ban Chỉ đạo phường Pleiku</h1>"))
            #expect(page.text.contains("Chưa có thành viên nào") && page.text.contains("1/5"))
            #expect(!page.text.contains("⟦"))
            let again = try await browser.post(
                "/committees", form: good.map { $0.0 == "name" ? ("name", "BCĐ 2") : $0 })
            #expect(again.status == 409)
            #expect(again.text.contains("value=\"BCĐ 2\"") && again.text.contains("đã có Ban Chỉ đạo"))
        }
    }

    @Test(arguments: [
        ("host", "nowhere at all", "host"), ("name", "", "name"), ("programme", "!!!", "programme"),
        ("from", "31/2/2026", "from"), ("decision", "", "decision"), ("secrecy", "top", "secrecy"),
        ("host", "Tỉnh Tây Ninh", "host"), ("quote", "Nguyên văn", "article"),
    ])
    func eachWrongFieldIsNamed(_ field: String, _ value: String, _ told: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let browser = try world.browser(as: .administrator)
            _ = try await browser.get("/committees/new")
            var typed = [
                "host": "Phường Pleiku", "name": "Ban Chỉ đạo mới", "secrecy": "internal", "programme": "NQ 57",
                "from": "22/11/2026", "decision": "QĐ 12",
            ]
            typed[field] = value
            let reply = try await browser.post("/committees", form: typed.map { ($0.key, $0.value) })
            #expect(reply.status == 422)
            #expect(reply.text.contains("id=\"f-\(told)-reason\""), "\(field)")
        }
    }

    @Test(arguments: Engine.allCases) func thePageOfADayShowsWhoSatThere(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let (uid, member) = (try all.uid(), try world.committee(.provinceSteering).member)
            let browser = try world.browser(as: .secretariat)
            let form = try await browser.get("/committees/\(uid)/seats/\(member)/end")
            #expect(form.status == 200 && form.text.contains("Cán bộ science, Thành viên kiêm nhiệm"))
            let done = try await browser.post(
                "/committees/\(uid)/seats/\(member)/end",
                form: [("version", "1"), ("from", "1/12/2026"), ("decision", "QĐ 20")])
            #expect(done.status == 303)
            let after = try await browser.get("/committees/\(uid)?on=2026-12-01").text
            #expect(after.contains("Thành viên trước đây (1)") && after.contains("Kết thúc theo: QĐ 20"))
            let before = try await browser.get("/committees/\(uid)?on=2026-11-30").text
            #expect(!before.contains("Thành viên trước đây"))
            let stale = try await browser.post(
                "/committees/\(uid)/seats",
                form: [
                    ("version", "1"), ("position", "member"), ("title", "Giám đốc"), ("from", "1/12/2026"),
                    ("decision", "QĐ 21"),
                ])
            #expect(stale.status == 409 && stale.text.contains("value=\"Giám đốc\""))
        }
    }

    @Test(arguments: Engine.allCases) func theListIsAFileToo(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let browser = try world.browser(as: .member)
            let page = try await browser.get("/committees").text
            #expect(page.contains("Ban Chỉ đạo tỉnh Gia Lai") && !page.contains("Ban Chỉ đạo tỉnh Tây Ninh"))
            let rows = try await browser.get("/committees.csv").text.split(separator: "\r\n")
            #expect(rows.count == 3)
            #expect(rows.last?.hasSuffix("Bí thư,,1,0,0,0,1") == true, "\(rows)")
            let empty = try await browser.get("/committees?q=khong+co").text
            #expect(empty.contains("Không có Ban Chỉ đạo phù hợp"))
        }
    }

    @Test(arguments: Engine.allCases) func programsDoTheSame(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let uid = try CommitteeWorld(world: world).uid()
            let program = try world.api(as: .secretariat)
            let path = "/api/v1/committees/\(uid)"
            let body = """
                {"from": "2026-12-01", "decision": "QĐ 30", "seats": [{"seat": "\(try world.committee(.provinceSteering).head)",
                "position": "leaves"}], "additions": [{"position": "head", "title": "Bí thư mới"},
                {"position": "adviser", "title": "Chuyên gia", "person": "Đỗ Thị Cũ"}]}
                """
            let done = try await program.send(
                .post, "\(path)/consolidations", raw: body, headers: [.ifMatch: "\"v1\""])
            #expect(done.status == 200, "\(done.text)")
            #expect(done.header("ETag") == "\"v2\"")
            let detail = try await program.get("\(path)?on=2026-12-01").json
            let seats = detail["seats"] as? [[String: Any]] ?? []
            #expect(seats.compactMap { $0["position"] as? String } == ["head", "member", "adviser"])
            #expect(seats.compactMap { ($0["person"] as? [String: Any])?["name"] as? String }.last == "Đỗ Thị Cũ")
            for wrong in [
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions\":\"text\"}",
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions\":[\"text\"]}",
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions\":[{\"position\":\"member\",\"title\":[1]}]}",
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions\":[{\"rank\":\"1\"}]}",
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions\":[{\"title\":\"a\",\"title\":\"b\"}]}",
                "{\"from\":\"2026-12-01\",\"decision\":\"x\",\"additions.0.title\":\"a\"}",
            ] {
                let reply = try await program.send(
                    .post, "\(path)/consolidations", raw: wrong, headers: [.ifMatch: "\"v2\""])
                #expect(reply.status == 422, "\(wrong): \(reply.text)")
            }
        }
    }

    /// The page of a whole province: light, and with every commune behind its figure.
    @Test func thePagesOfAFullCommitteeAreLight() async throws {
        try await World.with(.sqlite) { world async throws in
            let uid = try CommitteeWorld(world: world).uid()
            try await CommitteeWorld(world: world).act { store in
                let seats = (1...40).map {
                    SeatDraft(
                        position: .member, title: "Giám đốc Sở thứ \($0) của tỉnh", from: store.today, decision: "")
                }
                let list = Consolidation(from: store.today, decision: "QĐ 40", additions: seats)
                _ = try store.consolidate(uid, list, seen: nil, at: World.start)
            }
            let browser = try world.browser(as: .secretariat)
            for path in ["", "/consolidations/new", "/portfolio", "/assignments/new", "/rules", "/history"] {
                let size = try await browser.get("/committees/\(uid)\(path)").bytes.count
                #expect(size < 100_000, "\(path) weighs \(size)")
            }
        }
    }
}
