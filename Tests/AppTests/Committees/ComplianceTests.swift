import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Which units have no committee yet, or an incomplete one.
@Suite struct ComplianceTests {
    private func compliance(
        _ world: World, as who: Who? = nil, on day: Day? = nil, _ change: (inout ComplianceFilter) -> Void = { _ in }
    ) async throws -> Compliance? {
        var filter = ComplianceFilter()
        change(&filter)
        let asked = filter
        return try await CommitteeWorld(world: world).act(as: who) { try $0.compliance(asked, on: day) }
    }

    private func states(_ found: Compliance?) -> [String: ComplianceState] {
        Dictionary(uniqueKeysWithValues: (found?.lines ?? []).map { ($0.name, $0.state) })
    }

    @Test(arguments: Engine.allCases) func communesOfAProvinceAndProvincesOfTheCountry(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (giaLai, country) = (try world.uid(.giaLai), try world.uid(.vietnam))
            let province = try await compliance(world, as: .administrator) { $0.unit = giaLai }
            #expect(states(province) == ["Phường Pleiku": .without, "Phường Quy Nhơn": .incomplete])
            #expect(province?.established == 1 && province?.count(.without) == 1)
            let all = try await compliance(world, as: .root)
            #expect(all?.unit.uid == country)
            #expect(states(all) == ["Tỉnh Gia Lai": .incomplete, "Tỉnh Tây Ninh": .incomplete])
            let communes = try await compliance(world, as: .root) { $0.level = .commune }
            #expect(communes?.lines.count == 3 && communes?.established == 2)
            #expect(communes?.lines(.without).map(\.name) == ["Phường Pleiku"])
        }
    }

    @Test(arguments: Engine.allCases) func aDayBeforeItWasSetUpCountsAsNone(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (giaLai, host) = (try world.uid(.giaLai), try world.uid(.pleiku))
            let day = CommitteeWorld.day
            try await all.act { store in
                let body = CommitteeDraft.Body.new(host: host, name: "BCĐ Pleiku", english: "", secrecy: .internal)
                _ = try store.create(
                    CommitteeDraft(body: body, programme: "Khác", from: day, decision: "QĐ"), at: World.start)
            }
            #expect(try await compliance(world, on: day.adding(days: -1)) { $0.unit = giaLai }?.established == 1)
            #expect(try await compliance(world, on: day) { $0.unit = giaLai }?.established == 2)
            let one = try await compliance(world, on: day) {
                $0.unit = giaLai
                $0.programme = "nghị quyết số 57-nq/tw"
            }
            #expect(one?.established == 1, "only the programme that was asked for")
        }
    }

    @Test(arguments: Engine.allCases) func aWholeChecklistIsComplete(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (giaLai, uid) = (try world.uid(.giaLai), try all.uid(.wardSteering))
            try await all.act { store in
                for item in [SetupItem.regulation, .notice] {
                    let paper = PaperDraft(item: item, reference: "Văn bản", from: store.today)
                    _ = try store.addPaper(uid, paper, seen: nil, at: World.start)
                }
                let team = OrganDraft(kind: .supportTeam, name: "Tổ giúp việc", from: store.today, decision: "QĐ")
                _ = try store.addOrgan(uid, team, seen: nil, at: World.start)
            }
            let found = try await compliance(world) { $0.unit = giaLai }
            #expect(states(found)["Phường Quy Nhơn"] == .complete)
            #expect(found?.count(.complete) == 1)
        }
    }

    /// Of a unit over which the viewer has no right they could not know: it is not listed at all.
    @Test(arguments: Engine.allCases) func onlyUnitsOfTheViewerAreListed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (country, tayNinh) = (try world.uid(.vietnam), try world.uid(.tayNinh))
            let own = try await compliance(world, as: .focal) { $0.unit = country }
            #expect(states(own) == ["Tỉnh Gia Lai": .incomplete])
            #expect(try await compliance(world, as: .focal) { $0.unit = tayNinh }?.lines.isEmpty == true)
            #expect(try await compliance(world, as: .department) == nil, "no territory")
            let page = try await world.browser(as: .department).get("/committees/compliance")
            #expect(page.status == 200 && page.text.contains("Bạn không theo dõi địa bàn nào"))
        }
    }

    @Test(arguments: Engine.allCases) func pageFileAndAnswerAgree(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let query = "unit=\(try world.uid(.giaLai))"
            let browser = try world.browser(as: .secretariat)
            let page = try await browser.get("/committees/compliance?\(query)")
            #expect(page.text.contains("1 trên 2 đơn vị có Ban Chỉ đạo"))
            #expect(page.text.contains("/committees/new?host=\(try world.uid(.pleiku))"))
            #expect(page.text.contains("Quy chế làm việc, Thông báo phân công nhiệm vụ, Tổ giúp việc"))
            let file = try await browser.get("/committees/compliance.csv?\(query)&state=none").text
            #expect(file.split(separator: "\r\n").count == 2 && file.contains("Phường Pleiku"))
            let json = try await world.api(as: .secretariat).get("/api/v1/committees/compliance?\(query)&limit=1").json
            #expect(json["established"] as? Int == 1 && json["units"] as? Int == 2 && json["none"] as? Int == 1)
            let first = (json["items"] as? [[String: Any]])?.first
            #expect(first?["name"] as? String == "Phường Pleiku")
            let next = try #require(json["next"] as? String)
            let rest = try await world.api(as: .secretariat).get(
                "/api/v1/committees/compliance?\(query)&limit=1&after=\(next)"
            ).json
            #expect((rest["items"] as? [[String: Any]])?.first?["name"] as? String == "Phường Quy Nhơn")
            #expect(rest["next"] is NSNull)
        }
    }
}
