import Storage
import Testing

@testable import App

@Suite struct PersonAccessTests {
    @Test(arguments: Engine.allCases)
    func aLargeSubtreeIsAskedOtherwiseAndAnswersTheSame(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            for name in ["Root", "Lan", "Minh", "Không"] {
                let person = try world.person(name)
                let (few, many) = try await world.database.read { tx in
                    let viewer = try ViewerStore(tx: tx).viewer(
                        person: person.id, office: nil, delegation: nil, today: PeopleWorld.today)
                    var access = PersonAccess(tx: tx, viewer: viewer, today: PeopleWorld.today)
                    let few = try names(tx, access)
                    access.fewUnits = 0
                    return (few, try names(tx, access))
                }
                #expect(few == many)
                #expect(few.contains(name))
            }
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

    private func names(_ tx: Transaction, _ access: PersonAccess) throws -> [String] {
        try tx.all("SELECT p.name FROM person p WHERE \(try access.known()) ORDER BY p.name").map { try $0.text(0) }
    }
}
