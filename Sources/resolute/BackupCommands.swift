import App
import ArgumentParser
import Foundation
import Storage

/// `resolute backup FILE`: a verified copy of the whole installation in one file, while it works.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy database and keys into one file, and verify it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write; it must not exist.") var file: String

    func run() async throws {
        let configuration = try data.configuration()
        let database = try await openExisting(configuration)
        let now = WallClock.system(zone: configuration.zone).now()
        let backup = Backup(configuration: configuration, database: database, now: now)
        let manifest = try await backup.write(to: URL(filePath: file).standardizedFileURL)
        await database.close()
        Terminal.say("\(file): verified, \(manifest.summary)")
    }
}

/// `resolute restore FILE`: puts a backup in place.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Check a backup and put it in place. Stop the server first.")

    @OptionGroup var data: DataOptions
    @Argument(help: "A file written by `resolute backup`.") var file: String
    @Flag(help: "Replace what is there; the old data folder is moved aside.") var force = false

    func run() async throws {
        let configuration = try data.configuration()
        let restoring = Restoring(
            configuration: configuration, now: WallClock.system(zone: configuration.zone).now())
        let manifest = try await restoring.restore(URL(filePath: file).standardizedFileURL, force: force)
        Terminal.say("Restored into \(configuration.dataFolder.path): \(manifest.summary)")
    }
}

/// The database of an installation that must already be there.
func openExisting(_ configuration: Configuration) async throws -> Database {
    if case .sqlite(let path) = configuration.database.location, !FileManager.default.fileExists(atPath: path) {
        throw StartError("There is no database \(path). Name the data folder with --data DIR.", exitCode: 66)
    }
    return try await Database.open(configuration.database)
}

extension BackupManifest {
    /// `sqlite, made 2026-11-22T…, 14150 units, 12 people, 3400 events`
    var summary: String {
        func count(_ table: String) -> Int { rows[table] ?? 0 }
        return "\(engine), made \(madeAt), \(count("unit")) units, \(count("person")) people, \(count("event")) events"
    }
}
