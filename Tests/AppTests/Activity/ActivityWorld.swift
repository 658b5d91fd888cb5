import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// A country of two provinces for the tests of events: each with a public commune and an internal body, the first
/// with a restricted body too.
struct ActivityWorld: Sendable {
    let database: Database
    let origin: UID
    var now = Instant(milliseconds: 1_790_000_000_000)

    enum Place: Int64, CaseIterable, Sendable {
        case country = 1
        case north, northCommune, northBody, northSecret, south, southCommune, southBody
    }

    /// Lends a world on a fresh database.
    static func with(_ engine: Engine, _ body: (ActivityWorld) async throws -> Void) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let world = ActivityWorld(database: database, origin: UID.new(at: Instant(milliseconds: 1)))
            try await world.build()
            try await body(world)
        }
    }

    private func build() async throws {
        let origin = origin
        try await database.write { tx in
            try tx.run("INSERT INTO installation (key, value) VALUES ('origin', \(origin))")
            for place in Place.allCases { try place.insert(tx, origin) }
            for step in RebuildableCheck.steps { try step.rebuild(tx, ActivityWorld.today) }
        }
    }

    static let today = Day(parsing: "2026-11-22") ?? .beginning

    func unit(_ place: Place) -> ID<OrgUnit> { ID(place.rawValue) }

    func subject(_ place: Place) -> Subject { Subject(.unit, id: place.rawValue, uid: place.uid) }

    func event(_ verb: Event.Verb, _ place: Place, _ word: String = "") -> Event {
        Event(verb, subject(place), unit: unit(place), before: ["name": "old " + word], after: ["name": "new " + word])
    }

    /// Somebody in an office of a unit with one grant.
    func viewer(_ role: Role, over place: Place, ceiling: Secrecy = .internal) -> Viewer {
        let id = place.rawValue * 10 + Int64(Role.allCases.firstIndex(of: role) ?? 0)
        let uid = UID.new(at: Instant(milliseconds: id))
        return Viewer(
            identity: .person(id: ID(id), uid: uid, name: "Nguyễn An"),
            office: Viewer.OfficeInUse(
                id: ID(id), uid: uid, title: "Chuyên viên", unit: unit(place), unitName: "\(place)"),
            grants: [Viewer.Grant(role: role, hierarchy: .territory, unit: unit(place), ceiling: ceiling)],
            day: ActivityWorld.today)
    }

    @discardableResult
    func record(_ event: Event, as viewer: Viewer = .system("test"), after seconds: Int64 = 0) async throws -> ID<Event>
    {
        let moment = now.adding(.seconds(seconds))
        return try await database.write { tx in try ActivityStore(tx: tx, viewer: viewer).record(event, at: moment) }
    }

    /// By both plans, which must agree: unit by unit, and the walk that a large subtree gets.
    func recent(
        _ viewer: Viewer, _ filter: EventFilter = EventFilter(), page: PageRequest = .first
    ) async throws -> Page<EventRow> {
        try await database.read { tx in
            var store = ActivityStore(tx: tx, viewer: viewer)
            let byUnit = try store.recent(filter, page: page)
            store.fewUnits = 0
            let walked = try store.recent(filter, page: page)
            #expect(walked.items == byUnit.items && walked.next == byUnit.next && walked.total == byUnit.total)
            return byUnit
        }
    }

    /// Seals everything, a batch a transaction.
    func seal(limit: Int = AuditChain.batch) async throws {
        while try await database.write({ tx in try AuditChain(tx: tx).seal(limit: limit) }) > 0 {}
    }

    func verify(_ checkpoints: [AuditCheckpoint] = [], key: String? = nil) async throws -> AuditReport {
        let moment = now.adding(.seconds(10))
        return try await database.read { tx in
            try AuditChain(tx: tx).verify(checkpoints: checkpoints, key: key, at: moment)
        }
    }

    /// What an intruder with the database password does.
    func tamper(_ statements: SQL...) async throws {
        try await database.write { tx in for statement in statements { try tx.run(statement) } }
    }

    /// A page context in Vietnamese with the real words.
    func page(_ viewer: Viewer) throws -> PageContext {
        let resources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Resources").standardizedFileURL
        let zone = TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt
        return PageContext(
            language: .vietnamese, catalogue: try Catalogue.load(from: resources), viewer: viewer,
            clock: WallClock(zone: zone) { [now] in now }, today: ActivityWorld.today, location: "/events", csrf: "x",
            flash: nil, assetVersion: "1")
    }
}

extension ActivityWorld.Place {
    var uid: UID {
        let number = String(rawValue)
        let tail = String(repeating: "0", count: 12 - number.count) + number
        return UID(parsing: "01900000-0000-7000-8000-\(tail)") ?? UID.new(at: Instant(milliseconds: 0))
    }

    private var parent: ActivityWorld.Place? {
        switch self {
        case .country: nil
        case .north, .south: .country
        case .northCommune, .northBody, .northSecret: .north
        case .southCommune, .southBody: .south
        }
    }

    private var secrecy: Secrecy {
        switch self {
        case .northSecret: .restricted
        case .northBody, .southBody: .internal
        default: .public
        }
    }

    private var kind: UnitKind {
        switch self {
        case .country: .country
        case .north, .south: .province
        case .northCommune, .southCommune: .commune
        case .northBody, .northSecret, .southBody: .department
        }
    }

    fileprivate func insert(_ tx: Transaction, _ origin: UID) throws {
        try tx.run(
            """
            INSERT INTO unit (id, uid, origin, from_day, to_day, secrecy, version)
            VALUES (\(rawValue), \(uid), \(origin), '0001-01-01', '9999-12-31', \(secrecy.rawValue), 1)
            """)
        let name = "\(self)"
        try tx.run(
            """
            INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis)
            VALUES (\(rawValue), \(kind.rawValue), \(kind.level.rawValue), \(name), \(name), \(name), '0001-01-01',
            '9999-12-31', '')
            """)
        guard let parent else { return }
        try tx.run(
            """
            INSERT INTO unit_edge (unit_id, parent_id, hierarchy, from_day, to_day, basis)
            VALUES (\(rawValue), \(parent.rawValue), 'territory', '0001-01-01', '9999-12-31', '')
            """)
    }
}
