import Storage
import TestSupport

@testable import App

/// Puts records with a word that stands nowhere else beyond somebody's scope, as the system.
struct PlantedRecords: Sendable {
    let world: World
    let word: String

    private func write(_ body: @escaping @Sendable (Transaction, Day, Instant) throws -> Void) async throws {
        let (today, now) = (world.today, world.clock.now)
        try await world.database.write { tx in try body(tx, today, now) }
    }

    /// A body below `parent` with its past: made, renamed, with a child that has ended, with people and rights.
    func body(below parent: Place, secrecy: Secrecy) async throws {
        let (word, above) = (word, try world.uid(parent))
        try await write { tx, today, now in
            let units = UnitStore(tx: tx, viewer: .system("planted"), today: today)
            let from = try Self.reform()
            var draft = UnitDraft(kind: .department, name: "\(word) Sở", parent: above, from: from, secrecy: secrecy)
            draft.stateParent = above
            (draft.scheme, draft.code) = ("planted", "\(word)-\(parent.rawValue)-\(secrecy.name)")
            draft.place = OrgUnit.Place(latitude: 13_000_000, longitude: 108_000_000)
            let unit = try units.create(draft, at: now)
            let child = UnitDraft(kind: .office, name: "\(word) Phòng", parent: unit.uid, from: from, secrecy: secrecy)
            let below = try units.create(child, at: now)
            _ = try units.rename(
                unit.uid,
                UnitRenaming(name: "\(word) Cục", kind: .agency, from: today, basis: "\(word) căn cứ"), seen: nil,
                at: now)
            _ = try units.dissolve(below.uid, UnitDissolution(from: today, basis: "\(word) căn cứ"), seen: nil, at: now)
            try Self.people(tx, unit: unit.unit.id, word, today, now)
        }
    }

    private static func reform() throws -> Day {
        guard let day = Day(year: 2025, month: 7, day: 1) else { throw AppError.notFound }
        return day
    }

    private static func people(
        _ tx: Transaction, unit: ID<OrgUnit>, _ word: String, _ today: Day, _ now: Instant
    ) throws {
        let store = PersonStore(tx: tx, viewer: .system("planted"), today: today)
        var offices: [Office] = []
        for name in ["\(word) An", "\(word) Bình"] {
            let person = try store.create(name: name, unit: unit, at: now)
            offices.append(
                try store.appoint(person: person.id, unit: unit, title: "\(word) Trưởng", from: reform(), at: now))
            try store.grant(
                office: offices[0].uid, role: name.hasSuffix("An") ? .focal : .member, hierarchy: .territory,
                unit: unit,
                ceiling: .internal, from: today, at: now)
        }
        try store.delegate(
            principal: offices[0].uid, agent: offices[1].uid, capacity: .kt, authority: "\(word) quyết định",
            from: today,
            at: now)
    }

    /// Somebody without an office, with an account that is closed again.
    func personWithoutOffice() async throws {
        let word = word
        try await write { tx, today, now in
            let person = try PersonStore(tx: tx, viewer: .system("planted"), today: today)
                .create(name: "\(word) Không", at: now)
            let accounts = AccountStore(tx: tx, viewer: .system("planted"), today: today)
            try accounts.create(person: person.id, signIn: word.lowercased(), passwordHash: "x", at: now)
            try accounts.disable(person.id, at: now)
        }
    }

    /// Somebody whom the viewer knows takes a second office in a body that the viewer does not know.
    func secondOffice(of staff: Staff, in place: Place) async throws {
        let (word, unit) = (word, try world.id(place))
        try await write { tx, today, now in
            let store = PersonStore(tx: tx, viewer: .system("planted"), today: today)
            let person = try store.find(staff.person).person
            _ = try store.appoint(person: person.id, unit: unit, title: "\(word) Ủy viên", from: today, at: now)
        }
    }

    /// Acts on what the viewer knows that name what the viewer does not: the act may show, the name may not.
    func references(to place: Place, from staff: Staff) async throws {
        let (uid, stranger) = (try world.uid(place), try world.staff(place))
        let word = word
        try await write { tx, today, now in
            let units = UnitStore(tx: tx, viewer: .system("planted"), today: today)
            _ = try units.rename(
                uid, UnitRenaming(name: "\(word) Ủy ban", kind: .peoplesCommittee, from: today, basis: "x"), seen: nil,
                at: now)
            let people = PersonStore(tx: tx, viewer: .system("planted"), today: today)
            _ = try people.rename(stranger.person, to: "\(word) Người", at: now)
            try people.grant(
                office: staff.office, role: .supervisor, hierarchy: .territory, unit: try units.find(uid).unit.id,
                ceiling: .internal, from: today, at: now)
            try people.delegate(
                principal: staff.office, agent: stranger.office, capacity: .tuq, authority: "Quyết định 8", from: today,
                at: now)
        }
    }
}
