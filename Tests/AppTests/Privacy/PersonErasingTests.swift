import Storage
import TestSupport
import Testing

@testable import App

/// Erasing who somebody was: what goes, what stays, and who may.
@Suite struct PersonErasingTests {
    private func erase(_ world: World, _ person: UID, as who: Who = .administrator) async throws -> String {
        let (viewer, today, now) = (try await world.viewer(who), world.today, world.clock.now)
        return await outcome {
            _ = try await world.database.write { tx in
                try PersonDataStore(tx: tx, viewer: viewer, today: today).erase(person, reason: "Theo đề nghị", at: now)
            }
        }
    }

    /// Every column of text that may hold a name, as one text.
    private func everything(_ world: World) async throws -> String {
        try await world.database.read { tx in
            let tables = ["person", "account", "session", "api_token", "invitation", "idempotency", "event", "office"]
            var text = ""
            for table in tables {
                let rows: SQL
                switch table {
                case "person": rows = "SELECT name || ' ' || name_fold || ' ' || sort_key FROM person"
                case "account": rows = "SELECT sign_in FROM account"
                case "session": rows = "SELECT address || agent FROM session"
                case "api_token": rows = "SELECT name FROM api_token"
                case "event": rows = "SELECT actor || payload FROM event"
                default: continue
                }
                for row in try tx.all(rows) { text += try row.text(0) + "\n" }
            }
            return text
        }
    }

