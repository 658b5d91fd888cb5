import App
import ArgumentParser
import Foundation
import Storage

/// `resolute migrate`: brings the database to this program's schema, after a backup of its own.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to this program's schema; makes a backup first.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let configuration = try data.configuration()
        try DataFolder.make(configuration.dataFolder)
        let done = try await MigrateCommand.migrate(configuration)
        Terminal.say(done.isEmpty ? "The schema is up to date." : "Done: " + done.joined(separator: ", "))
    }

    /// Backs an existing installation up when steps are pending, then runs them. Safe to interrupt and to run again.
    @discardableResult static func migrate(_ configuration: Configuration) async throws -> [String] {
        let database = try await Database.open(configuration.database)
        do {
            let now = WallClock.system(zone: configuration.zone).now()
            let backup = Backup(configuration: configuration, database: database, now: now)
            if let file = try await backup.beforeMigrating() {
                Terminal.note("The database is older than this program; its backup is \(file.path)")
            }
            // Asked first: migrating takes the lock for writing, and a server may be at work on the same data.
            let isDone = try await database.appliedMigrations() == Schema.migrations.map(\.id)
            let done = isDone ? [] : try await database.migrate(Schema.migrations)
            await database.close()
            return done
        } catch {
            await database.close()
            throw error
        }
    }
}
