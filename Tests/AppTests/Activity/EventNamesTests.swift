import Storage
import TestSupport
import Testing

@testable import App

/// An event that everybody with a right over its unit may read names only whom each of them may know.
@Suite struct EventNamesTests {
    /// What somebody reads in an event of the province's steering committee that names others.
    private func read(_ world: World, as who: Who, said text: String, in field: String = "said") async throws -> String?
    {
        let (viewer, today) = (try await world.viewer(who), world.today)
        let (committee, unit) = (try world.committee(.provinceSteering).committee, try world.id(.provinceSteering))
        return try await world.database.write { tx in
            let row = try CommitteeStore(tx: tx, viewer: .system("test"), today: today).find(committee)
            try ActivityStore(tx: tx, viewer: .system("test")).record(
                Event(.changed, row.subject, unit: unit, after: [field: text]), at: World.start)
            let store = ActivityStore(tx: tx, viewer: viewer, today: today)
            let page = try store.history(of: row.subject, page: PageRequest(after: nil, limit: 1))
            let newest = try store.newest(limit: 1)
            #expect(newest.first?.after == page.items.first?.after, "the list and the history say the same")
            return page.items.first?.after[field]
        }
    }

    @Test(arguments: Engine.allCases) func eachReaderIsShownTheNamesThatTheyMayKnow(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let known = EventNames.person(try world.staff(.science).person)
            let unknown = EventNames.person(try world.staff(.otherCommittee).person)
            let unit = EventNames.unit(try world.uid(.otherCommittee))
            let text = "Giám đốc (\(known)); Chủ tịch (\(unknown)); \(unit)"
            #expect(
                try await read(world, as: .root, said: text)
                    == "Giám đốc (Cán bộ science); Chủ tịch (Cán bộ otherCommittee); Ủy ban nhân dân tỉnh Tây Ninh")
            #expect(
                try await read(world, as: .member, said: text) == "Giám đốc (Cán bộ science); Chủ tịch (…); …")
        }
    }

    /// Of a document that not everybody may know, an event holds the uid.
    @Test(arguments: Engine.allCases) func aDocumentIsNamedForThoseWhoMayKnowIt(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let own = try world.documents(.science).issued.text
            let other = try world.documents(.otherCommittee).issued.text
            let name = try #require(try await read(world, as: .root, said: own, in: "document"))
            #expect(name.contains("/") && name != own)
            #expect(try await read(world, as: .member, said: own, in: "document") == name)
            #expect(try await read(world, as: .root, said: other, in: "document") != nil)
            let hidden = try await read(world, as: .member, said: other, in: "document")
            #expect(hidden == nil)
        }
    }

    @Test(arguments: ["person:", "unit: person:nobody", "person:01a2-unit:", "a person:", "đơn vị unit:x"])
    func whatOnlyLooksLikeANameIsLeftAlone(_ text: String) async throws {
        try await World.with(.sqlite) { world in
            let told = try await read(world, as: .root, said: text)
            #expect(told == text)
        }
    }
}
