import App
import ArgumentParser
import Foundation
import Storage

/// `resolute init`: a real installation with its first administrator. There is no default password anywhere.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Begin a real installation: units, if asked for, and the first administrator.")

    @OptionGroup var data: DataOptions
    @Option(help: "A registry of units to begin with: vietnam-2025") var units: String?
    @Option(help: "Full name of the first administrator.") var admin: String
    @Option(help: "What the administrator signs in with: 3 to 64 letters, digits and . - _ @") var signIn: String
    @Flag(help: "Read the password from standard input, one line.") var passwordStdin = false

    func run() async throws {
        guard SignInName.normalised(signIn) != nil else {
            throw CommandFailure("--sign-in takes 3 to 64 letters, digits and . - _ @", exitCode: 64)
        }
        try await data.withApplication { services in
            let first = FirstAdministrator(services)
            try await first.refuseSecond()
            let password = try Terminal.newPassword(fromStandardInput: passwordStdin)
            if let units { try await load(units, into: services) }
            try await first.create(name: admin, signIn: signIn, password: password)
            Terminal.say("\(admin) can sign in as \(signIn). Start the site with: resolute serve")
        }
    }

    /// Skipped when the registry is there from an attempt that ended later on.
    private func load(_ name: String, into services: Services) async throws {
        guard try await InitCommand.hasNoUnits(services) else {
            return Terminal.note("There are units already; \(name) is not loaded again.")
        }
        let reports = try await UnitDataset.load(name, into: services, progress: ProgressLine.show)
        Terminal.note("\(reports.reduce(0) { $0 + $1.taken }) units loaded.")
    }

    private static func hasNoUnits(_ services: Services) async throws -> Bool {
        let today = services.clock.today()
        return try await services.database.read { tx in
            try UnitStore(tx: tx, viewer: .system("init"), today: today).list(UnitFilter(), page: .first).items.isEmpty
        }
    }
}

/// How far an import is: one line that is written over on a terminal, nothing where there is none.
enum ProgressLine {
    static let show: ImportProgress.Callback = { progress in
        guard isatty(STDERR_FILENO) == 1, progress.total > 0 else { return }
        let share = min(100, progress.done * 100 / progress.total)
        let end = progress.done >= progress.total ? "\n" : ""
        FileHandle.standardError.write(Data("\r\(progress.phase.rawValue) \(share) %   \(end)".utf8))
    }
}
