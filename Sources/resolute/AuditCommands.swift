import App
import ArgumentParser
import Foundation
import Storage

/// `resolute audit`: proof of the record of events.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove the record of events, sign where it ends, write it out.",
        subcommands: [AuditVerify.self, AuditCheckpointCommand.self, AuditExport.self])
}

/// Exit code 0: intact; 1: findings; 2: cannot tell.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every sealed event; says what it can prove and what it cannot.")

    @OptionGroup var data: DataOptions
    @Option(help: "A checkpoint kept elsewhere, beside those in the data folder; may be given again.")
    var checkpoint: [String] = []
    @Flag(help: "Do not use the checkpoints in the data folder.") var noSaved = false

    func run() async throws {
        let report: AuditReport
        do {
            report = try await data.withExisting { services in try await verify(services) }
        } catch {
            Terminal.note("Cannot tell: \(Terminal.failure(error).text)")
            throw ExitCode(2)
        }
        for line in report.lines { Terminal.say(line) }
        guard report.isIntact else { throw ExitCode(report.exitCode) }
    }

    private func verify(_ services: Services) async throws -> AuditReport {
        let files = AuditFiles(dataFolder: services.configuration.dataFolder)
        let saved = noSaved ? [] : try files.saved()
        if !saved.isEmpty { Terminal.say("Using \(saved.count) checkpoint(s) in \(files.checkpoints.path)") }
        let given = try checkpoint.map { try AuditFiles.read(URL(filePath: $0)) }
        let all = saved.map(\.checkpoint) + given
        let key = try files.publicKey()
        let now = services.clock.now()
        let report = try await services.database.read { tx in
            try AuditChain(tx: tx).verify(checkpoints: all, key: key, at: now)
        }
        let proof = AuditProof(at: now, seq: report.end, findings: report.findingCount)
        // A note for the administrators' page; a database that cannot be written to can still be proved.
        do {
            try await services.database.write { tx in try proof.keep(tx) }
        } catch { Terminal.note("The result could not be noted for the audit page: \(error)") }
        return report
    }
}

/// Named apart from the checkpoint itself.
struct AuditCheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Seal what waits and sign where the chain ends. Keep the file on another machine.")

    @OptionGroup var data: DataOptions
    @Option(help: "Where to write it (default: the folder checkpoints in the data folder).") var out: String?

    func run() async throws {
        try await data.withExisting { services in
            var sealed = 0
            repeat {
                sealed = try await services.database.write { tx in try AuditChain(tx: tx).seal() }
            } while sealed == AuditChain.batch
            let checkpoint = try await AuditCheckpoint.take(services)
            if let out {
                try checkpoint.json().write(to: URL(filePath: out), options: .atomic)
                Terminal.say("Checkpoint at seq \(checkpoint.seq) written to \(out)")
            } else {
                let file = try AuditFiles(dataFolder: services.configuration.dataFolder).save(checkpoint)
                Terminal.say("Checkpoint at seq \(checkpoint.seq) written to \(file.path)")
            }
        }
    }
}

/// One JSON object a line, so that another program can check the chain by docs/decisions/0011-audit-chain.md.
struct AuditExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the sealed events with their hashes, one JSON object a line.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The file, or - for standard output.") var file = "-"

    func run() async throws {
        try await data.withExisting { services in
            let output = try handle()
            let count = try await services.database.read { tx in
                try AuditChain(tx: tx).export { line in try output.write(contentsOf: Data((line + "\n").utf8)) }
            }
            Terminal.note("\(count) sealed event(s) written")
        }
    }

    private func handle() throws -> FileHandle {
        if file == "-" { return .standardOutput }
        let options: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: file, contents: nil, attributes: options),
            let handle = FileHandle(forWritingAtPath: file)
        else { throw StartError("\(file) cannot be written.", exitCode: 73) }
        return handle
    }
}

extension DataOptions {
    /// As `withApplication`, and refuses where nothing is: an installation made in passing would prove nothing.
    fileprivate func withExisting<T: Sendable>(_ body: (Services) async throws -> T) async throws -> T {
        let database = try await openExisting(try configuration())
        await database.close()
        return try await withApplication(body)
    }
}
