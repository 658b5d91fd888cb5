import Foundation
import Logging
import Storage
import TestSupport

@testable import App

/// A demonstration loaded as of a day, on a machine whose clock says 30 November 2026, 9 o'clock in Hà Nội.
struct DemoLoaded {
    let services: Services
    let accounts: [DemoAccount]

    static let machine = Day(parsing: "2026-11-30") ?? .never
    private static let clock = TestClock(Instant(milliseconds: Int64(machine.number) * 86_400_000 + 2 * 3_600_000))

    /// One load for all that `body` looks at.
    static func with(_ engine: Engine, day: Day?, _ body: (DemoLoaded) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (location, remove) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let services = try await open(folder, location, day: day)
        try await body(DemoLoaded(services: services, accounts: try await Demo(services).load()))
        await services.database.close()
        await remove()
    }

    /// As the program opens a data folder.
    static func open(_ folder: URL, _ location: DatabaseOptions.Location, day: Day?) async throws -> Services {
        var configuration = Configuration(
            dataFolder: folder, resources: DemoSources.resources, database: DatabaseOptions(location))
        configuration.demonstrationDay = day
        let clock = self.clock.wall(zone: configuration.zone)
        return try await Application.prepare(configuration, logger: Logger(label: "test"), clock: clock)
    }

    var today: Day { services.clock.today() }

    /// What the account sees first.
    func home(_ signIn: String) async throws -> Home {
        let (today, now, dots) = (today, services.clock.now(), services.dots)
        return try await services.database.read { tx in
            let row = try tx.first("SELECT person_id FROM account WHERE sign_in = \(signIn)")
            guard let person: ID<Person> = try row?.id(0) else { throw AppError.notFound }
            let viewer = try ViewerStore(tx: tx).viewer(person: person, office: nil, delegation: nil, today: today)
            return try HomeStore(tx: tx, viewer: viewer, today: today, now: now, dots: dots).read()
        }
    }

    /// Every task, in the order in which they were made.
    func tasks() async throws -> [TaskRow] {
        let today = today
        return try await services.database.read { tx in
            try TaskStore(tx: tx, viewer: .system("test"), today: today).rows("1 = 1", order: "t.id", limit: 1_000)
        }
    }

    func texts(_ sql: SQL) async throws -> [String] {
        try await services.database.read { tx in try tx.all(sql).map { try $0.text(0) } }
    }
}
