import Storage
import Testing

@testable import App

/// What hangs on an office when it ends, and who takes it over.
@Suite struct OfficeEndingTests {
    private static let today = PeopleWorld.today

    /// Lan, administrator of An Giang, lets Minh act for her and acts for Root.
    private func loaded(_ world: PeopleWorld) async throws {
        let (lan, minh, root) = (try world.office("Lan"), try world.office("Minh"), try world.office("Root"))
        try await world.system { store in
            try store.delegate(
                principal: lan.uid, agent: minh.uid, capacity: .kt, authority: "1/QĐ", from: PeopleWorld.old,
                at: PeopleWorld.now)
            try store.delegate(
                principal: root.uid, agent: lan.uid, capacity: .tuq, authority: "2/GUQ", from: PeopleWorld.old,
                at: PeopleWorld.now)
        }
    }

    private func end(_ world: PeopleWorld, _ ending: OfficeEnding, as who: String = "Root") async throws -> String {
        let lan = try world.office("Lan")
        return await outcome {
            try await world.act(as: who) { try $0.endOffice(lan.uid, ending, at: PeopleWorld.now) }
        }
    }

    @Test(arguments: Engine.allCases)
    func openWorkIsListedByKindWithWhatBecomesOfIt(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await loaded(world)
            let lan = try world.office("Lan")
            let work = try await world.act(as: "Root") {
                try $0.openWork(of: $0.office(lan.uid), on: Self.today, at: PeopleWorld.now)
            }
            #expect(work.map(\.kind) == ["grant", "delegation-from", "delegation-to"])
            #expect(work.map(\.isHandedOver) == [true, false, false])
            #expect(work.allSatisfy { $0.count == 1 && $0.href != nil })
            // Before it is over, not after.
            let later = try await world.system {
                try $0.openWork(of: $0.office(lan.uid), on: .never, at: PeopleWorld.now)
            }
            #expect(later.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aDelegationThatIsEndedBeforeItsFirstDayIsNoWork(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, minh) = (try world.office("Lan"), try world.office("Minh"))
            let work = try await world.system { store in
                let made = try store.delegate(
                    principal: lan.uid, agent: minh.uid, capacity: .kt, authority: "1/QĐ",
                    from: Self.today.adding(days: 10), at: PeopleWorld.now)
                _ = try store.endDelegation(made.uid, at: PeopleWorld.now)
                return try [lan, minh].flatMap {
                    try store.openWork(of: store.office($0.uid), on: Self.today, at: PeopleWorld.now)
                }
            }
            #expect(!work.map(\.kind).contains { $0.hasPrefix("delegation") })
        }
    }

    @Test(arguments: Engine.allCases)
    func workAsksForASuccessorOrAReason(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await loaded(world)
            let (lan, root) = (try world.office("Lan"), try world.office("Root"))
            #expect(try await end(world, OfficeEnding(from: Self.today)) == "invalid successor")
            let empty = OfficeEnding(from: Self.today, succession: .open(reason: " "))
            #expect(try await end(world, empty) == "invalid reason")
            let along = OfficeEnding(from: Self.today, succession: .along)
            #expect(try await end(world, along) == "invalid successor")
            let itself = OfficeEnding(from: Self.today, succession: .office(lan.uid))
            #expect(try await end(world, itself) == "invalid successor")
            let later = OfficeEnding(from: PeopleWorld.old, succession: .office(UID.new(at: PeopleWorld.now)))
            #expect(try await end(world, later) == "invalid successor")
            let held = try await world.act(as: "Root") { try $0.office(lan.uid).office.to }
            #expect(held == .never, "nothing was done")
            #expect(root.to == .never)
            #expect(try await end(world, PeopleWorld.ending(Self.today)) == "done")
        }
    }

    @Test(arguments: Engine.allCases)
    func anOfficeThatTakesOverGetsTheRightsFromThatDayOn(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await loaded(world)
            let (lan, minh, day) = (try world.office("Lan"), try world.office("Minh"), Self.today.adding(days: 7))
            let ending = OfficeEnding(from: day, decision: "7/QĐ", succession: .office(minh.uid))
            #expect(try await end(world, ending) == "done")
            let (old, new) = try await world.act(as: "Root") { store in
                (try store.grants(of: store.office(lan.uid)), try store.grants(of: store.office(minh.uid)))
            }
            #expect(old.map(\.to) == [day])
            #expect(new.map(\.from) == [day] && new.map(\.to) == [.never])
            #expect(new.map(\.grant) == old.map(\.grant))
            let rows = try await world.act(as: "Root") { try $0.delegations(from: $0.office(lan.uid)) }
            #expect(rows.map(\.delegation.to) == [day], "who acted for her does not act for him")
            let event = try await latest(world, .ended)
            #expect(event.after["successor"] == "Minh, Chuyên viên, Rạch Giá")
            #expect(event.after["handed_over_grant"] == "1")
            #expect(event.after["decision"] == "7/QĐ")
        }
    }

    @Test(arguments: Engine.allCases)
    func aSuccessorIsAppointedToTheSameOfficeByTheSameDecision(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, someone) = (try world.office("Lan"), try world.person("Không"))
            let ending = OfficeEnding(from: Self.today, decision: "7/QĐ", succession: .person(someone.uid))
            #expect(try await end(world, ending) == "done")
            let held = try await world.act(as: "Root") { try $0.offices(of: someone.id) }
            #expect(held.map(\.office.title) == ["Chánh Văn phòng"])
            #expect(held.map(\.office.unit) == [lan.unit])
            #expect(held.map(\.office.from) == [Self.today] && held.map(\.office.decision) == ["7/QĐ"])
            let rights = try await world.act(as: "Root") { store in try held.flatMap { try store.grants(of: $0) } }
            #expect(rights.map(\.grant.role) == [.administrator])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoLeavesIsNoSuccessorAndAStrangerIsUnknown(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, minh) = (try world.person("Lan"), try world.office("Minh"))
            let oneself = OfficeEnding(from: Self.today, succession: .person(lan.uid))
            #expect(try await end(world, oneself) == "invalid successor_person")
            let nam = try world.person("Nam")
            #expect(
                await outcome {
                    try await world.act(as: "Lan") {
                        try $0.endOffice(
                            minh.uid, OfficeEnding(from: Self.today, succession: .person(nam.uid)), at: PeopleWorld.now)
                    }
                } == "invalid successor_person")
        }
    }

    @Test(arguments: Engine.allCases)
    func handingOverGivesNoMoreThanOneHolds(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            // Minh's office has a right that Lan could not give: she may not end it either.
            let (minh, lan, vn) = (try world.office("Minh"), try world.office("Lan"), try world.unit("vn"))
            try await world.act(as: "Root") {
                _ = try $0.grant(
                    office: minh.uid, role: .leader, hierarchy: .territory, unit: vn, ceiling: .restricted,
                    from: PeopleWorld.old, at: PeopleWorld.now)
            }
            #expect(
                await outcome {
                    try await world.act(as: "Lan") {
                        try $0.endOffice(
                            minh.uid, OfficeEnding(from: Self.today, succession: .office(lan.uid)), at: PeopleWorld.now)
                    }
                } == "forbidden")
        }
    }

    @Test(arguments: Engine.allCases)
    func theLastAdministratorMayHandOverAndLeave(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await world.account("Root")
            try await world.account("Minh")
            let (root, minh, lan) = (try world.office("Root"), try world.office("Minh"), try world.office("Lan"))
            func leave(to office: Office) async -> String {
                await outcome {
                    try await world.act(as: "Root") {
                        try $0.endOffice(
                            root.uid, OfficeEnding(from: Self.today, succession: .office(office.uid)),
                            at: PeopleWorld.now)
                    }
                }
            }
            #expect(await leave(to: lan) == "conflict person.last_administrator", "Lan cannot sign in")
            #expect(await leave(to: minh) == "done")
            #expect(try await world.act(as: "Minh") { try $0.access.isRootAdministrator() })
        }
    }

    private func latest(_ world: PeopleWorld, _ verb: Event.Verb) async throws -> EventRow {
        let rows = try await world.database.read { tx in
            try ActivityStore(tx: tx, viewer: .system("test")).recent(EventFilter(verb: verb)).items
        }
        return try #require(rows.first)
    }
}
