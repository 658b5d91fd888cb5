import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The reminder: who is in it, what it says, and the draft that is made of it.
@Suite struct CoverageReminderTests {
    @Test(arguments: Engine.allCases) func itNamesThoseWhoAreMissingAndNobodyElse(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-12")
            _ = try await world.require(.report, due: "2026-12-31")
            try await world.issuePlan()
            let uid = world.resolution.uid
            let reminder = try await world.act(as: .secretariat) { try $0.reminder(uid) }
            #expect(
                reminder.parts.map { $0.units.map(\.link.name) } == [
                    ["Phường Pleiku"], ["Phường Pleiku", "Phường Quy Nhơn"],
                ])
            #expect(reminder.parts.first?.units.first?.daysLate == 10)
            #expect(reminder.parts.first?.issued == 1 && reminder.parts.first?.wanted == 2)
            #expect(reminder.addressees.count == 2)
            #expect(reminder.sender == "Sở Khoa học và Công nghệ Gia Lai")
            let late = try await world.act(as: .secretariat) { try $0.reminder(uid, onlyLate: true) }
            #expect(late.parts.count == 1 && late.addressees.map(\.link.name) == ["Phường Pleiku"])
            let stranger = try await world.act(as: .department) { try $0.reminder(uid) }
            #expect(stranger.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func itIsWrittenAsADispatchIs(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-12")
            let path = "/documents/\(world.resolution.uid)/coverage/reminder"
            let browser = try world.world.browser(as: .secretariat)
            let page = try await browser.get(path)
            #expect(page.status == 200)
            #expect(page.text.contains("V/v đôn đốc ban hành văn bản cụ thể hóa Nghị quyết 05/NQ-UBND"))
            let file = try await browser.get(path + ".txt?late=1&by=2026-12-05")
            #expect(file.header("Content-Type") == "text/plain; charset=utf-8")
            for words in [
                "Căn cứ Nghị quyết 05/NQ-UBND ngày 10/01/2026 của Ủy ban nhân dân tỉnh Gia Lai: “Đột phá khoa học, công nghệ”;",
                "đã có 0/2 đơn vị ban hành; các đơn vị chưa ban hành nêu dưới đây (2 đơn vị) đều đã quá hạn.",
                "chậm nhất ngày 05/12/2026", "1. Phường Pleiku (quá hạn 10 ngày)",
                "2. Phường Quy Nhơn (quá hạn 10 ngày)",
            ] { #expect(file.text.contains(words), "\(words)") }
            let english = try await world.world.api(as: .secretariat).get("/api/v1\(path)?late=1").json
            #expect((english["addressees"] as? [[String: Any]])?.count == 2)
        }
    }

    @Test func aTitleThatBeginsWithAboutIsNotToldTwice() {
        #expect(ReminderText.about("Về đột phá phát triển khoa học") == "đột phá phát triển khoa học")
        #expect(ReminderText.about("V/v đôn đốc") == "việc đôn đốc")
        #expect(ReminderText.about("Vềnh") == nil && ReminderText.about("Ban hành Chương trình") == nil)
    }

    @Test(arguments: Engine.allCases) func aDraftIsMadeOfIt(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-12")
            let browser = try world.world.browser(as: .secretariat)
            let path = "/documents/\(world.resolution.uid)/coverage"
            _ = try await browser.get(path + "/reminder")
            let science = try world.world.uid(.science)
            let refused = try await browser.post(path + "/reminders", ["issuer": science.text, "issuer_sign": "SKHCN"])
            #expect(refused.status == 422, "a dispatch of the State needs its drafting unit")
            #expect(refused.text.contains("SKHCN"))
            let made = try await browser.post(
                path + "/reminders", ["issuer": science.text, "issuer_sign": "SKHCN-CĐS", "numbering": "state"])
            let location = try #require(made.location)
            let uid = try #require(UID(parsing: location.replacing("/documents/", with: "")))
            let detail = try await world.documents.act { try $0.detail(uid) }
            #expect(detail.row.document.state == .draft && detail.row.document.type == .dispatch)
            #expect(detail.recipientCount == 2)
            #expect(detail.links.map { "\($0.kind) \($0.other.name)" } == ["cites 05/NQ-UBND"])
            #expect(detail.paragraphs.last?.text.contains("2. Phường Quy Nhơn") == true)
            #expect(detail.nextSign == "01/SKHCN-CĐS")
        }
    }

    @Test(arguments: Engine.allCases) func aProgramAndTheCommandLineMakeTheDraftToo(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require(.plan, due: "2026-11-12")
            _ = try await world.require(.report, due: "2026-12-31")
            let api = try world.world.api(as: .secretariat), science = try world.world.uid(.science).text
            let path = "/api/v1/documents/\(world.resolution.uid)/coverage/reminders"
            let said = [("issuer", science), ("issuer_sign", "SKHCN-CĐS"), ("late", "true"), ("by", "2026-12-05")]
            let made = try await api.send(.post, path, members: said)
            #expect(made.status == 201 && made.json["type"] as? String == "dispatch", "\(made.text)")
            let uid = try #require((made.json["uid"] as? String).flatMap { UID(parsing: $0) })
            #expect(made.header("Location") == "/api/v1/documents/\(uid)")
            let detail = try await world.documents.act { try $0.detail(uid) }
            #expect(detail.recipientCount == 2 && detail.paragraphs.last?.text.contains("Pleiku") == true)
            // What has time left is not reminded of.
            #expect(!detail.paragraphs.contains { $0.text.contains("2026-12-31") || $0.text.contains("31/12/2026") })
            let bad = try await api.send(.post, path, members: [("issuer", "Không Có"), ("by", "mai"), ("day", "1")])
            let named = (bad.json["errors"] as? [[String: Any]])?.compactMap { $0["field"] as? String }
            #expect(bad.status == 422 && named.map(Set.init) == ["issuer", "issuer_sign", "by", "day"])
            let other = try await world.world.api(as: .leader).send(.post, path, members: said)
            #expect(other.status == 403)
            let (services, resolution, now) = (world.world.services, world.resolution.uid, World.start)
            let typed = try await world.world.database.write { tx in
                try CoverageOutput(tx: tx, viewer: .system("test"), services: services, language: .vietnamese)
                    .draftReminder(of: resolution, typed: .words(said.map { "\($0)=\($1)" }), at: now)
            }
            #expect(typed.document.title == detail.row.document.title || typed.document.type == .dispatch)
        }
    }
}
