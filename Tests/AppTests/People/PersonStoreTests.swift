import App
import Storage
import Testing

@Suite struct PersonStoreTests {
    @Test(arguments: Engine.allCases)
    func aPersonIsKnownToThemselvesAndToWhoeverHoldsAGrantOverTheirUnit(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let root = try await world.act(as: "Root") { try $0.list(PersonFilter()).items.map(\.person.name) }
            let lan = try await world.act(as: "Lan") { try $0.list(PersonFilter()).items.map(\.person.name) }
            let minh = try await world.act(as: "Minh") { try $0.list(PersonFilter()).items.map(\.person.name) }
            let stranger = try await world.act(as: "Không") { try $0.list(PersonFilter()).items.map(\.person.name) }
            #expect(root == ["Không", "Lan", "Minh", "Nam", "Root"])
            #expect(lan == ["Lan", "Minh"])
            #expect(minh == ["Minh"])
            #expect(stranger == ["Không"])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoeverIsOutOfScopeIsInNoListCountSearchOrPage(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let before = try await world.act(as: "Lan") {
                try [$0.list(PersonFilter()), $0.list(PersonFilter(words: ["duynhat"]))]
            }
            let unit = try world.unit("kb")
            let planted = try await world.system { store in
                let person = try store.create(name: "Duynhat", at: PeopleWorld.now)
                _ = try store.appoint(
                    person: person.id, unit: unit, title: "Thư ký", from: PeopleWorld.old, at: PeopleWorld.now)
                return person
            }
            let after = try await world.act(as: "Lan") {
                try [$0.list(PersonFilter()), $0.list(PersonFilter(words: ["duynhat"]))]
            }
            #expect(before.map(\.items) == after.map(\.items))
            #expect(before.map(\.total) == after.map(\.total))
            #expect(await outcome { _ = try await world.act(as: "Lan") { try $0.find(planted.uid) } } == "not found")
            #expect(try await world.act(as: "Lan") { try $0.offices(in: unit) }.isEmpty)
            #expect(try await world.act(as: "Root") { try $0.list(PersonFilter(words: ["duynhat"])).total } == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func anOfficeInAUnitAboveTheCeilingTellsNothing(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let (hidden, own) = (try world.unit("mật"), try world.unit("rg"))
            let both = try await world.system { store in
                let person = try store.create(name: "Hai Nơi", at: PeopleWorld.now)
                _ = try store.appoint(
                    person: person.id, unit: own, title: "Ở xã", from: PeopleWorld.old, at: PeopleWorld.now)
                _ = try store.appoint(
                    person: person.id, unit: hidden, title: "Ở ban", from: PeopleWorld.old, at: PeopleWorld.now)
                let other = try store.create(name: "Chỉ Mật", at: PeopleWorld.now)
                _ = try store.appoint(
                    person: other.id, unit: hidden, title: "Ở ban", from: PeopleWorld.old, at: PeopleWorld.now)
                return person
            }
            let seen = try await world.act(as: "Lan") { try $0.find(both.uid) }
            #expect(seen.offices.map(\.office.title) == ["Ở xã"])
            #expect(try await world.act(as: "Lan") { try $0.offices(of: both.id).map(\.office.title) } == ["Ở xã"])
            #expect(
                try await world.act(as: "Lan") { try $0.list(PersonFilter()).items.map(\.person.name) } == [
                    "Lan", "Minh", "Hai Nơi",
                ])
            #expect(try await world.act(as: "Root") { try $0.offices(of: both.id).count } == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func namesSortByGivenNameAndPagesMeetWithoutGapOrDouble(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await world.system { store in
                for name in ["Nguyễn Văn Đức", "Trần Thị Ánh", "Lê An", "Phạm Dũng", "Đỗ Ân", "Vũ An"] {
                    _ = try store.create(name: name, at: PeopleWorld.now)
                }
            }
            for descending in [false, true] {
                let all = try await world.act(as: "Root") { try $0.list(PersonFilter(descending: descending)).items }
                var paged: [PersonRow] = []
                var after: Cursor?
                repeat {
                    let at = after
                    let page = try await world.act(as: "Root") {
                        try $0.list(PersonFilter(descending: descending), page: PageRequest(after: at, limit: 2))
                    }
                    #expect(page.total == 11)
                    paged += page.items
                    after = page.next
                } while after != nil
                #expect(paged == all)
                let names = all.map(\.person.name)
                let expected = [
                    "Lê An", "Vũ An", "Trần Thị Ánh", "Đỗ Ân", "Phạm Dũng", "Nguyễn Văn Đức", "Không", "Lan", "Minh",
                    "Nam", "Root",
                ]
                #expect(names == (descending ? expected.reversed() : expected))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func searchIgnoresAccentsAndEveryWordMustBeThere(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            try await world.system { _ = try $0.create(name: "Đặng Thị Hiền", at: PeopleWorld.now) }
            func search(_ text: String) async throws -> [String] {
                try await world.act(as: "Root") {
                    try $0.list(PersonFilter(words: TextFold.words(text))).items.map(\.person.name)
                }
            }
            #expect(try await search("hien dang") == ["Đặng Thị Hiền"])
            #expect(try await search("HIỀN") == ["Đặng Thị Hiền"])
            #expect(try await search("hien lan") == [])
            #expect(
                try await search("%")
                    == ["Không", "Lan", "Minh", "Nam", "Đặng Thị Hiền", "Root"].sorted {
                        Person.sortKey($0) < Person.sortKey($1)
                    })
        }
    }

    @Test(arguments: Engine.allCases)
    func renamingCountsVersionsAndRefusesAnOldOne(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let minh = try world.person("Minh")
            let count = try await world.eventCount()
            let renamed = try await world.act(as: "Lan") {
                try $0.rename(minh.uid, to: "  Minh   Đức ", version: 1, at: PeopleWorld.now)
            }
            #expect(renamed.name == "Minh Đức")
            #expect(renamed.version == 2)
            #expect(try await world.act(as: "Lan") { try $0.list(PersonFilter(words: ["duc"])).total } == 1)
            #expect(
                await outcome {
                    _ = try await world.act(as: "Lan") {
                        try $0.rename(minh.uid, to: "X", version: 1, at: PeopleWorld.now)
                    }
                } == "stale")
            #expect(try await world.verbs(after: count) == ["renamed"])
        }
    }

    @Test(arguments: Engine.allCases)
    func aNameMustBeCleanAndOnlyAdministratorsCreateOrRename(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world in
            let count = try await world.eventCount()
            for name in ["", "   ", "a\u{0}b", "a\u{7}b", String(repeating: "ă", count: 121)] {
                #expect(
                    await refusedFields {
                        _ = try await world.act(as: "Lan") { try $0.create(name: name, at: PeopleWorld.now) }
                    } == ["name"])
            }
            let minh = try world.person("Minh"), root = try world.person("Root")
            #expect(
                await outcome {
                    _ = try await world.act(as: "Minh") { try $0.create(name: "Mới", at: PeopleWorld.now) }
                } == "forbidden")
            #expect(
                await outcome {
                    _ = try await world.act(as: "Minh") { try $0.rename(minh.uid, to: "Mới", at: PeopleWorld.now) }
                } == "forbidden")
            #expect(
                await outcome {
                    _ = try await world.act(as: "Lan") { try $0.rename(root.uid, to: "Mới", at: PeopleWorld.now) }
                } == "not found")
            #expect(try await world.eventCount() == count)
        }
    }
}
