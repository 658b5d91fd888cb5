import App
import ArgumentParser
import Foundation
import Storage

/// `resolute document import documents.csv --dry-run`
struct DocumentImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register the papers of a CSV or XLSX file: all or, with a bad row, none.",
        discussion: """
            Columns: sign, type, issuer, title, issued_on; and, if wanted, effect_from, effect_to, signer,
            signer_title, capacity, secrecy, term, aliases, recipients, implements, concretises, amends, replaces,
            cites, source, quote, reference, holder. Several values of a cell stand between semicolons; a link may
            point to a row further down. Exit code 65 when a row is bad.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The file; with --template the one to write.") var file: String
    @Flag(help: "Take the good rows and leave out the bad ones and what rests on them.") var goodRows = false
    @Flag(help: "Check everything, change nothing.") var dryRun = false
    @Flag(help: "Write a file to fill in.") var template = false

    func run() async throws {
        if template { return try Terminal.write(template: DocumentImportFile.template, to: file) }
        let options = DocumentImport.Options(takesGoodRows: goodRows, isTrial: dryRun)
        try await data.importing(file) { url, _, services in
            try DocumentImportFile.read(url, words: DocumentImportWords(services.catalogue))
        } into: { read, services, _ in
            let clock = services.clock
            let work = DocumentImport(viewer: DocumentCommand.viewer, today: clock.today(), now: clock.now())
            return try await work.run(read, options, into: services.database)
        } tell: {
            tell($0)
        }
    }

    private func tell(_ report: DocumentImport.Report) {
        let counts = report.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
        let list = counts.isEmpty ? "" : " (" + counts.joined(separator: ", ") + ")"
        let verb = report.isTrial ? "could be imported" : "imported"
        Terminal.say("\(report.taken) of \(report.rows) documents \(verb)\(list), \(report.links) links")
    }
}
