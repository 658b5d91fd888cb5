public import Foundation
public import Storage

/// A copy of a whole installation in one file, made while it works: a tar of the database, what else lies in the data
/// folder (keys, checkpoints), the files of records, and a manifest with the SHA-256 of each.
///
/// In this order: a checkpoint must not be newer than its database, a row not newer than its file.
public struct Backup: Sendable {
    let configuration: Configuration
    let database: Database
    let now: Instant

    public init(configuration: Configuration, database: Database, now: Instant) {
        self.configuration = configuration
        self.database = database
        self.now = now
    }

    /// Copies, verifies the copy, and only then gives the file its name.
    @discardableResult public func write(to file: URL) async throws -> BackupManifest {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw BackupError("\(file.path) is already there. Choose another name.")
        }
        let folder = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).\(UUID().uuidString)", directoryHint: .isDirectory)
        try Backup.makePrivate(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: "copy", directoryHint: .isDirectory)
        try Backup.makePrivate(copy)
        try copyDataFolder(to: copy)
        var manifest = try await copyDatabase(to: copy)
        try copyFiles(to: copy)
        manifest.files = try BackupManifest.files(in: copy)
        try manifest.write(to: copy)
        try pack(copy, folder.appending(path: "archive.tar"), file)
        return manifest
    }

    /// A backup in `DATA/backups` when the program is newer than the database; nil when there is nothing to guard.
    @discardableResult public func beforeMigrating() async throws -> URL? {
        let applied = try await database.appliedMigrations()
        guard let last = applied.last, Schema.migrations.contains(where: { !applied.contains($0.id) }) else {
            return nil
        }
        let folder = configuration.dataFolder.appending(path: "backups", directoryHint: .isDirectory)
        try Backup.makePrivate(folder)
        let step = last.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        let file = folder.appending(path: "after-\(String(step))-\(now.milliseconds).tar")
        try await write(to: file)
        return file
    }

    private func copyDatabase(to folder: URL) async throws -> BackupManifest {
        let file = folder.appending(path: BackupManifest.databaseName(database.engine))
        let before = try await RowCount.all(database)
        let migrations = try await database.appliedMigrations()
        try await database.backup(to: file.path)
        let rows = database.engine == .sqlite ? try await Backup.rows(inSQLite: file) : try RowCount.inDump(file)
        // Nothing counted is ever deleted, so a whole copy holds at least what was there when it began.
        for (table, count) in before where rows[table, default: 0] < count {
            throw BackupError(
                "The copy of \(table) has \(rows[table, default: 0]) rows of \(count): nothing was written.")
        }
        return BackupManifest(
            engine: database.engine.rawValue, madeAt: now.text, migrations: migrations, rows: rows, files: [])
    }

    /// Counts in a copy of the copy: opening a database writes beside it, and the backup itself stays untouched.
    static func rows(inSQLite file: URL) async throws -> [String: Int] {
        let scratch = file.appendingPathExtension("counting")
        defer { for side in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: scratch.path + side) } }
        try FileManager.default.copyItem(at: file, to: scratch)
        let copy = try await Database.open(DatabaseOptions(.sqlite(path: scratch.path)))
        do {
            let rows = try await RowCount.all(copy)
            await copy.close()
            return rows
        } catch {
            await copy.close()
            throw error
        }
    }

    /// Everything but the database itself, the files of records and older backups.
    private func copyDataFolder(to copy: URL) throws {
        let target = copy.appending(path: "data", directoryHint: .isDirectory)
        try Backup.makePrivate(target)
        for name in try FileManager.default.contentsOfDirectory(atPath: configuration.dataFolder.path).sorted() {
            if name.hasPrefix("resolute.sqlite") || name.hasPrefix(".") || name == "backups" || name.hasSuffix(".tar") {
                continue
            }
            if configuration.dataFolder.appending(path: name).path == configuration.filesFolder.path { continue }
            try FileManager.default.copyItem(
                at: configuration.dataFolder.appending(path: name), to: target.appending(path: name))
        }
    }

    /// What is in the file store never changes, so a second name for it is as good as a copy, and free.
    private func copyFiles(to copy: URL) throws {
        let store = FileStore(folder: configuration.filesFolder)
        guard FileManager.default.fileExists(atPath: store.folder.path) else { return }
        let target = FileStore(folder: copy.appending(path: "files", directoryHint: .isDirectory))
        for path in try BackupManifest.paths(in: store.folder) {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            guard HexText.isSHA256(name) else { continue }
            try Backup.makePrivate(target.url(name).deletingLastPathComponent())
            do {
                try FileManager.default.linkItem(at: store.url(name), to: target.url(name))
            } catch {
                // Another file system; or a file that was swept away meanwhile, which nobody needs.
                guard store.has(name) else { continue }
                try FileManager.default.copyItem(at: store.url(name), to: target.url(name))
            }
        }
    }

    /// Packs, holds the archive against the files it was made from, makes it durable, names it.
    private func pack(_ copy: URL, _ archive: URL, _ file: URL) throws {
        let tar = ChildProgram(name: "tar", package: "tar")
        try tar.run(["--create", "--file", archive.path, "--directory", copy.path, "."])
        try tar.run(["--diff", "--file", archive.path, "--directory", copy.path])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: archive.path)
        let handle = try FileHandle(forUpdating: archive)
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: archive, to: file)
    }

    static func makePrivate(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
