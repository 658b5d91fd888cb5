import App
import Storage
import TestSupport

/// A small country with people in it, for the tests of offices and rights.
///
/// Việt Nam ─ An Giang ─ Phường Rạch Giá; Sở An Giang (internal, below An Giang); Bắc Ninh ─ Xã Kinh Bắc; Cũ (dissolved).
/// Root is administrator of the country with an account, Lan of An Giang up to internal, Minh focal in Rạch Giá
/// without rights, Nam holds an office in Kinh Bắc, Không has none.
struct PeopleWorld: Sendable {
    static let today = Day(year: 2026, month: 11, day: 22) ?? .beginning
    static let now = Instant(milliseconds: 1_795_300_000_000)
    static let old = Day(year: 2025, month: 7, day: 1) ?? .beginning

    let database: Database
    let units: [String: UnitRow]
    let people: [String: Person]
    let offices: [String: Office]

    static func with(_ engine: Engine, _ body: (PeopleWorld) async throws -> Void) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            try await body(try await make(database))
        }
    }

    private static func make(_ database: Database) async throws -> PeopleWorld {
        try await database.write { tx in
            try tx.run("INSERT INTO installation (key, value) VALUES ('origin', \(UID.new(at: now)))")
            let units = try makeUnits(tx)
            var people: [String: Person] = [:], offices: [String: Office] = [:]
            let store = PersonStore(tx: tx, viewer: .system("test"), today: today)
            for (name, unit, title) in [
                ("Root", "vn", "Quản trị"), ("Lan", "ag", "Chánh Văn phòng"), ("Minh", "rg", "Chuyên viên"),
                ("Nam", "kb", "Chủ tịch"),
            ] {
                let person = try store.create(name: name, at: now)
                people[name] = person
                guard let row = units[unit] else { throw AppError.notFound }
                offices[name] = try store.appoint(
                    person: person.id, unit: row.unit.id, title: title, from: old, at: now)
            }
            people["Không"] = try store.create(name: "Không", at: now)
            let world = PeopleWorld(database: database, units: units, people: people, offices: offices)
            try world.giveRights(store)
            return world
        }
    }

    private static func makeUnits(_ tx: Transaction) throws -> [String: UnitRow] {
        let store = UnitStore(tx: tx, viewer: .system("test"), today: today)
        var units: [String: UnitRow] = [:]
        func make(_ key: String, _ kind: UnitKind, _ name: String, _ parent: String?, _ secrecy: Secrecy = .public)
            throws
        {
            let above = parent.flatMap { units[$0]?.unit.uid }
            let from = parent == nil ? Day.beginning : old
            var draft = UnitDraft(kind: kind, name: name, parent: above, from: from, secrecy: secrecy)
            if kind == .department { draft.stateParent = above }
            units[key] = try store.create(draft, at: now)
        }
        try make("vn", .country, "Việt Nam", nil)
        try make("ag", .province, "An Giang", "vn")
        try make("rg", .ward, "Rạch Giá", "ag")
        try make("so", .department, "Sở Khoa học", "ag", .internal)
        try make("mật", .department, "Ban Cơ mật", "ag", .restricted)
        try make("bn", .province, "Bắc Ninh", "vn")
        try make("kb", .commune, "Kinh Bắc", "bn")
        return units
    }

    private func giveRights(_ store: PersonStore) throws {
        for hierarchy in Hierarchy.allCases {
            try store.grant(
                office: office("Root").uid, role: .administrator, hierarchy: hierarchy, unit: unit("vn"),
                ceiling: .restricted, from: PeopleWorld.old, at: PeopleWorld.now)
        }
        try store.grant(
            office: office("Lan").uid, role: .administrator, hierarchy: .territory, unit: unit("ag"),
            ceiling: .internal, from: PeopleWorld.old, at: PeopleWorld.now)
    }

    func unit(_ key: String) throws -> ID<OrgUnit> {
        guard let row = units[key] else { throw AppError.notFound }
        return row.unit.id
    }

    func person(_ name: String) throws -> Person {
        guard let person = people[name] else { throw AppError.notFound }
        return person
    }

    func office(_ name: String) throws -> Office {
        guard let office = offices[name] else { throw AppError.notFound }
        return office
    }

    /// An end that leaves the work to nobody.
    static func ending(_ day: Day) -> OfficeEnding {
        OfficeEnding(from: day, succession: .open(reason: "Chưa có người thay"))
    }

    /// What the person may do in the store, in a write that is kept.
    func act<T: Sendable>(
        as name: String, on day: Day = today, _ body: @escaping @Sendable (PersonStore) throws -> T
    ) async throws -> T {
        let person = try person(name)
        return try await database.write { tx in
            let viewer = try ViewerStore(tx: tx).viewer(person: person.id, office: nil, delegation: nil, today: day)
            return try body(PersonStore(tx: tx, viewer: viewer, today: day))
        }
    }

    func system<T: Sendable>(_ body: @escaping @Sendable (PersonStore) throws -> T) async throws -> T {
        try await database.write { tx in
            try body(PersonStore(tx: tx, viewer: .system("test"), today: PeopleWorld.today))
        }
    }

    /// An account for the person, whose password nobody knows.
    func account(_ name: String) async throws {
        let person = try person(name)
        try await database.write { tx in
            try AccountStore(tx: tx, viewer: .system("test"), today: PeopleWorld.today).create(
                person: person.id, signIn: name.lowercased(), passwordHash: "x", at: PeopleWorld.now)
        }
    }

    /// Verbs of the events since the world was made, oldest first.
    func verbs(after count: Int) async throws -> [String] {
        try await database.read { tx in
            try tx.all("SELECT verb FROM event ORDER BY id").map { try $0.text(0) }
        }.dropFirst(count).map { $0 }
    }

    func eventCount() async throws -> Int {
        try await database.read { tx in try tx.first("SELECT COUNT(*) FROM event")?.int(0) ?? 0 }
    }
}

/// The fields that a refused act complains of; nil when it was not refused for its fields.
func refusedFields(_ act: () async throws -> Void) async -> [String]? {
    do {
        try await act()
        return nil
    } catch AppError.invalid(let problems) {
        return problems.map(\.field)
    } catch {
        return nil
    }
}

/// How the act ended, in one word.
func outcome(_ act: () async throws -> Void) async -> String {
    do {
        try await act()
        return "done"
    } catch let error as AppError {
        switch error {
        case .notFound: return "not found"
        case .forbidden: return "forbidden"
        case .invalid(let problems): return "invalid " + problems.map(\.field).joined(separator: ",")
        case .conflict(let message): return "conflict " + message.key
        case .stale: return "stale"
        default: return "\(error)"
        }
    } catch {
        return "\(error)"
    }
}
