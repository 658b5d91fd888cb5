import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// An empty installation into which files of units are imported.
struct ImportWorld: Sendable {
    let database: Database
    let origin: UID

    static let now = Instant(milliseconds: 1_790_000_000_000)
    static let today = Day(parsing: "2026-11-22") ?? .never

    static func with<T>(_ engine: Engine, _ body: (ImportWorld) async throws -> T) async throws -> T {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            try await Installation.begin(database, at: now)
            let origin = try await database.read { try Installation.origin($0) }
            return try await body(ImportWorld(database: database, origin: origin))
        }
    }

    /// The folder of the data set that is shipped.
    static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Resources/units").standardized
    }

    @discardableResult func load(
        _ lines: [String], _ options: UnitImportOptions = .init(), as viewer: Viewer = .system("test")
    ) async throws -> UnitImportReport {
        try await load(text: lines.joined(separator: "\n") + "\n", options, as: viewer)
    }

    @discardableResult func load(
        text: String, _ options: UnitImportOptions = .init(), as viewer: Viewer = .system("test")
    ) async throws -> UnitImportReport {
        let file = try UnitImportReading.bytes(Array(text.utf8), name: "units.csv", options: options)
        return try await importing(viewer).run(file, options, into: database)
    }

    func importing(_ viewer: Viewer = .system("test")) -> UnitImport {
        UnitImport(viewer: viewer, today: Self.today, now: Self.now)
    }

    /// Rows in every table that an import touches.
    func count() async throws -> Int {
        try await database.read { tx in
            let units = try tx.first("SELECT COUNT(*) FROM unit")?.int(0) ?? -1
            let others = try tx.first(
                """
                SELECT (SELECT COUNT(*) FROM unit_version) + (SELECT COUNT(*) FROM unit_code)
                """)?.int(0)
            try #require(others == units * 2, "each unit has one version and one code")
            if units == 0 {
                let rest = try tx.first(
                    """
                    SELECT (SELECT COUNT(*) FROM unit_edge) + (SELECT COUNT(*) FROM unit_name)
                    + (SELECT COUNT(*) FROM unit_term) + (SELECT COUNT(*) FROM unit_closure)
                    + (SELECT COUNT(*) FROM event)
                    """)?.int(0)
                try #require(rest == 0)
            }
            return units
        }
    }

    /// As the other features do: the database gives the key.
    func insertOneUnit() async throws {
        let uid = UID.new(at: Self.now)
        try await database.write { tx in
            try tx.run(
                """
                INSERT INTO unit (uid, origin, from_day, to_day, secrecy, version)
                VALUES (\(uid), 'x', \(Day.beginning), \(Day.never), 0, 1)
                """)
        }
    }

    /// A unit without a code.
    func insertOneNamedUnit(_ name: String) async throws {
        try await insertOneUnit()
        let key = SortKey.vietnamese(name)
        try await database.write { tx in
            try tx.run(
                """
                INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis)
                SELECT MAX(id), 'body', 4, \(name), \(key), 'x', \(Day.beginning), \(Day.never), '' FROM unit
                """)
        }
    }

    /// Somebody who administers the unit with this code.
    func administrator(of code: String) async throws -> Viewer {
        let unit = try await database.read { tx in
            try tx.first("SELECT unit_id FROM unit_code WHERE code = \(code)")?.int64(0)
        }
        let id = ID<OrgUnit>(try #require(unit))
        let grant = Viewer.Grant(role: .administrator, hierarchy: .territory, unit: id, ceiling: .restricted)
        return Viewer(identity: .person(id: ID(1), uid: UID.new(at: Self.now), name: "An"), grants: [grant])
    }
}
