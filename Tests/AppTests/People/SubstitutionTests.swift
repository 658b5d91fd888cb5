import Storage
import TestSupport
import Testing

@testable import App

/// Acting for somebody else, from the document to the history: always named, never more than the other could.
@Suite struct SubstitutionTests {
    /// The head of the department acts for the administrator (KT.) until the end of November.
    private func begun(_ world: World) async throws -> Browser {
        let staff = try world.staff(.science)
        let administrator = try world.browser(as: .administrator)
        _ = try await administrator.get("/account")
        let given = try await administrator.post(
            "/offices/\(world.office(.administrator))/delegations",
            [
                "agent": staff.office.text, "capacity": "KT", "authority": "15/QĐ-SKHCN", "from": "22/11/2026",
                "to": "1/12/2026",
            ])
        #expect(given.status == 303)
        let visitor = try world.browser()
        _ = try await visitor.get("/sign-in")
        _ = try await visitor.post("/sign-in", ["sign_in": "cb.science", "password": World.password])
        let account = try await visitor.get("/account")
        #expect(account.text.contains("15/QĐ-SKHCN"))
        let (person, today) = (try world.person(.administrator), world.today)
        let delegation = try await world.database.read { tx in
            let store = PersonStore(tx: tx, viewer: .system("test"), today: today)
            return try store.offices(of: store.find(person).person.id).flatMap { try store.delegations(from: $0) }
        }.first
        let uid = try #require(delegation?.delegation.uid)
        #expect(try await visitor.post("/office", ["office": uid.text]).status == 303)
        return visitor
    }

    @Test(arguments: Engine.allCases)
    func whoActsIsNamedWithCapacityAndDocumentInBothLanguages(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let visitor = try await begun(world)
            let home = try await visitor.get("/")
            #expect(home.text.contains("class=\"badge accent\">KT. Chức vụ administrator"))
            let unit = try world.uid(.finance)
            let form = try await visitor.get("/units/\(unit)/facts/edit")
            #expect(form.status == 200, "as the administrator could")
            let done = try await visitor.post(
                "/units/\(unit)/facts", ["secrecy": "internal", "area_km2": "2", "version": "1"])
            #expect(done.status == 303)
            let history = try await visitor.get("/units/\(unit)/history")
            #expect(history.text.contains("Cán bộ science, Trưởng phòng science, KT. Chức vụ administrator"))
            #expect(history.text.contains("Ký thay (KT.) theo 15/QĐ-SKHCN"))
            _ = try await visitor.post("/language", ["language": "en"])
            let english = try await visitor.get("/units/\(unit)/history")
            #expect(english.text.contains("Cán bộ science, Trưởng phòng science, KT. Chức vụ administrator"))
            #expect(english.text.contains("Signs for the head (KT.) by 15/QĐ-SKHCN"))
        }
    }

    @Test(arguments: Engine.allCases)
    func itEndsOnItsDayAtOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let visitor = try await begun(world)
            let unit = try world.uid(.finance)
            #expect(try await visitor.get("/units/\(unit)/parents/new").status == 200)
            world.clock.advance(.seconds(9 * 86_400))
            // The session itself is over by then; a new one begins in the own office.
            _ = try await visitor.get("/sign-in")
            _ = try await visitor.post("/sign-in", ["sign_in": "cb.science", "password": World.password])
            let home = try await visitor.get("/")
            #expect(home.status == 200 && !home.text.contains("KT. Chức vụ administrator"))
            #expect(try await visitor.get("/units/\(unit)/parents/new").status == 404)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsActedWithIsNotPassedOnNorKept(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let visitor = try await begun(world)
            let office = try world.office(.administrator)
            // Neither prolonged nor lent to somebody else.
            #expect(try await visitor.get("/offices/\(office)/delegations/new").status == 403)
            let longer = try await visitor.post(
                "/offices/\(office)/delegations",
                ["agent": staff.deputyOffice.text, "capacity": "KT", "authority": "x", "from": "22/11/2026"])
            #expect(longer.status == 403)
            // Nor taken home as a right of one's own.
            let own = try await visitor.post(
                "/offices/\(staff.office)/grants",
                [
                    "role": "administrator", "hierarchy": "territory", "unit": world.uid(.giaLai).text,
                    "ceiling": "internal", "from": "22/11/2026",
                ])
            #expect(own.status == 403)
            // Whom the administrator could not manage, the substitute cannot either.
            #expect(try await visitor.get("/people/\(world.person(.root))").status == 404)
            // No token outlives it.
            #expect(
                try await visitor.post("/tokens", ["name": "x", "scope": "write", "days": "9"]).status == 409)
            // One's own office may still be delegated.
            #expect(try await visitor.get("/offices/\(staff.office)/delegations/new").status == 200)
        }
    }
}
