import Storage
import TestSupport
import Testing

@testable import App

@Suite struct HomePagesTests {
    @Test(arguments: Engine.allCases)
    func itGreetsByNameAndOfficeAndSaysWhatOneMayDo(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            for who in Who.allCases {
                let reply = try await world.browser(as: who).get("/")
                #expect(reply.status == 200)
                #expect(!reply.text.contains("⟦"))
            }
            let page = try await world.browser(as: .secretariat).get("/").text
            #expect(page.contains("Xin chào, Trần Thị Thư"))
            #expect(page.contains("Chức vụ secretariat, Sở Khoa học và Công nghệ Gia Lai"))
            #expect(page.contains("Cơ quan thường trực: Tỉnh Gia Lai"))
            // Acting for the leader, with the leader's rights.
            let acting = try await world.browser(as: .acting).get("/").text
            #expect(acting.contains("Công văn 12/SKHCN"))
            #expect(acting.contains("Lãnh đạo: Tỉnh Gia Lai"))
        }
    }

    /// The officer of a ward finds what the ward owes, opens the paper, and registers what was issued.
    @Test(arguments: Engine.allCases)
    func whatMustBeIssuedStandsFirstAndIsAFormAway(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let place = try world.world.id(.wardCommittee)
            let office = try await world.documents.staff(.wardCommittee)
            let officer = Viewer(
                identity: office.identity, office: office.office,
                grants: [Viewer.Grant(role: .focal, hierarchy: .state, unit: place, ceiling: .internal)],
                day: world.today)
            let home = try await world.act(as: officer) {
                try HomeDuties(tx: $0.tx, viewer: officer, today: $0.today)
            }
            let duty = try #require(home?.duties.items.first)
            #expect(duty.requirement.uid == row.uid && duty.unit.name == "Phường Quy Nhơn")
            let paper = try await world.documents.register(
                .wardCommittee, "78/KH-UBND", .plan, on: "2026-02-01", implements: world.resolution.uid, as: officer)
            #expect(try await world.documents.act(as: officer) { try $0.abilities(paper).keeps })
            let left = try await world.act(as: officer) {
                try HomeDuties(tx: $0.tx, viewer: officer, today: $0.today)?.duties.items.map(\.requirement.uid)
            }
            #expect(left?.contains(row.uid) == false)
            // Nothing of another unit, even one under the same right.
            let other = await world.documents.refusal {
                _ = try await world.documents.register(.science, "79/KH-SKHCN", .plan, on: "2026-02-01", as: officer)
            }
            #expect(!other.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func theMapHoldsTheCommunesOfOnesProvinceOrOfTheCountry(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let province = try await world.browser(as: .member).get("/").text
            #expect(province.contains("Phường Quy Nhơn"))
            #expect(!province.contains("Xã Tân Biên"))
            let country = try await world.browser(as: .root).get("/").text
            #expect(country.contains("Phường Quy Nhơn"))
            #expect(country.contains("Xã Tân Biên"))
        }
    }

    /// Each figure is that of the list behind it; the whole country is a link away.
    @Test(arguments: Engine.allCases)
    func theFiguresAreThoseOfTheOwnPlace(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let page = try await world.browser(as: .member).get("/").text
            let province = try world.uid(.giaLai)
            #expect(
                page.contains("Đơn vị tại Tỉnh Gia Lai") && page.contains("<a href=\"/units\">Mọi đơn vị trong cả nước")
            )
            let figures = page.matches(of: /href="(\/units\?[^"]*)"><strong>([0-9.]+)</).map {
                (href: String($0.output.1).replacing("&amp;", with: "&"), count: String($0.output.2))
            }
            #expect(figures.count >= 2)
            for figure in figures {
                #expect(figure.href.contains("parent=\(province)&deep=1"))
                let list = try await world.api(as: .member).get("/api/v1\(figure.href)")
                #expect((list.json["total"] as? Int).map(String.init) == figure.count, "\(figure.href)")
            }
            let tasks = page.matches(of: /href="\/tasks\?[^"]*unit=([0-9a-f-]{36})[^"]*"><strong>/)
            #expect(tasks.count == 6)
            let country = try await world.browser(as: .root).get("/").text
            #expect(!country.contains("parent=") && !country.contains("Mọi đơn vị trong cả nước"))
        }
    }

    @Test(arguments: Engine.allCases)
    func theOfficerOfAWardFindsTheWardAlone(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let officer = try await world.staff(.wardCommittee), (today, now) = (world.today, world.now)
            let home = try await world.world.database.read { tx in
                try HomeStore(tx: tx, viewer: officer, today: today, now: now, dots: CountryDots()).read()
            }
            #expect(home.place?.uid == (try world.world.uid(.quyNhon)) && home.kinds.isEmpty)
            #expect(home.place?.kinds.allSatisfy { !$0.kind.isTerritory && $0.count < 10 } == true)
            #expect(home.own?.unit.uid == (try world.world.uid(.wardCommittee)))
        }
    }

    @Test(arguments: Engine.allCases)
    func aUnitOutsideTheScopeIsInNoCountAndNoNews(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let before = try await world.browser(as: .administrator).get("/").text
            let parent = try world.uid(.tayNinh)
            try await world.database.write { tx in
                var draft = UnitDraft(
                    kind: .institute, name: "Viện Duynhat", parent: parent,
                    from: Day(year: 2026, month: 1, day: 1) ?? .beginning, secrecy: .internal)
                draft.basis = "Duynhat"
                try UnitStore(tx: tx, viewer: .system("test"), today: world.today).create(draft, at: World.start)
            }
            #expect(try await world.browser(as: .administrator).get("/").text == before)
            #expect(try await world.browser(as: .root).get("/").text.contains("Viện"))
        }
    }

    @Test(arguments: Engine.allCases)
    func withoutASessionOneIsLedToSigningIn(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let reply = try await world.browser().get("/")
            #expect(reply.status == 303)
            #expect(reply.location?.hasPrefix("/sign-in") == true)
        }
    }
}
