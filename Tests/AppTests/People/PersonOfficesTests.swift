import App
import Storage
import Testing

@Suite struct PersonOfficesTests {
    private static let later = Day(year: 2027, month: 1, day: 1) ?? .never

    @Test(arguments: Engine.allCases)
    func anAppointmentIsRecordedAndListedByPersonAndByUnit(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (minh, unit) = (try world.person("Minh"), try world.unit("so"))
            let count = try await world.eventCount()
            let office = try await world.act(as: "Lan") {
                try $0.appoint(
                    person: minh.id, unit: unit, title: "Trưởng phòng", from: PeopleWorld.today, to: Self.later,
                    decision: "12/QĐ-SKHCN", at: PeopleWorld.now)
            }
            #expect(office.to == Self.later)
            let held = try await world.act(as: "Lan") { try $0.offices(of: minh.id) }
            #expect(held.map(\.office.title) == ["Trưởng phòng", "Chuyên viên"])
            #expect(held.first?.unitName == "Sở Khoa học")
            #expect(try await world.act(as: "Lan") { try $0.offices(in: unit).map(\.personName) } == ["Minh"])
            #expect(try await world.act(as: "Lan") { try $0.find(minh.uid).offices.count } == 2)
            #expect(try await world.act(as: "Lan", on: Self.later) { try $0.find(minh.uid).offices.count } == 1)
            #expect(try await world.verbs(after: count) == ["appointed"])
        }
    }

    @Test(arguments: Engine.allCases)
    func eachWrongFieldOfAnAppointmentIsNamedAndNothingIsStored(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (minh, unit) = (try world.person("Minh"), try world.unit("rg"))
            let count = try await world.eventCount()
            func refused(
                title: String = "Phó", from: Day = PeopleWorld.today, to: Day = .never, decision: String = ""
            ) async -> [String]? {
                await refusedFields {
                    _ = try await world.act(as: "Lan") {
                        try $0.appoint(
                            person: minh.id, unit: unit, title: title, from: from, to: to, decision: decision,
                            at: PeopleWorld.now)
                    }
                }
            }
            #expect(await refused(title: "") == ["title"])
            #expect(await refused(title: "a\u{0}") == ["title"])
            #expect(await refused(title: String(repeating: "x", count: 201)) == ["title"])
            #expect(await refused(to: PeopleWorld.today) == ["to"])
            #expect(await refused(to: PeopleWorld.old) == ["to"])
            #expect(await refused(from: PeopleWorld.old.adding(days: -1)) == ["unit"])
            #expect(await refused(decision: String(repeating: "x", count: 301)) == ["decision"])
            #expect(try await world.eventCount() == count)
        }
    }

    @Test(arguments: Engine.allCases)
    func anOpenOfficeEndsWithItsUnitAndNoneOutlastsIt(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (minh, unit) = (try world.person("Minh"), try world.unit("so"))
            try await world.database.write { tx in
                try tx.run("UPDATE unit SET to_day = \(Self.later) WHERE id = \(unit)")
            }
            let open = try await world.act(as: "Lan") {
                try $0.appoint(person: minh.id, unit: unit, title: "A", from: PeopleWorld.today, at: PeopleWorld.now)
            }
            #expect(open.to == Self.later)
            #expect(
                await refusedFields {
                    _ = try await world.act(as: "Lan") {
                        try $0.appoint(
                            person: minh.id, unit: unit, title: "B", from: PeopleWorld.today,
                            to: Self.later.adding(days: 1), at: PeopleWorld.now)
                    }
                } == ["to"])
            #expect(
                await refusedFields {
                    _ = try await world.act(as: "Lan") {
                        try $0.appoint(person: minh.id, unit: unit, title: "C", from: Self.later, at: PeopleWorld.now)
                    }
                } == ["unit"])
        }
    }

    @Test(arguments: Engine.allCases)
    func theSameSeatTwiceAtATimeIsAConflict(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (minh, unit) = (try world.person("Minh"), try world.unit("rg"))
            func appoint(_ title: String) async -> String {
                await outcome {
                    _ = try await world.act(as: "Lan") {
                        try $0.appoint(
                            person: minh.id, unit: unit, title: title, from: PeopleWorld.today, at: PeopleWorld.now)
                    }
                }
            }
            #expect(await appoint("Chuyên viên") == "conflict person.office_taken")
            #expect(await appoint("Tổ trưởng") == "done")
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyAnAdministratorOfTheUnitAppoints(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let minh = try world.person("Minh")
            func appoint(as name: String, in key: String) async throws -> String {
                let unit = try world.unit(key)
                return await outcome {
                    _ = try await world.act(as: name) {
                        try $0.appoint(
                            person: minh.id, unit: unit, title: "Mới", from: PeopleWorld.today, at: PeopleWorld.now)
                    }
                }
            }
            #expect(try await appoint(as: "Minh", in: "rg") == "forbidden")
            #expect(try await appoint(as: "Lan", in: "kb") == "forbidden")
            #expect(try await appoint(as: "Lan", in: "vn") == "forbidden")
            #expect(try await appoint(as: "Lan", in: "mật") == "forbidden")
            #expect(try await appoint(as: "Root", in: "kb") == "done")
        }
    }

    @Test(arguments: Engine.allCases)
    func endingAnOfficeEndsItsRightsAndDelegationsButKeepsThem(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (lan, minh) = (try world.office("Lan"), try world.office("Minh"))
            let unit = try world.unit("rg")
            try await world.act(as: "Root") { store in
                try store.grant(
                    office: lan.uid, role: .leader, hierarchy: .territory, unit: unit, ceiling: .public,
                    from: Self.later, at: PeopleWorld.now)
                try store.delegate(
                    principal: lan.uid, agent: minh.uid, capacity: .kt, authority: "1/QĐ", from: PeopleWorld.today,
                    at: PeopleWorld.now)
                try store.endOffice(lan.uid, PeopleWorld.ending(PeopleWorld.today), at: PeopleWorld.now)
            }
            try await world.act(as: "Root") { store in
                let row = try store.office(lan.uid)
                #expect(row.office.to == PeopleWorld.today)
                #expect(try store.grants(of: row).map(\.to) == [PeopleWorld.today, Self.later])
                #expect(try store.grants(of: row).allSatisfy { !$0.isInForce(on: Self.later) })
                #expect(try store.delegations(from: row).map(\.delegation.to) == [PeopleWorld.today])
            }
            #expect(try await world.act(as: "Lan") { try $0.list(PersonFilter()).items.map(\.person.name) } == ["Lan"])
        }
    }

    @Test(arguments: Engine.allCases)
    func anOfficeEndsNeitherBeforeItBeginsNorTwice(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let minh = try world.office("Minh")
            func end(as name: String = "Lan", _ day: Day) async -> String {
                await outcome {
                    try await world.act(as: name) {
                        try $0.endOffice(minh.uid, OfficeEnding(from: day), at: PeopleWorld.now)
                    }
                }
            }
            #expect(await end(PeopleWorld.old.adding(days: -1)) == "invalid from")
            #expect(await end(as: "Minh", PeopleWorld.today) == "forbidden")
            #expect(await end(as: "Nam", PeopleWorld.today) == "not found")
            #expect(await end(Self.later) == "done")
            #expect(await end(Self.later) == "invalid from")
            #expect(await end(PeopleWorld.old) == "done")
        }
    }
}
