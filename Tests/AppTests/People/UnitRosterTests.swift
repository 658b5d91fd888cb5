import Storage
import TestSupport
import Testing

@testable import App

/// Who sits where, as of a day, and what is vacant.
@Suite struct UnitRosterTests {
    private static let today = PeopleWorld.today

    private func roster(
        _ world: PeopleWorld, _ unit: String, as who: String = "Lan", on day: Day = today,
        page: PageRequest = .first
    ) async throws -> UnitRoster {
        let uid = try #require(world.units[unit]?.uid)
        return try await world.act(as: who) { store in
            let row = try UnitStore(tx: store.tx, viewer: store.viewer, today: store.today).find(uid, on: day)
            return try store.roster(of: row, on: day, page: page)
        }
    }

    @Test(arguments: Engine.allCases)
    func severalHoldTheSameTitleAtATimeAndPagesFollowOneAnother(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let unit = try world.unit("so")
            let people = try ["Minh", "Nam", "Không", "Root"].map { try world.person($0) }
            try await world.act(as: "Root") { store in
                for person in people {
                    _ = try store.appoint(
                        person: person.id, unit: unit, title: "Phó Giám đốc", from: PeopleWorld.old,
                        at: PeopleWorld.now)
                }
            }
            let whole = try await roster(world, "so", as: "Root")
            #expect(whole.holders.items.map(\.personName) == ["Không", "Minh", "Nam", "Root"])
            #expect(whole.vacancies == [])
            var names: [String] = []
            var request = PageRequest(after: nil, limit: 1)
            while true {
                let page = try await roster(world, "so", as: "Root", page: request).holders
                #expect(page.total == 4)
                names += page.items.map(\.personName)
                guard let next = page.next else { break }
                request.after = next
            }
            #expect(names == whole.holders.items.map(\.personName))
        }
    }

    @Test(arguments: Engine.allCases)
    func aTitleThatNobodyHoldsAnyMoreIsVacantSinceItsLastDay(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (unit, minh, lan) = (try world.unit("so"), try world.person("Minh"), try world.person("Lan"))
            let (first, second) = (Self.today.adding(days: -30), Self.today.adding(days: -10))
            try await world.act(as: "Root") { store in
                for (person, title, end) in [
                    (minh, "Giám đốc", first), (lan, "Giám đốc", second), (lan, "Kế toán", first),
                    (minh, "Văn thư", Day.never),
                ] {
                    _ = try store.appoint(
                        person: person.id, unit: unit, title: title, from: PeopleWorld.old, to: end,
                        at: PeopleWorld.now)
                }
                // Taken back before a day had passed: never held.
                let office = try store.appoint(
                    person: lan.id, unit: unit, title: "Lái xe", from: Self.today, at: PeopleWorld.now)
                try store.endOffice(office.uid, OfficeEnding(from: Self.today), at: PeopleWorld.now)
            }
            let now = try await roster(world, "so")
            #expect(now.holders.items.map(\.office.title) == ["Văn thư"])
            #expect(
                now.vacancies == [
                    OfficeVacancy(title: "Giám đốc", since: second), OfficeVacancy(title: "Kế toán", since: first),
                ])
            let then = try await roster(world, "so", on: first)
            #expect(then.holders.items.map(\.office.title) == ["Giám đốc", "Văn thư"])
            #expect(then.vacancies == [OfficeVacancy(title: "Kế toán", since: first)])
            let before = try await roster(world, "so", on: PeopleWorld.old.adding(days: -1))
            #expect(before.holders.items.isEmpty && before.vacancies == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoMayNotKnowEverybodyIsToldOfNoVacancy(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            // Kinh Bắc is public, so Lan knows of it; of its people she knows the one who also sits in her province.
            let (nam, seat) = (try world.person("Nam"), try world.unit("rg"))
            let before = try await roster(world, "kb")
            #expect(before.holders.items.isEmpty && before.vacancies == nil)
            try await world.act(as: "Root") {
                _ = try $0.appoint(
                    person: nam.id, unit: seat, title: "Biệt phái", from: Self.today, at: PeopleWorld.now)
            }
            let after = try await roster(world, "kb")
            #expect(after.holders.items.map(\.personName) == ["Nam"])
            #expect(after.vacancies == nil)
            #expect(
                try await roster(world, "kb", as: "Nam").vacancies == nil, "in the unit, but without a right over it")
            #expect(try await roster(world, "kb", as: "Root").vacancies == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoActsForAHolderStandsBesideThem(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, minh) = (try world.office("Lan"), try world.office("Minh"))
            let end = Self.today.adding(days: 5)
            try await world.act(as: "Lan") {
                _ = try $0.delegate(
                    principal: lan.uid, agent: minh.uid, capacity: .kt, authority: "1/QĐ", from: Self.today, to: end,
                    at: PeopleWorld.now)
            }
            let now = try await roster(world, "ag")
            #expect(now.substitutes[lan.id]?.map(\.other.personName) == ["Minh"])
            #expect(try await roster(world, "ag", on: end).substitutes.isEmpty)
        }
    }
}

