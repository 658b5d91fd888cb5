import App
import ArgumentParser
import Foundation
import Storage

/// `resolute task import tasks.xlsx --unit "Sở Khoa học và Công nghệ Gia Lai" --dry-run`
struct TaskImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make drafts of the tasks of a CSV or XLSX file: all or, with a bad row, none.",
        discussion: """
            Columns: title, lead_unit; and, if wanted, those that --template writes. Exit code 65 when a row is bad.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The file; with --template the one to write.") var file: String
    @Option(help: "The unit that gives the tasks: its code, uid or name.") var unit: String?
    @Flag(help: "Take the good rows and leave out the bad ones and what hangs on them.") var goodRows = false
    @Flag(help: "Issue those that are clear; the others stay drafts.") var issue = false
    @Flag(help: "Check everything, change nothing.") var dryRun = false
    @Flag(help: "Write a file to fill in.") var template = false

    func run() async throws {
        if template { return try Terminal.write(template: TaskImportColumns.template, to: file) }
        guard let unit else { throw CommandFailure("Name the unit that gives the tasks: --unit.", exitCode: 64) }
        let options = TaskImportOptions(takesGoodRows: goodRows, issuesClear: issue, isTrial: dryRun)
        try await data.importing(file) { url, bar, services in
            try TaskImportFile.read(url, services.catalogue, progress: bar.show)
        } into: { read, services, bar in
            let today = services.clock.today()
            let giving = try await services.database.read { tx in
                try UnitArgument.unit(unit, UnitStore(tx: tx, viewer: TaskCommand.viewer, today: today)).uid
            }
            let work = TaskImport(
                viewer: TaskCommand.viewer, today: today, now: services.clock.now(), assigning: giving,
                progress: bar.show)
            return try await work.run(read, options, into: services.database)
        } tell: {
            tell($0)
        }
    }

    private func tell(_ report: TaskImportReport) {
        if report.earlier != nil { Terminal.note("The unit imported this very file before.") }
        if report.warnings.count > 0 {
            let lines = report.warnings.shown.compactMap(\.line).prefix(50).map { String($0) }.joined(separator: ", ")
            Terminal.note("The deadline has passed in \(report.warnings.count) rows: \(lines).")
        }
        let verb = report.isTrial ? "could be drafted" : "drafted"
        let clear = report.isTrial ? "\(report.clear) clear" : "\(report.issued) issued"
        Terminal.say("\(report.taken) of \(report.rows) tasks \(verb), \(clear)")
        if let uid = report.uid { Terminal.say("/tasks/imports/\(uid)") }
    }
}
