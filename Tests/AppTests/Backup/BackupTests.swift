import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct BackupTests {
    /// Found once in an archive, unlike its name.
    private static let key = Data("0123456789abcdef of a test".utf8)
    private static let now = Instant(milliseconds: 1_790_000_000_000)

    /// A data folder with a key, a database with two units, and a place for the backup.
    private func withInstallation(
        _ engine: Engine, _ body: (Configuration, Database, URL) async throws -> Void
    ) async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)")
        let folder = base.appending(path: "data", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: base) }
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            try await database.write { tx in
                try tx.run("INSERT INTO installation (key, value) VALUES ('origin', \(UID.new(at: BackupTests.now)))")
                let draft = UnitDraft(kind: .country, name: "Việt Nam", parent: nil, from: .beginning, secrecy: .public)
                try UnitStore(tx: tx, viewer: .system("test"), today: .beginning).create(draft, at: BackupTests.now)
            }
            try BackupTests.key.write(to: folder.appending(path: "audit-key"))
            let configuration = Configuration(dataFolder: folder, resources: base, database: database.options)
            try await body(configuration, database, base)
        }
    }

    private func target(_ engine: Engine, _ base: URL) async throws -> (
        Configuration, remove: @Sendable () async -> Void
    ) {
        let folder = base.appending(path: "restored", directoryHint: .isDirectory)
        if engine == .sqlite {
            let path = folder.appending(path: "resolute.sqlite").path
            return (
                Configuration(dataFolder: folder, resources: base, database: DatabaseOptions(.sqlite(path: path))), {}
            )
        }
        let (location, remove) = try await TestDatabase.make(.postgres)
        return (Configuration(dataFolder: folder, resources: base, database: DatabaseOptions(location)), remove)
    }

    @Test(arguments: Engine.allCases) func whatIsRestoredIsWhatWasThere(_ engine: Engine) async throws {
        try await withInstallation(engine) { configuration, database, base in
            let file = base.appending(path: "backup.tar")
            let backup = Backup(configuration: configuration, database: database, now: BackupTests.now)
            let manifest = try await backup.write(to: file)
            #expect(manifest.rows["unit"] == 1)
            #expect(manifest.files.contains { $0.path == "data/audit-key" })
            let (place, remove) = try await target(engine, base)
            try await Restoring(configuration: place, now: BackupTests.now).restore(file, force: false)
            let restored = try await Database.open(place.database)
            let names = try await restored.read { tx in
                try tx.all("SELECT name FROM unit_version").map { try $0.text(0) }
            }
            await restored.close()
            #expect(names == ["Việt Nam"])
            let key = try Data(contentsOf: place.dataFolder.appending(path: "audit-key"))
            #expect(key == BackupTests.key)
            await remove()
        }
    }

    /// The files of records travel along, from the data folder or from a folder elsewhere, and come back to where the
    /// new place has them; what is still arriving stays behind.
    @Test(arguments: Engine.allCases, [false, true])
    func filesOfRecordsComeBack(_ engine: Engine, _ isElsewhere: Bool) async throws {
        try await withInstallation(engine) { configuration, database, base in
            var configuration = configuration
            if isElsewhere { configuration.files = base.appending(path: "shared", directoryHint: .isDirectory) }
            let store = FileStore(folder: configuration.filesFolder)
            let received = try await store.receive(Array(BackupTests.key), name: "a.txt")
            try await store.keep(received)
            _ = try await store.receive([1], name: "arriving")
            let file = base.appending(path: "backup.tar")
            let manifest = try await Backup(configuration: configuration, database: database, now: BackupTests.now)
                .write(to: file)
            let hash = received.sha256
            let paths = manifest.files.map(\.path).filter { $0.contains("files/") }
            #expect(paths == ["files/\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash)"])
            var (place, remove) = try await target(engine, base)
            if isElsewhere { place.files = base.appending(path: "other", directoryHint: .isDirectory) }
            try await Restoring(configuration: place, now: BackupTests.now).restore(file, force: false)
            let restored = try Data(contentsOf: FileStore(folder: place.filesFolder).url(hash))
            #expect(restored == BackupTests.key)
            await remove()
        }
    }

    @Test(arguments: Engine.allCases) func aRestoreOverwritesNothingUnasked(_ engine: Engine) async throws {
        try await withInstallation(engine) { configuration, database, base in
            let file = base.appending(path: "backup.tar")
            try await Backup(configuration: configuration, database: database, now: BackupTests.now).write(to: file)
            await #expect(throws: BackupError.self) {
                try await Restoring(configuration: configuration, now: BackupTests.now).restore(file, force: false)
            }
            let key = try Data(contentsOf: configuration.dataFolder.appending(path: "audit-key"))
            #expect(key == BackupTests.key)
        }
    }

    @Test(arguments: Engine.allCases) func aDamagedBackupIsRefusedBeforeAnythingIsTouched(_ engine: Engine) async throws
    {
        try await withInstallation(engine) { configuration, database, base in
            let file = base.appending(path: "backup.tar")
            try await Backup(configuration: configuration, database: database, now: BackupTests.now).write(to: file)
            var bytes = try Data(contentsOf: file)
            let key = try #require(bytes.range(of: BackupTests.key))
            bytes[key.lowerBound] = UInt8(ascii: "?")
            try bytes.write(to: file)
            let (place, remove) = try await target(engine, base)
            await #expect(throws: BackupError("data/audit-key in the backup is damaged: its hash differs.")) {
                try await Restoring(configuration: place, now: BackupTests.now).restore(file, force: false)
            }
            #expect(!FileManager.default.fileExists(atPath: place.dataFolder.path))
            await remove()
        }
    }

    @Test(arguments: Engine.allCases) func aBackupIsNeverWrittenOverAFile(_ engine: Engine) async throws {
        try await withInstallation(engine) { configuration, database, base in
            let file = base.appending(path: "backup.tar")
            try Data("mine".utf8).write(to: file)
            await #expect(throws: BackupError.self) {
                try await Backup(configuration: configuration, database: database, now: BackupTests.now).write(to: file)
            }
            let kept = try Data(contentsOf: file)
            #expect(kept == Data("mine".utf8))
        }
    }

    @Test(arguments: Engine.allCases) func anUpgradeMakesItsBackupFirst(_ engine: Engine) async throws {
        try await withInstallation(engine) { configuration, database, _ in
            let backup = Backup(configuration: configuration, database: database, now: BackupTests.now)
            #expect(try await backup.beforeMigrating() == nil)
            let last = try #require(Schema.migrations.last?.id)
            try await database.write { tx in _ = try tx.run("DELETE FROM schema_migration WHERE id = \(last)") }
            let file = try #require(try await backup.beforeMigrating())
            #expect(FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test func rowsOfADumpAreCounted() {
        var reader = DumpReader()
        let text =
            "-- comment\nCOPY public.unit (id, name) FROM stdin;\n1\ta\n2\tb\n\\.\n\nCOPY public.event (id) FROM stdin;\n\\.\n"
        for piece in [text.prefix(40), text.dropFirst(40)] { reader.read(Data(piece.utf8)) }
        #expect(reader.rows == ["unit": 2])
    }

    @Test func aPasswordIsNotShownInTheListOfProcesses() {
        let server = PostgresAddress("postgres://user:s3cret@db.example.vn:5432/resolute")
        #expect(!server.address.contains("s3cret"))
        #expect(server.environment == ["PGPASSWORD": "s3cret"])
    }
}
