import App
import ArgumentParser
import Foundation
import Storage

/// `resolute unit import units.csv --scheme gso-2025 --from 2025-07-01`
struct UnitImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Add the units of a CSV or XLSX file: all of them or, with a bad row, none.",
        discussion: """
            Columns: code, kind, name, parent; and, if wanted, latitude, longitude, area_km2, from, to, scheme,
            name_en, hierarchy, secrecy, basis. Exit code 65 when a row is bad.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The file; with --template the one to write.") var file: String
    @Option(help: "Name of the list that the codes come from.") var scheme = "gso-2025"
    @Option(help: "Another list in which the codes of parents may stand; can be repeated.")
    var parentScheme: [String] = []
    @Option(help: "First day of rows that have none (roots excepted).") var from: String?
    @Option(help: "Day from which rows that say nothing else no longer exist.") var to: String?
    @Option(help: "Legal basis of rows that have none.") var basis = ""
    @Flag(help: "Take the good rows and leave out the bad ones and what stands below them.") var goodRows = false
    @Flag(help: "Check everything, change nothing.") var dryRun = false
    @Flag(help: "Write a file to fill in.") var template = false

    func run() async throws {
        if template { return try Terminal.write(template: UnitImportReading.template, to: file) }
        let options = UnitImportOptions(
            scheme: scheme, parentSchemes: parentScheme, from: try from.map(UnitArgument.day),
            to: try to.map(UnitArgument.day), basis: basis, takesGoodRows: goodRows, isTrial: dryRun)
        try await data.importing(file) { url, bar, _ in
            try UnitImportReading.file(url, options: options, progress: bar.show)
        } into: { read, services, bar in
            let clock = services.clock
            let work = UnitImport(
                viewer: UnitCommand.viewer, today: clock.today(), now: clock.now(), progress: bar.show)
            return try await work.run(read, options, into: services.database)
        } tell: {
            tell($0)
        }
    }

    private func tell(_ report: UnitImportReport) {
        if report.dependents > 0 { Terminal.note("\(report.dependents) more rows stand below bad ones.") }
        if let separator = report.separator, separator != .comma { Terminal.note("The separator is the \(separator).") }
        if report.known > 0 { Terminal.note("\(report.known) roots were there already and are used as they are.") }
        let counts = report.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
        let list = counts.isEmpty ? "" : " (" + counts.joined(separator: ", ") + ")"
        let verb = report.isTrial ? "could be imported" : "imported"
        Terminal.say("\(report.taken) of \(report.rows) units \(verb)\(list)")
    }
}
