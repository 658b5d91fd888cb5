import Foundation
import Logging
import Storage
import TestSupport

@testable import App

/// A small country: Việt Nam (1) over Lào Cai (2) over Sa Pa (3). An heads Lào Cai and sits in a committee of the
/// country; Bình is An's deputy; Chi administers Lào Cai, Root the whole; Dung holds nothing.
struct SignInWorld: Sendable {
    static let password = "mưa rào trên phố huyện"
    static let start = Instant(milliseconds: 1_795_000_000_000)  // 2026-11-18

    let services: Services
    let clock: TestClock
    var database: Database { services.database }
    var configuration: Configuration { services.configuration }
    var today: Day { services.clock.today() }

    static let an = ID<Person>(1), binh = ID<Person>(2), chi = ID<Person>(3), root = ID<Person>(4), dung = ID<Person>(5)
    static let names = ["an.nguyen", "binh", "chi", "root", "dung"]

    /// Cheap hashes, so that a test may make hundreds.
    static let cheap = PasswordHasher.Parameters(kibibytes: 64, passes: 1, lanes: 1)

    static func with(
        _ engine: Engine, hasher: PasswordHasher = PasswordHasher(parameters: SignInWorld.cheap),
        _ body: (SignInWorld) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
            let resources = root.appending(path: "Resources").standardizedFileURL
            let clock = TestClock(start)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let configuration = Configuration(
                dataFolder: FileManager.default.temporaryDirectory, resources: resources, database: database.options)
            let services = Services(
                configuration: configuration, database: database, clock: clock.wall(zone: .gmt),
                catalogue: try Catalogue.load(from: resources), assets: try Assets.load(from: resources),
                passwords: hasher, metrics: Metrics(), logger: logger)
            let world = SignInWorld(services: services, clock: clock)
            try await world.seed(hash: try await hasher.hash(password))
            try await body(world)
        }
    }

    private func seed(hash: String) async throws {
        let now = clock.now
        try await database.write { tx in
            func uid() -> UID { UID.new(at: now) }
            for (unit, name) in [(1, "Việt Nam"), (2, "Lào Cai"), (3, "Sa Pa")] {
                try tx.run(
                    """
                    INSERT INTO unit (id, uid, origin, from_day, to_day, secrecy, version) \
                    VALUES (\(unit), \(uid()), \(""), \(Day.beginning), \(Day.never), 0, 1)
                    """)
                try tx.run(
                    """
                    INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis) \
                    VALUES (\(unit), \("province"), 1, \(name), \(name), \(name), \(Day.beginning), \(Day.never), \(""))
                    """)
            }
            for (unit, above) in [(1, [1]), (2, [1, 2]), (3, [1, 2, 3])] {
                for hierarchy in Hierarchy.allCases {
                    if unit > 1 {
                        try tx.run(
                            """
                            INSERT INTO unit_edge (unit_id, parent_id, hierarchy, from_day, to_day, basis) \
                            VALUES (\(unit), \(unit - 1), \(hierarchy.rawValue), \(Day.beginning), \(Day.never), \(""))
                            """)
                    }
                    for ancestor in above {
                        try tx.run(
                            """
                            INSERT INTO unit_reach (hierarchy, ancestor_id, unit_id) \
                            VALUES (\(hierarchy.rawValue), \(ancestor), \(unit))
                            """)
                    }
                }
            }
            for (index, name) in Self.names.enumerated() {
                let person = ID<Person>(Int64(index + 1))
                try tx.run(
                    """
                    INSERT INTO person (id, uid, origin, name, sort_key, name_fold, version) \
                    VALUES (\(person), \(uid()), \(""), \(name), \(name), \(name), 1)
                    """)
                try tx.run(
                    """
                    INSERT INTO account (person_id, sign_in, password, disabled, changed_at) \
                    VALUES (\(person), \(name), \(hash), 0, \(now))
                    """)
            }
            try office(tx, 11, Self.an, unit: 2, "Chủ tịch", from: "2025-07-01")
            try office(tx, 12, Self.an, unit: 1, "Ủy viên", from: "2026-01-01")
            try office(tx, 21, Self.binh, unit: 2, "Phó Chủ tịch", from: "2025-07-01")
            try office(tx, 31, Self.chi, unit: 2, "Quản trị", from: "2025-07-01")
            try office(tx, 41, Self.root, unit: 1, "Quản trị", from: "2025-07-01")
            try grant(tx, 11, .leader, unit: 2)
            try grant(tx, 12, .member, unit: 1)
            try grant(tx, 21, .focal, unit: 2)
            try grant(tx, 31, .administrator, unit: 2)
            try grant(tx, 41, .administrator, unit: 1)
            try PersonMap(tx: tx).rebuild()
        }
    }

    func office(
        _ tx: Transaction, _ id: Int, _ person: ID<Person>, unit: Int, _ title: String, from: String,
        to: String = "9999-12-31"
    ) throws {
        try tx.run(
            """
            INSERT INTO office (id, uid, person_id, unit_id, title, from_day, to_day, decision) \
            VALUES (\(id), \(UID.new(at: clock.now)), \(person), \(unit), \(title), \(from), \(to), \(""))
            """)
    }

    func grant(
        _ tx: Transaction, _ office: Int, _ role: Role, unit: Int, hierarchy: Hierarchy = .territory,
        from: String = "2025-07-01", to: String = "9999-12-31"
    ) throws {
        try tx.run(
            """
            INSERT INTO access_grant (uid, office_id, role, hierarchy, unit_id, secrecy, from_day, to_day) \
            VALUES (\(UID.new(at: clock.now)), \(office), \(role.rawValue), \(hierarchy.rawValue), \(unit), 2, \
            \(from), \(to))
            """)
    }

    /// Bình (office 21) may act for An (office 11).
    func delegate(id: Int = 71, from: String, to: String) async throws -> UID {
        let uid = UID.new(at: clock.now)
        try await database.write { tx in
            try tx.run(
                """
                INSERT INTO delegation (id, uid, principal_id, agent_id, capacity, authority, from_day, to_day) \
                VALUES (\(id), \(uid), 11, 21, \("KT"), \("Công văn 12/UBND"), \(from), \(to))
                """)
        }
        return uid
    }

    func viewer(_ person: ID<Person>) async throws -> Viewer {
        let today = today
        return try await database.read { tx in
            try ViewerStore(tx: tx).viewer(person: person, office: nil, delegation: nil, today: today)
        }
    }

    /// A store call in a write transaction, as `viewer`.
    func accounts<T: Sendable>(
        as viewer: Viewer, _ act: @escaping @Sendable (AccountStore, Instant) throws -> T
    ) async throws -> T {
        let (today, now) = (today, clock.now)
        return try await database.write { tx in try act(AccountStore(tx: tx, viewer: viewer, today: today), now) }
    }

    func tokens<T: Sendable>(
        as viewer: Viewer, _ act: @escaping @Sendable (TokenStore, Instant) throws -> T
    ) async throws -> T {
        let (today, now) = (today, clock.now)
        return try await database.write { tx in try act(TokenStore(tx: tx, viewer: viewer, today: today), now) }
    }

    var authentication: Authentication { Authentication(services) }

    /// Signs in and gives back the session's secret.
    func signIn(
        _ name: String, _ password: String = SignInWorld.password, address: String = "192.0.2.1",
        previous: Secret? = nil
    ) async throws -> Secret {
        try await SigningIn(services: services).signIn(
            name, password: password, from: .init(address: address, agent: "Test", previous: previous), at: clock.now
        ).secret
    }

    func identify(_ secret: Secret) async throws -> Identified {
        try await authentication.identify(
            cookie: "resolute=\(secret.text)", authorization: nil, address: "192.0.2.1", now: clock.now)
    }

    /// What happened to a refused attempt: nil when it was not refused.
    func outcome(_ act: () async throws -> Void) async -> AppError? {
        do {
            try await act()
            return nil
        } catch { return error as? AppError }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await database.read { tx in try tx.first(sql)?.int(0) ?? 0 }
    }
}
