import ArgumentParser
import Foundation

/// The command line: one binary, one data folder.
@main
struct Resolute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolute",
        abstract: "From resolution to results: the steering platform for public programmes.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, InitCommand.self, DemoCommand.self, DoctorCommand.self, MigrateCommand.self,
            BackupCommand.self, RestoreCommand.self, UserCommand.self, TokenCommand.self, PersonCommand.self,
            OfficeCommand.self, UnitCommand.self, DocumentCommand.self, CommitteeCommand.self, CoverageCommand.self,
            GapCommand.self, TaskCommand.self, SearchCommand.self,
            AuditCommand.self, RoutesCommand.self,
        ])

    /// Runs the command; whatever goes wrong is one readable line on standard error and an exit code.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var long = command as? any AsyncParsableCommand {
                try await long.run()
            } else {
                try command.run()
            }
        } catch {
            let (text, code) = Terminal.failure(error)
            let stream = code == 0 ? FileHandle.standardOutput : FileHandle.standardError
            if !text.isEmpty { stream.write(Data((text + "\n").utf8)) }
            Foundation.exit(code)
        }
    }
}
