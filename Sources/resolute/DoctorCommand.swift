import App
import ArgumentParser
import Foundation
import Storage

/// `resolute doctor`: is this installation well, and what to do if not.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Examine disk, permissions, clock, database and computed tables.")

    @OptionGroup var data: DataOptions
    @Flag(help: "Compute tables again that differ from their sources.") var repair = false
    @Flag(help: "Print the findings as JSON.") var json = false

    func run() async throws {
        var configuration = try data.configuration()
        configuration.database = configuration.database.unhurried
        let database = try await openExisting(configuration)
        let machine = WallClock.system(zone: configuration.zone)
        // A database that cannot say it yet is not a demonstration's.
        let clock = (try? await DemoDay.clock(database, machine: machine)) ?? machine
        let doctor = Doctor(configuration: configuration, database: database, clock: clock)
        let findings = await doctor.examine(repair: repair)
        await database.close()
        Terminal.say(json ? try DoctorCommand.json(findings) : DoctorCommand.table(findings))
        if !Doctor.isWell(findings) { throw ExitCode(1) }
    }

    static func table(_ findings: [Finding]) -> String {
        let width = findings.map(\.name.count).max() ?? 0
        return findings.map { finding in
            let state = finding.state.rawValue.padding(toLength: 4, withPad: " ", startingAt: 0)
            return "\(state)  \(finding.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(finding.text)"
        }.joined(separator: "\n")
    }

    private static func json(_ findings: [Finding]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(findings), as: UTF8.self)
    }
}
