import Storage
import TestSupport

@testable import App

extension TaskWorld {
    /// Communes of Gia Lai with a head, a focal person and somebody else each, made without the ceremony.
    func communes(_ count: Int) async throws -> [UID] {
        let (province, now) = (try world.uid(.giaLai), now)
        return try await act { store in
            try (0..<count).map { try TaskWorld.commune("Xã số \($0)", in: province, store, at: now).uid }
        }
    }

    static func commune(_ name: String, in province: UID, _ store: TaskStore, at now: Instant) throws -> UnitRow {
        var draft = UnitDraft(kind: .commune, name: name, parent: province, from: store.today, secrecy: .public)
        draft.basis = "Luật"
        let unit = try store.units.create(draft, at: now)
        for (title, role) in [("Chủ tịch", Role.leader), ("Đầu mối", .focal), ("Chuyên viên", .member)] {
            try seat("\(title) \(name)", title, role, in: unit.unit.id, store, at: now)
        }
        return unit
    }

    /// Somebody with an office and a right over its unit.
    static func seat(
        _ name: String, _ title: String, _ role: Role, in unit: ID<OrgUnit>, _ store: TaskStore, at now: Instant
    ) throws {
        let person = try store.people.create(name: name, at: now)
        let office = try store.people.appoint(
            person: person.id, unit: unit, title: title, from: store.today, at: now)
        try store.people.grant(
            office: office.uid, role: role, hierarchy: .territory, unit: unit, ceiling: .internal, from: store.today,
            at: now)
    }
}
