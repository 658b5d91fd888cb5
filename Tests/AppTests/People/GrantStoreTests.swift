import App
import Storage
import Testing

@Suite struct GrantStoreTests {
    private func grant(
        _ world: PeopleWorld, as giver: String, to holder: String, _ role: Role, _ hierarchy: Hierarchy,
        _ unit: String, _ ceiling: Secrecy = .public, from: Day = PeopleWorld.today, until: Day = .never
    ) async -> String {
        await outcome {
            let (office, unit) = (try world.office(holder), try world.unit(unit))
            try await world.act(as: giver) {
                _ = try $0.grant(
                    office: office.uid, role: role, hierarchy: hierarchy, unit: unit, ceiling: ceiling, from: from,
                    to: until, at: PeopleWorld.now)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aRightIsInForceForTheViewerAndOnRecord(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let count = try await world.eventCount()
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", .internal) == "done")
            #expect(try await world.verbs(after: count) == ["granted"])
            let minh = try world.person("Minh")
            let viewer = try await world.database.read { tx in
                try ViewerStore(tx: tx).viewer(person: minh.id, office: nil, delegation: nil, today: PeopleWorld.today)
            }
            let unit = try world.unit("rg")
            #expect(
                viewer.grants == [Viewer.Grant(role: .focal, hierarchy: .territory, unit: unit, ceiling: .internal)])
        }
    }

    @Test(arguments: Engine.allCases)
    func nobodyGivesMoreThanTheyHoldAsAdministrator(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            // Not an administrator at all.
            #expect(await grant(world, as: "Minh", to: "Minh", .administrator, .territory, "rg") == "forbidden")
            // Above, beside, another hierarchy, a higher ceiling, a unit above the ceiling.
            #expect(await grant(world, as: "Lan", to: "Lan", .administrator, .territory, "vn") == "forbidden")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "bn") == "forbidden")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .state, "ag") == "forbidden")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .party, "rg") == "forbidden")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", .restricted) == "forbidden")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "mật") == "invalid unit")
            // An office that is not hers to care for.
            #expect(await grant(world, as: "Lan", to: "Nam", .focal, .territory, "rg") == "not found")
            // What she holds she may pass on.
            #expect(
                await grant(world, as: "Lan", to: "Minh", .administrator, .territory, "ag", .internal) == "done")
            // Passed on, it is no more than it was.
            #expect(await grant(world, as: "Minh", to: "Minh", .administrator, .territory, "vn") == "forbidden")
        }
    }

    @Test(arguments: Engine.allCases)
    func otherRolesGiveNothing(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            for role in Role.allCases where role != .administrator {
                #expect(await grant(world, as: "Root", to: "Minh", role, .territory, "ag", .restricted) == "done")
            }
            #expect(await grant(world, as: "Minh", to: "Minh", .focal, .territory, "rg") == "forbidden")
            let known = try await world.act(as: "Minh") { try $0.list(PersonFilter()).items.count }
            #expect(known == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func eachWrongFieldOfAGrantIsNamed(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (today, old) = (PeopleWorld.today, PeopleWorld.old)
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", from: today, until: today)
                    == "invalid to")
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", from: today, until: old)
                    == "invalid to")
            let early = old.adding(days: -1)
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", from: early)
                    == "invalid unit,from")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg") == "done")
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg") == "conflict person.grant_taken"
            )
            #expect(await grant(world, as: "Lan", to: "Minh", .leader, .territory, "rg") == "done")
        }
    }

    @Test(arguments: Engine.allCases)
    func aRightOutlastsNotItsOffice(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let minh = try world.office("Minh")
            let end = PeopleWorld.today.adding(days: 30)
            try await world.act(as: "Lan") {
                try $0.endOffice(minh.uid, OfficeEnding(from: end), at: PeopleWorld.now)
            }
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", until: end.adding(days: 1))
                    == "invalid to")
            #expect(
                await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg", from: end) == "invalid from")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg") == "done")
            let grants = try await world.act(as: "Lan") { try $0.grants(of: $0.office(minh.uid)) }
            #expect(grants.map(\.to) == [end])
        }
    }

    @Test(arguments: Engine.allCases)
    func revokingWorksAtOnceAndKeepsTheRecord(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let minh = try world.office("Minh")
            #expect(await grant(world, as: "Lan", to: "Minh", .focal, .territory, "rg") == "done")
            let given = try await world.act(as: "Lan") { try $0.grants(of: $0.office(minh.uid)) }
            let uid = try #require(given.first?.uid)
            #expect(
                await outcome {
                    try await world.act(as: "Minh") { _ = try $0.revoke(uid, at: PeopleWorld.now) }
                } == "forbidden")
            #expect(
                await outcome {
                    try await world.act(as: "Nam") { _ = try $0.revoke(uid, at: PeopleWorld.now) }
                } == "not found")
            let count = try await world.eventCount()
            try await world.act(as: "Lan") { _ = try $0.revoke(uid, at: PeopleWorld.now) }
            #expect(try await world.verbs(after: count) == ["revoked"])
            let kept = try await world.act(as: "Lan") { try $0.grants(of: $0.office(minh.uid)) }
            #expect(kept.map(\.uid) == [uid])
            #expect(kept.allSatisfy { !$0.isInForce(on: PeopleWorld.today) })
            #expect(
                await outcome {
                    try await world.act(as: "Lan") { _ = try $0.revoke(uid, at: PeopleWorld.now) }
                } == "conflict person.grant_over")
        }
    }

    @Test(arguments: Engine.allCases)
    func aLowerAdministratorTakesNothingFromAHigherOne(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (root, seat) = (try world.person("Root"), try world.unit("rg"))
            let vn = try world.unit("vn")
            // The national administrator also sits in Lan's province.
            let office = try await world.system { store in
                let office = try store.appoint(
                    person: root.id, unit: seat, title: "Biệt phái", from: PeopleWorld.old, at: PeopleWorld.now)
                try store.grant(
                    office: office.uid, role: .administrator, hierarchy: .territory, unit: vn, ceiling: .restricted,
                    from: PeopleWorld.old, at: PeopleWorld.now)
                return office
            }
            let uid = try await world.system { try $0.grants(of: $0.office(office.uid)) }.first?.uid
            let grant = try #require(uid)
            #expect(
                await outcome {
                    try await world.act(as: "Lan") { _ = try $0.revoke(grant, at: PeopleWorld.now) }
                } == "forbidden")
            #expect(
                await outcome {
                    try await world.act(as: "Lan") {
                        try $0.endOffice(office.uid, PeopleWorld.ending(PeopleWorld.today), at: PeopleWorld.now)
                    }
                } == "forbidden")
            #expect(
                await outcome {
                    _ = try await world.act(as: "Lan") { try $0.rename(root.uid, to: "X", at: PeopleWorld.now) }
                } == "forbidden")
            #expect(try await world.act(as: "Lan") { try $0.access.mayManageAccount(of: root.id) } == false)
            let minh = try world.person("Minh")
            #expect(try await world.act(as: "Lan") { try $0.access.mayManageAccount(of: minh.id) } == true)
        }
    }

    /// Who administers the country in a hierarchy reaches also the units that stand below no other in it.
    @Test(arguments: Engine.allCases) func overTheCountryAllUnitsAreInReach(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let unit = try world.unit("ag")
            for (who, reaches) in [("Root", true), ("Lan", false), ("Minh", false)] {
                let right = Viewer.Grant(role: .focal, hierarchy: .state, unit: unit, ceiling: .internal)
                #expect(try await world.act(as: who) { try $0.access.mayGive(right) } == reaches, "\(who)")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func theLastAdministratorOfTheRootWhoCanSignInStays(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await world.account("Root")
            let (root, lan, vn) = (try world.office("Root"), try world.office("Lan"), try world.unit("vn"))
            let grants = try await world.act(as: "Root") { try $0.grants(of: $0.office(root.uid)) }
            let territory = try #require(grants.first { $0.grant.hierarchy == .territory }?.uid)
            func revoke() async -> String {
                await outcome { try await world.act(as: "Root") { _ = try $0.revoke(territory, at: PeopleWorld.now) } }
            }
            #expect(await revoke() == "conflict person.last_administrator")
            #expect(
                await outcome {
                    try await world.act(as: "Root") {
                        try $0.endOffice(root.uid, PeopleWorld.ending(PeopleWorld.today), at: PeopleWorld.now)
                    }
                } == "conflict person.last_administrator")
            // Another one without an account, and one until tomorrow, do not help.
            let tomorrow = PeopleWorld.today.adding(days: 1)
            try await world.act(as: "Root") {
                _ = try $0.grant(
                    office: lan.uid, role: .administrator, hierarchy: .territory, unit: vn, ceiling: .restricted,
                    from: PeopleWorld.old, at: PeopleWorld.now)
            }
            #expect(await revoke() == "conflict person.last_administrator")
            try await world.account("Lan")
            #expect(
                await outcome {
                    try await world.act(as: "Root") {
                        try $0.endOffice(root.uid, PeopleWorld.ending(tomorrow), at: PeopleWorld.now)
                    }
                } == "done")
            #expect(await revoke() == "done")
        }
    }
}
