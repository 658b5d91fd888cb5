import Storage
import Testing

@testable import App

/// One act that ends an office and begins another.
@Suite struct OfficeTransferTests {
    private static let today = PeopleWorld.today

    private func move(
        _ world: PeopleWorld, _ holder: String = "Lan", to unit: String, title: String = "Chánh Thanh tra",
        from day: Day = today, decision: String = "9/QĐ", succession: Succession? = .open(reason: "Chưa có"),
        as who: String = "Root"
    ) async throws -> String {
        let (office, unit) = (try world.office(holder), try world.unit(unit))
        return await outcome {
            try await world.act(as: who) {
                _ = try $0.transfer(
                    office.uid,
                    OfficeTransfer(unit: unit, title: title, from: day, decision: decision, succession: succession),
                    at: PeopleWorld.now)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func theOldOfficeEndsOnTheDayOnWhichTheNewOneBegins(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, day) = (try world.person("Lan"), Self.today.adding(days: 3))
            let count = try await world.eventCount()
            #expect(try await move(world, to: "bn", from: day) == "done")
            let held = try await world.act(as: "Root") { try $0.offices(of: lan.id) }
            #expect(held.map(\.office.title) == ["Chánh Thanh tra", "Chánh Văn phòng"])
            #expect(held.map(\.office.from) == [day, PeopleWorld.old] && held.map(\.office.to) == [.never, day])
            #expect(held.first?.office.decision == "9/QĐ")
            #expect(try await world.verbs(after: count) == ["appointed", "transferred"])
            let rights = try await world.act(as: "Root") { store in try store.grants(of: held[0]) }
            #expect(rights.isEmpty, "rights stay behind")
        }
    }

    @Test(arguments: Engine.allCases)
    func eachUnitIsToldOfItsSideAndNamesTheOther(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            #expect(try await move(world, to: "bn") == "done")
            func events(as viewer: Viewer) async throws -> [EventRow] {
                try await world.database.read { tx in
                    try ActivityStore(tx: tx, viewer: viewer).recent(page: PageRequest(after: nil, limit: 2)).items
                }
            }
            let all = try await events(as: .system("test"))
            #expect(all.map { $0.unit?.name } == ["An Giang", "Bắc Ninh"])
            #expect(all[0].after["moved_to"] == "Lan, Chánh Thanh tra, Bắc Ninh")
            #expect(all[1].after["moved_from"] == "Lan, Chánh Văn phòng, An Giang")
            // Somebody of An Giang alone reads that she left, and of the new office only if they may know of it.
            let minh = try world.person("Minh")
            let office = try world.office("Minh")
            let unit = try world.unit("ag")
            try await world.act(as: "Root") {
                _ = try $0.grant(
                    office: office.uid, role: .secretariat, hierarchy: .territory, unit: unit, ceiling: .internal,
                    from: PeopleWorld.old, at: PeopleWorld.now)
            }
            let viewer = try await world.database.read { tx in
                try ViewerStore(tx: tx).viewer(person: minh.id, office: nil, delegation: nil, today: Self.today)
            }
            let seen = try await world.database.read { tx in
                try ActivityStore(tx: tx, viewer: viewer).recent(EventFilter(kind: .office)).items
            }
            #expect(seen.contains { $0.verb == .transferred })
            #expect(!seen.contains { $0.unit?.name == "Bắc Ninh" })
            let left = seen.first { $0.verb == .transferred }
            #expect(left?.after["moved_to"] == "Lan, Chánh Thanh tra, Bắc Ninh", "Bắc Ninh is public, and Lan is known")
        }
    }

    @Test(arguments: Engine.allCases)
    func workIsTakenAlongWhenSaidSo(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let lan = try world.person("Lan")
            #expect(try await move(world, to: "ag", title: "Phó Chủ tịch", succession: .along) == "done")
            let rights = try await world.act(as: "Root") { store in
                try store.offices(of: lan.id).map { try store.grants(of: $0).map(\.to) }
            }
            #expect(rights == [[.never], [Self.today]])
        }
    }

    @Test(arguments: Engine.allCases)
    func eachWrongFieldOfAMoveIsNamedAndNothingIsDone(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let count = try await world.eventCount()
            #expect(try await move(world, to: "bn", decision: " ") == "invalid decision")
            #expect(try await move(world, to: "bn", succession: nil) == "invalid successor")
            #expect(try await move(world, to: "ag", title: "Chánh Văn phòng") == "invalid title")
            #expect(try await move(world, to: "bn", title: "") == "invalid title")
            let early = PeopleWorld.old.adding(days: -1)
            #expect(try await move(world, to: "bn", from: early) == "invalid from")
            #expect(try await world.eventCount() == count)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoMovesSomebodyMayEndTheOneAndAppointToTheOther(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            #expect(try await move(world, "Minh", to: "bn", as: "Lan") == "forbidden")
            #expect(try await move(world, "Minh", to: "so", as: "Minh") == "forbidden")
            #expect(try await move(world, "Nam", to: "rg", as: "Lan") == "not found")
            #expect(try await move(world, "Minh", to: "so", succession: nil, as: "Lan") == "done")
        }
    }
}
