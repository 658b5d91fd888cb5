import Foundation
import Logging
import Storage

@testable import App

/// The seeded databases of this process, one per engine; worlds are copies.
actor WorldTemplates {
    static let shared = WorldTemplates()

    struct Copy: Sendable {
        let location: DatabaseOptions.Location
        /// For checkpoints and whatever else a data folder holds.
        let folder: URL
        let records: WorldRecords
        let remove: @Sendable () async -> Void
    }

    private struct Template: Sendable {
        let location: DatabaseOptions.Location
        let records: WorldRecords
    }

    private var templates: [Engine: Task<Template, any Error>] = [:]
    private var maintenance: Task<Database, any Error>?
    private let run = UUID().uuidString.prefix(8).lowercased()
    private var count = 0

    /// Cheap hashes, so that a test may make hundreds.
    static let hasher = PasswordHasher(
        parameters: PasswordHasher.Parameters(kibibytes: 64, passes: 1, lanes: 1), waiting: 1_000)

    func copy(_ engine: Engine) async throws -> Copy {
        let template = try await template(engine)
        count += 1
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-world-\(run)-\(count)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let removeFolder: @Sendable () -> Void = { try? FileManager.default.removeItem(at: folder) }
        switch template.location {
        case .sqlite(let path):
            let target = folder.appending(path: "world.sqlite").path
            try FileManager.default.copyItem(atPath: path, toPath: target)
            return Copy(
                location: .sqlite(path: target), folder: folder, records: template.records, remove: removeFolder)
        case .postgres(let address):
            let name = "world_\(run)_\(count)"
            let cluster = try await cluster()
            let source = URLComponents(string: address)?.path.dropFirst() ?? ""
            try await cluster.administer("CREATE DATABASE \(name) TEMPLATE \(source) STRATEGY FILE_COPY")
            return Copy(
                location: .postgres(try Self.address(of: name)), folder: folder, records: template.records,
                remove: {
                    try? await cluster.administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
                    removeFolder()
                })
        }
    }

    private func template(_ engine: Engine) async throws -> Template {
        if let known = templates[engine] { return try await known.value }
        let making = Task { try await Self.seeded(engine) }
        templates[engine] = making
        return try await making.value
    }

    private static func seeded(_ engine: Engine) async throws -> Template {
        let (location, _) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let database = try await Database.open(DatabaseOptions(location))
        let hash = try await hasher.hash(World.password)
        let now = World.start
        let today = TestClock(now).wall(zone: zone).today()
        try await Installation.begin(database, at: now)
        let records = try await database.write { tx in
            var units = WorldUnits(tx: tx, now: now, today: today)
            let records = WorldRecords(units: try units.make())
            var people = WorldPeople(tx: tx, now: now, today: today, passwordHash: hash, records: records)
            let staffed = try people.make()
            let steered = try WorldCommittees(tx: tx, now: now, today: today).add(to: staffed)
            var documents = WorldDocuments(tx: tx, now: now, today: today, records: steered)
            var coverage = WorldCoverage(tx: tx, now: now, today: today, records: try documents.make())
            var tasks = WorldTasks(tx: tx, now: now, today: today, records: try coverage.make())
            return try WorldNotices(tx: tx, now: now, today: today).add(to: try tasks.make())
        }
        await database.close()  // moves SQLite's log into the file; PostgreSQL copies only what nobody is connected to
        return Template(location: location, records: records)
    }

    private static let zone = TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt

    private func cluster() async throws -> Database {
        if let maintenance { return try await maintenance.value }
        let opening = Task { try await Database.open(DatabaseOptions(.postgres(TestDatabase.cluster()))) }
        maintenance = opening
        return try await opening.value
    }

    private static func address(of name: String) throws -> String {
        let address = try TestDatabase.cluster()
        guard var url = URLComponents(string: address) else { throw WorldRecords.Missing(description: "no cluster") }
        url.path = "/" + name
        return url.string ?? address
    }

    static func services(
        _ database: Database, folder: URL, clock: TestClock, configure: (inout Configuration) -> Void
    ) throws -> Services {
        let resources = World.repository.appending(path: "Resources")
        var configuration = Configuration(dataFolder: folder, resources: resources, database: database.options)
        configure(&configuration)
        var logger = Logger(label: "world")
        logger.logLevel = .critical
        return Services(
            configuration: configuration, database: database, clock: clock.wall(zone: configuration.zone),
            catalogue: try Furniture.catalogue.get(), assets: try Furniture.assets.get(),
            guide: try Furniture.guide.get(), passwords: hasher, metrics: Metrics(), logger: logger)
    }

    /// Words and style sheets, read once for all worlds.
    private enum Furniture {
        static let catalogue = Result { try Catalogue.load(from: World.repository.appending(path: "Resources")) }
        static let assets = Result { try Assets.load(from: World.repository.appending(path: "Resources")) }
        static let guide = Result {
            try Guide.load(from: World.repository.appending(path: "Resources"), Furniture.assets.get())
        }
    }
}
