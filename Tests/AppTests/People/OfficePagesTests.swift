import App
import Storage
import TestSupport
import Testing

@Suite struct OfficePagesTests {
    @Test(arguments: Engine.allCases)
    func anOfficeIsGivenAndEndedOnItsPages(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            #expect(try await administrator.get("/people/\(staff.person)/offices/new").status == 200)
            let given = try await administrator.post(
                "/people/\(staff.person)/offices",
                [
                    "unit": world.uid(.finance).text, "title": "Biệt phái viên", "from": "1/10/2026", "to": "",
                    "decision": "9/QĐ",
                ])
            #expect(given.status == 303)
            #expect(try await administrator.get("/people/\(staff.person)").text.contains("Biệt phái viên"))
            #expect(try await administrator.get("/offices/\(staff.office)/end").status == 200)
            let early = try await administrator.post("/offices/\(staff.office)/end", ["from": "1/1/2020"])
            #expect(early.status == 422)
            #expect(early.text.contains("value=\"1/1/2020\""))
            let fields: KeyValuePairs = ["from": "22/11/2026", "reason": "Chưa có người thay"]
            #expect(try await administrator.post("/offices/\(staff.office)/end", fields).status == 303)
            #expect(try await administrator.post("/offices/\(staff.office)/end", fields).status == 422)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRightIsGivenAndTakenBackOnThePage(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.wardCommittee)
            let administrator = try world.browser(as: .administrator)
            #expect(try await administrator.get("/offices/\(staff.office)/grants/new").status == 200)
            let path = "/offices/\(staff.office)/grants"
            let given = try await administrator.post(
                path,
                [
                    "role": "leader", "hierarchy": "territory", "unit": world.uid(.quyNhon).text,
                    "ceiling": "internal", "from": "22/11/2026", "to": "",
                ])
            #expect(given.status == 303)
            let above = try await administrator.post(
                path,
                [
                    "role": "administrator", "hierarchy": "territory", "unit": world.uid(.vietnam).text,
                    "ceiling": "internal", "from": "22/11/2026", "to": "",
                ])
            #expect(above.status == 403)
            let wrong = try await administrator.post(
                path, ["role": "king", "hierarchy": "sideways", "unit": "", "ceiling": "all", "from": "x"])
            #expect(wrong.status == 422)
            for typed in ["king", "sideways", "“all”"] { #expect(wrong.text.contains(typed)) }
            #expect(try await administrator.post("/grants/\(staff.grant)/revocation").status == 303)
            #expect(try await administrator.post("/grants/\(staff.grant)/revocation").status == 409)
            let other = try world.staff(.otherCommittee)
            #expect(try await administrator.post("/grants/\(other.grant)/revocation").status == 404)
        }
    }

    @Test(arguments: Engine.allCases)
    func theHolderDelegatesToSomebodyOfTheSameUnit(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let leader = try world.browser(as: .leader)
            let office = try world.office(.leader)
            let form = try await leader.get("/offices/\(office)/delegations/new")
            #expect(form.status == 200)
            let staff = try world.staff(.science)
            #expect(form.text.contains("value=\"\(staff.office)\""))
            let given = try await leader.post(
                "/offices/\(office)/delegations",
                [
                    "agent": staff.office.text, "capacity": "TUQ", "authority": "3/GUQ", "from": "22/11/2026",
                    "to": "31/12/2026",
                ])
            #expect(given.status == 303)
            let page = try await leader.get("/people/\(world.person(.leader))")
            #expect(page.text.contains("3/GUQ"))
            let refused = try await leader.post(
                "/offices/\(office)/delegations",
                [
                    "agent": staff.office.text, "capacity": "TUQ", "authority": "", "from": "22/11/2026", "to": "",
                ])
            #expect(refused.status == 422)
            // Whoever acts for the leader does not pass the leader's rights on.
            let acting = try world.browser(as: .acting)
            #expect([403, 404].contains(try await acting.get("/offices/\(office)/delegations/new").status))
            #expect(try await leader.post("/delegations/\(staff.delegation)/revocation").status == 403)
            #expect(
                try await world.browser(as: .administrator).post("/delegations/\(staff.delegation)/revocation").status
                    == 303)
        }
    }

    @Test(arguments: Engine.allCases)
    func givingRightsAsksForThePasswordAgain(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.staff(.science).office
            let administrator = try world.browser(as: .administrator)
            world.clock.advance(.seconds(16 * 60))
            for path in ["/people/new", "/offices/\(office)/grants/new", "/offices/\(office)/delegations/new"] {
                let asked = try await administrator.get(path)
                #expect(asked.status == 303)
                #expect(asked.location?.hasPrefix("/confirmation") == true)
            }
        }
    }
}