@Suite struct UnitRosterPagesTests {
    @Test(arguments: Engine.allCases)
    func theUnitAndItsRosterShowWhoHoldsWhatAsOfADay(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let unit = try world.uid(.science)
            let member = try world.browser(as: .member)
            let page = try await member.get("/units/\(unit)")
            #expect(page.text.contains("Trưởng phòng science"))
            #expect(page.text.contains("/units/\(unit)/offices"))
            let today = try await member.get("/units/\(unit)/offices")
            #expect(today.status == 200)
            #expect(today.text.contains("Cán bộ science") && today.text.contains("KT. Phó science"))
            #expect(!today.text.contains("Cựu cán bộ science"))
            #expect(today.text.contains("Chuyên viên science"), "vacant since its last holder left")
            #expect(today.text.contains("01/11/2026"))
            let then = try await member.get("/units/\(unit)/offices?on=31/10/2026")
            #expect(then.text.contains("Cựu cán bộ science"))
            #expect(!then.text.contains("⟦"))
            let file = try await member.get("/units/\(unit)/offices.csv?on=2026-10-31")
            #expect(file.text.contains("Chuyên viên science,Cựu cán bộ science,2025-07-01,2026-11-01"))
            #expect(try await member.get("/units/\(unit)/offices?on=31/02/2026").status == 422)
            #expect(try await member.get("/units/\(unit)/offices?after=x").status == 422)
            let empty = try await member.get("/units/\(world.uid(.wardCentre))/offices")
            #expect(empty.text.contains("class=\"empty\""))
        }
    }

    /// Nobody holds an office in the ward itself; its People's Committee and its steering committee have people.
    @Test(arguments: Engine.allCases)
    func aPlaceLeadsToThePeopleOfItsBodies(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (ward, body) = (try world.uid(.quyNhon), try world.uid(.wardCommittee))
            let committee = try world.committee(.wardSteering).committee
            let member = try world.browser(as: .member)
            for path in ["/units/\(ward)", "/units/\(ward)/offices"] {
                let text = try await member.get(path).text
                #expect(text.contains("Không ai giữ chức vụ ngay tại Phường Quy Nhơn"), "\(path)")
                #expect(!text.contains("Không có ai giữ chức vụ tại đây"), "\(path)")
                #expect(text.contains("href=\"/units/\(body)/offices\">2 chức vụ"), "\(path)")
                #expect(text.contains("href=\"/committees/\(committee)\">2 thành viên"), "\(path)")
            }
            let stranger = try await world.browser(as: .department).get("/units/\(ward)").text
            #expect(!stranger.contains("\(body)") && !stranger.contains("\(committee)"))
            let clinic = try await member.get("/units/\(world.uid(.wardCentre))/offices").text
            #expect(clinic.contains("class=\"empty\""), "a body has none of its own")
        }
    }

    @Test(arguments: Engine.allCases)
    func theApiListsHoldersAndVacancies(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .member)
            let unit = try world.uid(.wardCommittee)
            let holders = try await api.get("/api/v1/units/\(unit)/offices").json
            let items = try #require(holders["items"] as? [[String: Any]])
            #expect(
                items.compactMap { $0["title"] as? String } == [
                    "Phó trưởng phòng wardCommittee", "Trưởng phòng wardCommittee",
                ])
            let names = items.compactMap { ($0["person"] as? [String: Any])?["name"] as? String }
            #expect(names == ["Phó wardCommittee", "Cán bộ wardCommittee"])
            let vacant = try await api.get("/api/v1/units/\(unit)/vacancies").json
            let vacancies = vacant["items"] as? [[String: Any]]
            #expect(vacancies?.first?["since"] as? String == "2026-11-01")
        }
    }
}
