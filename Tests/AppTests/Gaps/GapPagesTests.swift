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
            let history = try await browser.get(gap + "/history").text
            #expect(history.contains("Đóng") && history.contains("<dt>Văn bản còn thiếu</dt>"))
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

    @Test(arguments: Engine.allCases) func whoAnswersIsNamedAtOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            func note(_ office: String, _ owner: Place = .science) async throws -> Reply {
                try await browser.post(
                    "/gaps",
                    [
                        "title": "Quy chế", "type": "regulation", "owner": try world.uid(owner).text,
                        "due_on": "01/12/2026", "office": office,
                    ])
            }
            #expect(try await browser.get("/gaps/new").text.contains("name=\"office\""))
            let offices = [
                "Cán bộ science", "truong phong science", "Trưởng phòng science, Cán bộ science",
                try world.staff(.science).office.text,
            ]
            for office in offices {
                let gap = try #require(try await note(office).location, "\(office)")
                let page = try await browser.get(gap).text
                #expect(page.contains("Trưởng phòng science, Cán bộ science"))
                let form = try await browser.get(gap + "/edit").text
                #expect(form.contains("value=\"Trưởng phòng science, Cán bộ science\""))
            }
            for (office, owner) in [("Không Ai", Place.science), ("Cán bộ science", .wardCommittee)] {
                let refused = try await note(office, owner)
                #expect(refused.status == 422 && refused.text.contains("value=\"\(office)\""))
                #expect(refused.text.contains("<datalist id=\"f-office-choices\"><option value=\""))
            }
        }
    }

    /// Three units number their plans alike and two wards have one name: what fills the form names each again.
    @Test(arguments: Engine.allCases) func aFormComesBackAsItWasFilled(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (today, now, other) = (world.today, world.clock.now, try world.uid(.tayNinh))
            let twin = try await world.database.write { tx in
                var draft = UnitDraft(
                    kind: .ward, name: "Phường Quy Nhơn", parent: other, from: today, secrecy: .public)
                (draft.scheme, draft.code) = ("gso-2025", "99999")
                return try UnitStore(tx: tx, viewer: .system("test"), today: today).create(draft, at: now).uid
            }
            let api = try world.api(as: .root), browser = try world.browser(as: .root)
            let ward = try world.documents(.wardCommittee)
            let waiting = [ward.issued, ward.draft, try world.documents(.science).issued]
            let made = try await api.send(
                .post, "/api/v1/gaps",
                json: [
                    "title": "Quy chế", "type": "regulation", "owner": try world.uid(.science).text,
                    "due_on": "2026-12-01", "basis": try world.documents(.communeCommittee).issued.text,
                    "blocked_units": "\(twin)\n\(try world.uid(.pleiku))",
                    "blocked_documents": waiting.map(\.text).joined(separator: "\n"),
                ])
            let gap = try #require(made.location)
            let before = try await api.get(gap).text
            let path = gap.replacing("/api/v1", with: "")
            let form = try await browser.get(path + "/edit").text
            let basis = "05/KH-UBND @ Ủy ban nhân dân xã Tân Biên"
            let units = ["Phường Pleiku", "Phường Quy Nhơn (99999)"]
            let papers = [
                "Dự thảo kế hoạch wardCommittee", "05/KH-SKHCN", "05/KH-UBND @ Ủy ban nhân dân phường Quy Nhơn",
            ]
            for words in [basis] + units + papers { #expect(form.contains(words), "\(words)") }
            let sent = try await browser.post(
                path,
                [
                    "title": "Quy chế", "type": "regulation", "owner": try world.uid(.science).text,
                    "due_on": "01/12/2026", "version": "1", "basis": basis,
                    "blocked_units": units.joined(separator: "\n"),
                    "blocked_documents": papers.joined(separator: "\n"),
                ])
            #expect(sent.location == path, "\(sent.text)")
            #expect(try await api.get(gap).text.replacing("\"version\":2", with: "\"version\":1") == before)
        }
    }

    @Test(arguments: Engine.allCases) func programsKeepWhatTheyMayNotKnow(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (root, api) = (try world.api(as: .root), try world.api(as: .secretariat))
            let hidden = try world.documents(.steering).issued.text, owner = try world.uid(.science).text
            let made = try await root.send(
                .post, "/api/v1/gaps",
                json: [
                    "title": "Quy chế", "type": "regulation", "owner": owner, "due_on": "2026-12-01", "basis": hidden,
                    "blocked_documents": hidden, "blocked_units": try world.uid(.otherCommittee).text,
                ])
            let gap = try #require(made.location)
            let changed = try await api.send(
                .put, gap + "/facts",
                json: ["title": "Quy chế", "type": "regulation", "owner": owner, "due_on": "2026-12-01"], ifMatch: 1)
            #expect(changed.status == 200, "\(changed.text)")
            let form = try await world.browser(as: .secretariat).get(gap.replacing("/api/v1", with: "") + "/edit").text
            #expect(form.contains("Căn cứ là một văn bản ngoài phạm vi của bạn"))
            let kept = try await root.get(gap).json
            #expect(kept["basis"] as? String == hidden)
            for name in ["blocked_units", "blocked_documents"] {
                #expect((kept[name] as? [Any])?.count == 1, "\(name)")
            }
        }
    }
}
