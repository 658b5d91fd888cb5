import Foundation
public import Storage
import Synchronization

/// A database of its own for one test: a fresh file, or a fresh database in the cluster that `bin/test` started.
///
/// The first test of a process that asks for a list of migrations runs them; the others get a copy of the result.
public enum TestDatabase {
    /// Names the PostgreSQL cluster: the URL of its maintenance database, as a superuser.
    public static let variable = "RESOLUTE_TEST_POSTGRES"

    /// Lends a database that holds `migrations`, and removes it afterwards.
    public static func with<T>(
        _ engine: Engine, migrations: [Migration] = [],
        options adjust: (inout DatabaseOptions) -> Void = { _ in },
        _ body: (Database) async throws -> T
    ) async throws -> T {
        let (location, remove) = try await make(engine, migrations: migrations)
        var options = DatabaseOptions(location)
        options.connections = 4
        adjust(&options)
        do {
            let database = try await Database.open(options)
            let value: T
            do {
                value = try await body(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            await remove()
            return value
        } catch {
            await remove()
            throw error
        }
    }

    /// Makes a database that holds `migrations`; the second value removes it. For a test that opens it itself.
    public static func make(
        _ engine: Engine, migrations: [Migration] = []
    ) async throws -> (DatabaseOptions.Location, remove: @Sendable () async -> Void) {
        switch engine {
        case .sqlite: try await SQLiteTemplates.shared.copy(of: migrations)
        case .postgres: try await PostgresTemplates.shared.copy(of: migrations)
        }
    }

    /// The cluster's address. Throws with the way to get one when there is none: nothing is skipped quietly.
    public static func cluster() throws -> String {
        guard let address = ProcessInfo.processInfo.environment[variable], !address.isEmpty else {
            throw TestDatabaseError("\(variable) is not set: run bin/test, which starts a PostgreSQL cluster")
        }
        return address
    }
}

/// What keeps a test from getting a database.
public struct TestDatabaseError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Migrated files of this process, one per list of migrations.
private actor SQLiteTemplates {
    static let shared = SQLiteTemplates()
    private var templates: [String: Task<String, any Error>] = [:]

    func copy(
        of migrations: [Migration]
    ) async throws -> (DatabaseOptions.Location, remove: @Sendable () async -> Void) {
        let folder = try Self.newFolder()
        let path = folder.appending(path: "test.sqlite").path
        if !migrations.isEmpty {
            try FileManager.default.copyItem(atPath: try await template(migrations), toPath: path)
        }
        return (.sqlite(path: path), { try? FileManager.default.removeItem(at: folder) })
    }

    private func template(_ migrations: [Migration]) async throws -> String {
        let key = migrations.fingerprint(for: .sqlite)
        if let template = templates[key] { return try await template.value }
        let template = Task {
            let path = try Self.newFolder().appending(path: "template.sqlite").path
            let database = try await Database.open(DatabaseOptions(.sqlite(path: path)))
            try await database.migrate(migrations)
            await database.close()  // the last connection moves the log into the file
            return path
        }
        templates[key] = template
        return try await template.value
    }

    private static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// Migrated databases of the cluster, one per list of migrations and process.
private actor PostgresTemplates {
    static let shared = PostgresTemplates()
    private var templates: [String: Task<String, any Error>] = [:]
    private var maintenance: Task<Database, any Error>?
    private let run = UUID().uuidString.prefix(8).lowercased()
    private var count = 0

    func copy(
        of migrations: [Migration]
    ) async throws -> (DatabaseOptions.Location, remove: @Sendable () async -> Void) {
        let cluster = try await cluster()
        let template = migrations.isEmpty ? "template0" : try await template(migrations)
        count += 1
        let name = "test_\(run)_\(count)"
        try await cluster.create(name, from: template)
        return (
            .postgres(try Self.address(of: name)),
            { try? await cluster.administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        )
    }

    private func template(_ migrations: [Migration]) async throws -> String {
        let key = migrations.fingerprint(for: .postgres)
        if let template = templates[key] { return try await template.value }
        let name = "template_\(run)_\(templates.count)"
        let template = Task {
            try await cluster().create(name, from: "template0")
            let database = try await Database.open(DatabaseOptions(.postgres(Self.address(of: name))))
            try await database.migrate(migrations)
            await database.close()  // PostgreSQL copies only a database that nobody is connected to
            return name
        }
        templates[key] = template
        return try await template.value
    }

    private func cluster() async throws -> Database {
        if let maintenance { return try await maintenance.value }
        let opening = Task { try await Database.open(DatabaseOptions(.postgres(TestDatabase.cluster()))) }
        maintenance = opening
        return try await opening.value
    }

    /// The cluster's address with another database in its path.
    private static func address(of name: String) throws -> String {
        let address = try TestDatabase.cluster()
        guard var url = URLComponents(string: address), url.scheme?.hasPrefix("postgres") == true else {
            throw TestDatabaseError("\(TestDatabase.variable) must be a postgres:// URL")
        }
        url.path = "/" + name
        return url.string ?? address
    }
}

extension Database {
    fileprivate func create(_ name: String, from template: String) async throws {
        try await administer(
            "CREATE DATABASE \(name) TEMPLATE \(template) ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' STRATEGY FILE_COPY"
        )
    }
}
