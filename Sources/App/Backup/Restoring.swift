public import Foundation
import Storage

/// A backup on its way back: checked whole before anything that exists is touched.
public struct Restoring: Sendable {
    let configuration: Configuration
    let now: Instant

    public init(configuration: Configuration, now: Instant) {
        self.configuration = configuration
        self.now = now
    }

    /// Unpacks beside the data folder, checks, and puts everything in place. What was there is kept beside it, and is
    /// only moved away with `force`.
    @discardableResult public func restore(_ file: URL, force: Bool) async throws -> BackupManifest {
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            throw BackupError("\(file.path) cannot be read.")
        }
        let folder = configuration.dataFolder.deletingLastPathComponent()
            .appending(path: ".resolute-restore-\(UUID().uuidString)", directoryHint: .isDirectory)
        try Backup.makePrivate(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try unpack(file, to: folder)
        let manifest = try BackupManifest.checked(in: folder)
        try checkFit(manifest)
        try await refuseOverwriting(force: force)
        try await putInPlace(folder, manifest, force: force)
        try await checkResult(manifest)
        return manifest
    }

    private func unpack(_ file: URL, to folder: URL) throws {
        let tar = ChildProgram(name: "tar", package: "tar")
        var listing = Data()
        try tar.run(["--list", "--file", file.path]) { listing += $0 }
        for name in String(decoding: listing, as: UTF8.self).split(separator: "\n") {
            guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
                throw BackupError("The backup holds the unsafe name \(name).")
            }
        }
        try tar.run(["--extract", "--file", file.path, "--directory", folder.path, "--no-same-owner"])
    }

    private func checkFit(_ manifest: BackupManifest) throws {
        let engine = configuration.database.engine.rawValue
        guard manifest.engine == engine else {
            throw BackupError(
                "This is a backup of \(manifest.engine), and the target is \(engine). "
                    + (manifest.engine == "postgres" ? "Set RESOLUTE_DATABASE." : "Unset RESOLUTE_DATABASE."))
        }
        let known = Schema.migrations.map(\.id)
        if let newer = manifest.migrations.first(where: { !known.contains($0) }) {
            throw BackupError("This backup comes from a newer program (\"\(newer)\"): restore it with that one.")
        }
    }

    private func refuseOverwriting(force: Bool) async throws {
        if force { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: configuration.dataFolder.path)) ?? []
        guard names.isEmpty else {
            throw BackupError(
                "The data folder \(configuration.dataFolder.path) is not empty. "
                    + "With --force it is moved aside, after you have stopped the server.")
        }
        guard configuration.database.engine == .postgres else { return }
        let database = try await Database.open(configuration.database)
        let applied = try? await database.appliedMigrations()
        await database.close()
        guard let applied, applied.isEmpty else {
            throw BackupError("The database already holds an installation. With --force it is replaced.")
        }
    }

    private func putInPlace(_ folder: URL, _ manifest: BackupManifest, force: Bool) async throws {
        let copy = folder.appending(path: BackupManifest.databaseName(configuration.database.engine))
        // The database first: when it fails, the data folder is as it was.
        if case .postgres(let address) = configuration.database.location { try load(copy, into: address, clean: force) }
        let target = configuration.dataFolder
        if FileManager.default.fileExists(atPath: target.path) {
            try FileManager.default.moveItem(at: target, to: aside(target))
        }
        try FileManager.default.moveItem(at: folder.appending(path: "data"), to: target)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: target.path)
        if case .sqlite(let path) = configuration.database.location {
            try FileManager.default.moveItem(at: copy, to: URL(filePath: path))
        }
        try putFiles(folder.appending(path: "files", directoryHint: .isDirectory))
    }

    /// Files are named by their content: what is there already is the same.
    private func putFiles(_ folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        let (source, target) = (FileStore(folder: folder), FileStore(folder: configuration.filesFolder))
        for path in try BackupManifest.paths(in: folder) {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            guard HexText.isSHA256(name), !target.has(name) else { continue }
            try Backup.makePrivate(target.url(name).deletingLastPathComponent())
            try FileManager.default.moveItem(at: source.url(name), to: target.url(name))
        }
    }

    private func aside(_ folder: URL) -> URL {
        folder.deletingLastPathComponent().appending(
            path: "\(folder.lastPathComponent).before-restore-\(now.milliseconds)")
    }

    /// All or nothing: one transaction.
    private func load(_ dump: URL, into address: String, clean: Bool) throws {
        let server = PostgresAddress(address)
        var arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        if clean { arguments += ["--clean", "--if-exists"] }
        try ChildProgram(name: "pg_restore", package: "postgresql-client", environment: server.environment)
            .run(arguments + ["--dbname", server.address, dump.path])
    }

    private func checkResult(_ manifest: BackupManifest) async throws {
        let database = try await Database.open(configuration.database)
        do {
            let rows = try await RowCount.all(database)
            await database.close()
            guard rows == manifest.rows else {
                throw BackupError("The restored database has other row counts than the backup: \(rows).")
            }
        } catch {
            await database.close()
            throw error
        }
    }
}