    @Test(arguments: Engine.allCases)
    func nameAccountAndEventsGoOfficesStayAndTheChainHolds(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            // The person acted, and others acted on the record.
            let visitor = try world.browser()
            _ = try await visitor.get("/sign-in")
            _ = try await visitor.post("/sign-in", ["sign_in": "cu.science", "password": World.password])
            _ = try await visitor.post("/language", ["language": "en"])
            _ = try await world.browser(as: .administrator).post(
                "/people/\(staff.former)/name", ["name": "Cựu cán bộ science Hai", "version": "1"])
            #expect(try await everything(world).contains("Cựu cán bộ science"))
            #expect(try await erase(world, staff.former) == "done")
            let left = try await everything(world)
            #expect(!left.contains("Cựu cán bộ science") && !left.contains("cu.science"))
            #expect(left.contains("[#1]"))
            let (offices, number) = try await world.database.read { tx in
                (
                    try tx.all(
                        """
                        SELECT o.title FROM office o JOIN person p ON p.id = o.person_id WHERE p.uid = \(staff.former)
                        """
                    ).map { try $0.text(0) }, try tx.first("SELECT number FROM person_erasure")?.int(0)
                )
            }
            #expect(offices == ["Chuyên viên science"] && number == 1)
            // What the browser had opens nothing, and the old password neither.
            #expect(try await visitor.get("/account").status == 303)
            _ = try await visitor.get("/sign-in")
            let again = try await visitor.post("/sign-in", ["sign_in": "cu.science", "password": World.password])
            #expect(again.status == 422)
            let now = world.clock.now
            let report = try await world.database.write { tx in
                let chain = AuditChain(tx: tx)
                while try chain.hasPending() { try chain.seal() }
                return try chain.verify(checkpoints: [], key: nil, at: now)
            }
            #expect(report.isIntact && report.erased > 3, "\(report.findings)")
        }
    }

    @Test(arguments: Engine.allCases)
    func aSecondOneHasTheNextNumberAndPagesSayItInTheReadersLanguage(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (first, second) = (try world.staff(.science).former, try world.staff(.wardCommittee).former)
            #expect(try await erase(world, first) == "done")
            #expect(try await erase(world, second) == "done")
            let administrator = try world.browser(as: .administrator)
            let page = try await administrator.get("/people/\(second)")
            #expect(page.status == 200)
            #expect(page.text.contains("[người đã xóa dữ liệu số 2]"))
            #expect(page.text.contains("đã được xóa ngày 22/11/2026"))
            #expect(page.text.contains("Chuyên viên wardCommittee"), "the office stays")
            #expect(!page.text.contains("[#2]") && !page.text.contains("/account/disablement"))
            _ = try await administrator.post("/language", ["language": "en"])
            #expect(try await administrator.get("/people/\(second)").text.contains("[erased person 2]"))
            #expect(try await administrator.get("/people").text.contains("[erased person 1]"))
            let roster = try await administrator.get("/units/\(world.uid(.science))/offices?on=2026-10-31")
            #expect(roster.text.contains("[erased person 1]") && !roster.text.contains("[#1]"))
            #expect(try await administrator.get("/people?q=cuu").text.contains("Nobody is called"))
            let json = try await world.api(as: .administrator).get("/api/v1/people/\(first)").json
            #expect(json["erased"] as? Bool == true && json["name"] as? String == "[#1]")
        }
    }

    @Test(arguments: Engine.allCases)
    func whoIsErasedIsNotGivenAnythingAnyMore(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let person = try world.staff(.science).former
            let unit = try world.id(.science)
            #expect(try await erase(world, person) == "done")
            #expect(try await erase(world, person) == "conflict personal-data.erase.already")
            let (viewer, today, now) = (try await world.viewer(.root), world.today, world.clock.now)
            func refused(_ act: @escaping @Sendable (PersonStore, PersonRow) throws -> Void) async -> String {
                await outcome {
                    try await world.database.write { tx in
                        let store = PersonStore(tx: tx, viewer: viewer, today: today)
                        try act(store, try store.find(person))
                    }
                }
            }
            #expect(
                await refused { store, row in
                    _ = try store.appoint(person: row.person.id, unit: unit, title: "A", from: today, at: now)
                } == "conflict person.erased.stays")
            #expect(
                await refused { store, row in _ = try store.rename(row.person.uid, to: "Tên", at: now) }
                    == "conflict person.erased.stays")
            #expect(
                await refused { store, row in
                    _ = try AccountStore(tx: store.tx, viewer: viewer, today: today).create(
                        person: row.person.id, signIn: "ten.moi", passwordHash: "x", at: now)
                } == "conflict person.erased.stays")
            #expect(
                await refused { store, row in
                    _ = try InvitationStore(tx: store.tx, viewer: viewer, today: today).invite(
                        row.person.id, secret: .new(), life: .seconds(60), at: now)
                } == "conflict person.erased.stays")
            #expect(await refused { store, _ in _ = try store.create(name: "[#7]", at: now) } == "invalid name")
        }
    }

    @Test(arguments: Engine.allCases)
    func whoMayErase(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            #expect(try await erase(world, staff.former, as: .secretariat) == "forbidden")
            #expect(try await erase(world, world.person(.administrator)) == "conflict personal-data.erase.oneself")
            #expect(
                try await erase(world, world.person(.member), as: .member) == "conflict personal-data.erase.oneself")
            #expect(try await erase(world, staff.person) == "conflict personal-data.erase.in_office")
            #expect(try await erase(world, world.staff(.otherCommittee).former) == "not found")
            // An office in a unit that the administrator does not administer.
            let (elsewhere, today, now) = (try world.id(.otherCommittee), world.today, world.clock.now)
            try await world.database.write { tx in
                let store = PersonStore(tx: tx, viewer: .system("test"), today: today)
                _ = try store.appoint(
                    person: try store.find(staff.former).person.id, unit: elsewhere, title: "Cũ",
                    from: Day(year: 2025, month: 8, day: 1) ?? today, to: Day(year: 2025, month: 9, day: 1) ?? today,
                    at: now)
            }
            #expect(try await erase(world, staff.former) == "forbidden")
            #expect(try await erase(world, staff.former, as: .root) == "done")
        }
    }

    @Test(arguments: Engine.allCases)
    func thePageAsksForTheNameAndAReason(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            let path = "/people/\(staff.former)/erasure"
            #expect(try await administrator.get(path).text.contains(staff.formerName))
            let wrong = try await administrator.post(path, ["name": "Ai đó", "reason": "Đơn số 5"])
            #expect(wrong.status == 422 && wrong.text.contains("Đơn số 5"))
            let bare = try await administrator.post(path, ["name": staff.formerName, "reason": " "])
            #expect(bare.status == 422)
            let done = try await administrator.post(path, ["name": staff.formerName, "reason": "Đơn số 5"])
            #expect(done.status == 303)
            let after = try await administrator.get(done.location ?? "")
            #expect(after.text.contains("Đơn số 5"), "the reason stands in the history")
            world.clock.advance(.seconds(16 * 60))
            #expect(try await administrator.get(path).location?.hasPrefix("/confirmation") == true)
        }
    }
}
