import App
import ArgumentParser
import Foundation
import Storage

/// `resolute document …`: the registry of documents, for whoever has the data folder.
struct DocumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "List, show, draft, change, issue, link, import and export documents, and their files.",
        subcommands: [
            DocumentListCommand.self, DocumentShowCommand.self, DocumentCreateCommand.self,
            DocumentRegisterCommand.self, DocumentActCommand.self, DocumentImportCommand.self,
            DocumentExportCommand.self, DocumentFilesCommand.self, DocumentAttachCommand.self,
            DocumentCascadeCommand.self, DocumentOpinionsCommand.self, DocumentReadersCommand.self,
            DocumentHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute document")

    static func store(_ tx: Transaction, _ today: Day) -> DocumentStore {
        DocumentStore(tx: tx, viewer: viewer, today: today)
    }
}

/// What narrows a list of documents on the command line.
struct DocumentFilterOptions: ParsableArguments {
    @Option(help: "A number in any spelling, or words of number, title and other names.") var q: String?
    @Option(help: "resolution, decision, plan, programme, notice …") var type: String?
    @Option(help: "Only what this unit has issued: its code, uid or name.") var issuer: String?
    @Option(help: "Only what was issued in this year.") var year: Int?
    @Option(help: "draft, issued or withdrawn.") var state: String?
    @Option(help: "Only what rests on this document, at any depth: its number, uid or other name.") var under: String?
    @Option(help: "Only what rests on this document itself.") var basis: String?

    func filter(_ tx: Transaction, _ today: Day) throws -> DocumentFilter {
        let units = UnitStore(tx: tx, viewer: DocumentCommand.viewer, today: today)
        let store = DocumentCommand.store(tx, today)
        var filter = DocumentFilter()
        filter.under = try under.map { try DocumentArgument.document($0, store).uid }
        filter.basis = try basis.map { try DocumentArgument.document($0, store).uid }
        filter.text = q ?? ""
        filter.year = year
        filter.type = try type.map { try DocumentFilterOptions.word($0, "a type of document") }
        filter.issuer = try issuer.map { try UnitArgument.unit($0, units).uid }
        if let state {
            let listed: DocumentFilter.Listed = try DocumentFilterOptions.word(state, "a state")
            filter.state = Document.State(rawValue: listed.rawValue)
        }
        return filter
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ what: String
    ) throws -> Word {
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure("\(text) is not \(what). There are: \(words)", exitCode: 64)
    }
}

/// `resolute document list --q "283/kh-ubnd"`
struct DocumentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List documents: uid, number, type, day, issuer, title.")

    @OptionGroup var data: DataOptions
    @OptionGroup var wanted: DocumentFilterOptions
    @Flag(help: "One JSON object a line, with the members of the API.") var json = false

    func run() async throws {
        let wanted = wanted, json = json
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                let store = DocumentStore(tx: tx, viewer: DocumentCommand.viewer, today: today)
                try store.each(try wanted.filter(tx, today)) { row in
                    Terminal.say(json ? DocumentExportJSON.row(row, on: today) : DocumentListCommand.line(row))
                }
            }
        }
    }

    private static func line(_ row: DocumentRow) -> String {
        let document = row.document
        return [
            row.uid.text, document.sign.isEmpty ? "-" : document.sign, document.type.rawValue,
            document.issuedOn == .never ? document.state.rawValue : document.issuedOn.text, document.issuerName,
            document.title,
        ].joined(separator: "\t")
    }
}

/// `resolute document show 57-NQ/TW`
struct DocumentShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one document with its links.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let typed = document, json = json
        try await data.withApplication { services in
            let today = services.clock.today()
            let detail = try await services.database.read { tx in
                let store = DocumentStore(tx: tx, viewer: DocumentCommand.viewer, today: today)
                return try store.detail(try DocumentArgument.document(typed, store).uid)
            }
            Terminal.say(
                json ? DocumentExportJSON.detail(detail, on: today) : DocumentShowCommand.text(detail, today))
        }
    }

    private static func text(_ detail: DocumentDetail, _ today: Day) -> String {
        let document = detail.row.document
        var lines = [
            "\(detail.row.name) (\(document.type.rawValue))", "uid\t\(document.uid)", "title\t\(document.title)",
            "issuer\t\(document.issuerName)", "state\t\(detail.row.force(on: today).name)",
            "secrecy\t\(document.secrecy.name)",
        ]
        if document.issuedOn != .never { lines.append("issued\t\(document.issuedOn)") }
        if let next = detail.nextSign { lines.append("next number\t\(next)") }
        lines += detail.aliases.map { "also called\t\($0)" }
        lines += detail.links.map { "\($0.kind.rawValue)\t\($0.other.name)" }
        lines += detail.backLinks.map { "\($0.kind.rawValue) this\t\($0.other.name)" }
        lines.append("paragraphs\t\(detail.paragraphs.count)")
        lines.append("recipients\t\(detail.recipientCount)")
        return lines.joined(separator: "\n")
    }
}

/// `resolute document export documents.csv`, or `-` for standard output
struct DocumentExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write documents as CSV, in the columns that import reads.",
        discussion: "Not carried: uids, drafts, paragraphs, opinions, files, history.")

    @OptionGroup var data: DataOptions
    @OptionGroup var wanted: DocumentFilterOptions
    @Argument(help: "The file to write, or - for standard output.") var file = "-"
    @Flag(help: "Begin with a byte order mark, which some spreadsheets need to see UTF-8.") var bom = false

    func run() async throws {
        let wanted = wanted
        let start = (bom ? CSVWriter.byteOrderMark : "") + DocumentExport.header
        let output = try UnitArgument.output(file)
        try await data.withApplication { services in
            let today = services.clock.today()
            let count = try await services.database.read { tx in
                let export = DocumentExport(tx: tx, viewer: DocumentCommand.viewer, today: today)
                try output.write(contentsOf: Data(start.utf8))
                return try export.write(try wanted.filter(tx, today)) { line in
                    try output.write(contentsOf: Data(line.utf8))
                }
            }
            Terminal.note("\(count) documents")
        }
    }
}
