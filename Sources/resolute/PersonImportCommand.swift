import App
import ArgumentParser
import Foundation

/// `resolute person import people.xlsx --dry-run`
struct PersonImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the people and offices of a CSV or XLSX file: all or, with a bad row, none.",
        discussion: """
            Columns: name, unit, title, from; and, if wanted, to, decision, role, ceiling, invite, person. The links of
            those who are invited go to standard output, this once. Exit code 65 when a row is bad.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The file; with --template the one to write.") var file: String
    @Flag(help: "Take the good rows and leave out the bad ones.") var goodRows = false
    @Flag(help: "Check everything, change nothing.") var dryRun = false
    @Flag(help: "Write a file to fill in.") var template = false
    @Option(help: "Days for which the links of invitations are good, 1 to 30.") var days = 7
    @Option(name: .customLong("base-url"), help: "What people type to reach this installation, for the links.")
    var baseURL = "http://127.0.0.1:8080"

    func run() async throws {
        if template { return try Terminal.write(template: PersonImportReading.template, to: file) }
        let options = PersonImportOptions(takesGoodRows: goodRows, isTrial: dryRun, days: days)
        try await data.importing(file) { url, bar, services in
            try PersonImportReading.file(url, words: PersonImportWords(services.catalogue), progress: bar.show)
        } into: { read, services, bar in
            let clock = services.clock
            let work = PersonImport(
                viewer: PersonCommand.viewer, today: clock.today(), now: clock.now(), progress: bar.show)
            return try await work.run(read, options, into: services.database)
        } tell: {
            tell($0)
        }
    }

    private func tell(_ report: PersonImportReport) {
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        if !report.links.isEmpty { Terminal.note("Links, not shown again:") }
        for link in report.links { Terminal.say([link.name, link.title, base + link.path].joined(separator: "\t")) }
        let verb = report.isTrial ? "could be imported" : "imported"
        Terminal.note(
            "\(report.taken) of \(report.rows) rows \(verb) (\(report.people) new people, \(report.grants) rights)")
    }
}
