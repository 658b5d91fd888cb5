import Storage
import Testing

@testable import App

@Suite struct PersonAccessTests {
    /// Who is known, told from offices and today's map alone.
    @Test(arguments: Engine.allCases)
    func theListShowsWhomTheRuleKnows(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await world.spread()
            for name in ["Root", "Lan", "Minh", "Nam", "Không"] {
                let me = try world.person(name).id
                let (shown, known, wanted) = try await world.act(as: name) { store in
                    let wanted = try store.tx.all("SELECT p.id, p.name FROM person p ORDER BY p.sort_key, p.uid").filter
                    { row in
                        let person: ID<Person> = try row.id(0)
                        return try person == me || store.access.isRootAdministrator() || Self.reaches(store, person)
                    }.map { try $0.text(1) }
                    let known = try store.tx.all(
                        "SELECT p.name FROM person p WHERE \(try store.access.known()) ORDER BY p.sort_key, p.uid"
                    ).map { try $0.text(0) }
                    return (try Self.pages(store), known, wanted)
                }
                #expect(shown == wanted, "\(name)")
                #expect(known == wanted, "\(name)")
            }
            #expect(try await world.disorder() == [])
        }
    }

    private static func pages(_ store: PersonStore) throws -> [String] {
        var names: [String] = [], after: Cursor?
        repeat {
            let page = try store.list(PersonFilter(), page: PageRequest(after: after, limit: 2))
            names += page.items.map(\.person.name)
            after = page.next
        } while after != nil
        #expect(try store.list(PersonFilter()).total == names.count)
        #expect(try store.list(PersonFilter(descending: true)).items.map(\.person.name) == names.reversed())
        return names
    }

    private static func reaches(_ store: PersonStore, _ person: ID<Person>) throws -> Bool {
        try store.viewer.grants.contains { grant in
            try store.tx.first(
                """
                SELECT 1 FROM office o JOIN unit u ON u.id = o.unit_id JOIN unit_reach r ON r.unit_id = u.id \
                WHERE o.person_id = \(person) AND r.hierarchy = \(grant.hierarchy.rawValue) \
                AND r.ancestor_id = \(grant.unit) AND u.secrecy <= \(grant.ceiling.rawValue)
                """) != nil
        }
    }

    @Test(arguments: Engine.allCases)
    func callingAUnitACountryMakesNobodyAdministratorOfTheRoot(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (ag, lan) = (try world.unit("ag"), try world.person("Lan"))
            #expect(try await world.act(as: "Root") { try $0.access.isRootAdministrator() })
            #expect(try await world.act(as: "Lan") { try $0.access.isRootAdministrator() } == false)
            try await world.database.write { tx in
                try tx.run("UPDATE unit_version SET kind = 'country' WHERE unit_id = \(ag)")
            }
            #expect(try await world.act(as: "Lan") { try $0.access.isRootAdministrator() } == false)
            // Nor does a unit that lies in no other, when it is not a country.
            try await world.database.write { tx in
                try tx.run("UPDATE unit_version SET kind = 'province' WHERE unit_id = \(ag)")
                try tx.run("DELETE FROM unit_edge WHERE unit_id = \(ag)")
            }
            #expect(try await world.act(as: "Lan") { try $0.access.isRootAdministrator() } == false)
            #expect(
                try await world.act(as: "Lan") { try $0.list(PersonFilter()).items.contains { $0.person.id == lan.id } }
            )
        }
    }

    @Test(arguments: Engine.allCases)
    func everyActKeepsTheScopesOfPeople(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            #expect(try await world.disorder() == [])
            try await world.spread()
            #expect(try await world.disorder() == [], "new people and offices")
            _ = try await world.system { try $0.rename(world.person("Nam").uid, to: "An Nam", at: PeopleWorld.now) }
            #expect(try await world.disorder() == [], "another name")
            try await world.units { store in
                let so = try store.find(world.unit("so"))
                _ = try store.describe(
                    so.unit.uid, UnitFacts(secrecy: .restricted, place: nil, area: nil), seen: nil, at: PeopleWorld.now)
            }
            #expect(try await world.disorder() == [], "another secrecy of a unit")
            try await world.units { store in
                let change = UnitMove(
                    hierarchy: .territory, parent: try world.uid("bn"), from: PeopleWorld.today, basis: "Nghị quyết")
                _ = try store.move(try world.uid("rg"), change, seen: nil, at: PeopleWorld.now)
            }
            #expect(try await world.disorder() == [], "another place of a unit")
            let lan = try await world.act(as: "Lan") { try $0.list(PersonFilter()).items.map(\.person.name) }
            #expect(!lan.contains("Minh"), "whose unit has left the province")
        }
    }
}

extension PeopleWorld {
    /// People in units of every level, one of them in several.
    func spread() async throws {
        _ = try await system { store in
            for (name, keys) in [
                ("Phong", ["so"]), ("Quang", ["mật"]), ("Tâm", ["mật", "rg"]), ("Uyên", ["kb", "so"]),
            ] {
                let person = try store.create(name: name, at: PeopleWorld.now)
                for key in keys {
                    _ = try store.appoint(
                        person: person.id, unit: unit(key), title: "Chuyên viên", from: PeopleWorld.old,
                        at: PeopleWorld.now)
                }
            }
            _ = try store.create(name: "Vô danh", at: PeopleWorld.now)
        }
    }

    func uid(_ key: String) throws -> UID {
        guard let row = units[key] else { throw AppError.notFound }
        return row.unit.uid
    }

    func units(_ body: @escaping @Sendable (UnitStore) throws -> Void) async throws {
        try await database.write { tx in
            try body(UnitStore(tx: tx, viewer: .system("test"), today: PeopleWorld.today))
        }
    }

    func disorder() async throws -> [String] {
        try await database.read { tx in
            try PersonMap(tx: tx).differences().filter { $0.missing + $0.surplus > 0 }.map {
                "\($0.table) lacks \($0.missing), has \($0.surplus) too many"
            }
        }
    }
}
