import App
import Storage
import Testing

@Suite struct DelegationStoreTests {
    private func delegate(
        _ world: PeopleWorld, as giver: String, _ principal: String, to agent: String, authority: String = "1/QĐ",
        from: Day = PeopleWorld.today, until: Day = .never
    ) async throws -> String {
        let (principal, agent) = (try world.office(principal), try world.office(agent))
        return await outcome {
            try await world.act(as: giver) {
                _ = try $0.delegate(
                    principal: principal.uid, agent: agent.uid, capacity: .kt, authority: authority, from: from,
                    to: until, at: PeopleWorld.now)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func theHolderDelegatesAndTheAgentActsWithTheirRights(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let count = try await world.eventCount()
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh") == "done")
            #expect(try await world.verbs(after: count) == ["delegated"])
            let (lan, minh, person) = (try world.office("Lan"), try world.office("Minh"), try world.person("Minh"))
            let seen = try await world.act(as: "Minh") { try $0.delegations(to: $0.office(minh.uid)) }
            #expect(seen.map(\.other.office.uid) == [lan.uid])
            let viewer = try await world.database.read { tx in
                try ViewerStore(tx: tx).viewer(
                    person: person.id, office: minh.id, delegation: seen.first?.delegation.id, today: PeopleWorld.today)
            }
            #expect(viewer.office?.onBehalf?.office == lan.id)
            #expect(viewer.has(.administrator))
        }
    }

    @Test(arguments: Engine.allCases)
    func anAdministratorCannotLendThemselvesAStrongerOffice(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (nam, seat, vn) = (try world.person("Nam"), try world.unit("rg"), try world.unit("vn"))
            // A strong office that stands in Lan's province.
            let strong = try await world.system { store in
                let office = try store.appoint(
                    person: nam.id, unit: seat, title: "Phái viên", from: PeopleWorld.old, at: PeopleWorld.now)
                try store.grant(
                    office: office.uid, role: .leader, hierarchy: .territory, unit: vn, ceiling: .restricted,
                    from: PeopleWorld.old, at: PeopleWorld.now)
                return office
            }
            let lan = try world.office("Lan")
            #expect(
                await outcome {
                    try await world.act(as: "Lan") {
                        _ = try $0.delegate(
                            principal: strong.uid, agent: lan.uid, capacity: .tuq, authority: "2/QĐ",
                            from: PeopleWorld.today, at: PeopleWorld.now)
                    }
                } == "forbidden")
        }
    }

    @Test(arguments: Engine.allCases)
    func eachWrongFieldOfADelegationIsNamed(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (today, old) = (PeopleWorld.today, PeopleWorld.old)
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh", authority: " ") == "invalid authority")
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh", from: today, until: old) == "invalid to")
            let early = try await delegate(world, as: "Lan", "Lan", to: "Minh", from: old.adding(days: -1))
            #expect(early == "invalid from,agent")
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Nam") == "invalid agent")
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Lan") == "invalid agent")
            #expect(try await delegate(world, as: "Lan", "Nam", to: "Minh") == "not found")
            #expect(try await delegate(world, as: "Minh", "Lan", to: "Minh") == "not found")
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh") == "done")
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh") == "conflict person.delegation_taken")
        }
    }

    @Test(arguments: Engine.allCases)
    func aDelegationEndsAtOnceAndStaysOnRecord(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            #expect(try await delegate(world, as: "Lan", "Lan", to: "Minh", from: PeopleWorld.old) == "done")
            let lan = try world.office("Lan")
            let row = try await world.act(as: "Lan") { try $0.delegations(from: $0.office(lan.uid)) }.first
            let uid = try #require(row?.delegation.uid)
            #expect(
                await outcome {
                    try await world.act(as: "Minh") { _ = try $0.endDelegation(uid, at: PeopleWorld.now) }
                } == "not found")
            try await world.act(as: "Lan") { _ = try $0.endDelegation(uid, at: PeopleWorld.now) }
            let kept = try await world.act(as: "Lan") { try $0.delegations(from: $0.office(lan.uid)) }
            #expect(kept.map(\.delegation.to) == [PeopleWorld.today])
            #expect(
                await outcome {
                    try await world.act(as: "Lan") { _ = try $0.endDelegation(uid, at: PeopleWorld.now) }
                } == "conflict person.delegation_over")
        }
    }

    @Test(arguments: Engine.allCases)
    func whoActsForAStrongerOfficeIsManagedLikeIt(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (minh, person) = (try world.office("Minh"), try world.person("Minh"))
            let root = try world.office("Root")
            #expect(try await world.act(as: "Lan") { try $0.access.mayManageAccount(of: person.id) } == true)
            try await world.system {
                _ = try $0.delegate(
                    principal: root.uid, agent: minh.uid, capacity: .tl, authority: "3/QĐ", from: PeopleWorld.today,
                    at: PeopleWorld.now)
            }
            #expect(try await world.act(as: "Lan") { try $0.access.mayManageAccount(of: person.id) } == false)
        }
    }
}
