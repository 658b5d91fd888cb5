import App
import ArgumentParser
import Foundation
import Storage

/// `resolute coverage …`: who has concretised what, for whoever has the data folder.
struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Require documents of units; show which have issued what a higher document requires.",
        subcommands: [
            CoverageListCommand.self, CoverageShowCommand.self, CoverageRemindCommand.self,
            CoverageDraftReminderCommand.self, CoverageRequirementsCommand.self, CoverageRequireCommand.self,
            CoverageActCommand.self, CoverageHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute coverage")

    static func store(_ tx: Transaction, _ today: Day) -> CoverageStore {
        CoverageStore(tx: tx, viewer: viewer, today: today)
    }
}

/// `resolute coverage list`
struct CoverageListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List documents that require something: uid, name, first deadline, required, issued, late.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await data.withApplication { services in
            try await services.database.read { tx in
                let output = CoverageOutput(
                    tx: tx, viewer: CoverageCommand.viewer, services: services, language: .english)
                try output.eachSummary { summary in
                    let counts = summary.counts
                    let cells = [
                        summary.document.uid.text, summary.document.name, summary.due.text, String(counts.total()),
                        String(counts.issued()), String(counts.count(.late)),
                    ]
                    Terminal.say(cells.joined(separator: "\t"))
                }
            }
        }
    }
}

/// `resolute coverage show 57-NQ/TW --state late`
struct CoverageShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the units and what they owe under one document, as CSV.",
        discussion: "One line for each unit and requirement: unit, kind, type, deadline, status, document, day.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The higher document: its number in any spelling, or its uid.") var document: String
    @Option(help: "missing, late, done, done-late or waived; all otherwise.") var state: String?
    @Option(help: "Words of the unit's name; accents do not matter.") var q: String?
    @Option(help: "Only units below this one: its code, uid or name.") var below: String?
    @Option(help: "Language of heads and states: vi or en.") var language = "vi"

    func run() async throws {
        let typed = document, filter = try filter(), below = below
        let language = try CoverageArgument.language(language)
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                let output = CoverageOutput(
                    tx: tx, viewer: CoverageCommand.viewer, services: services, language: language)
                var filter = filter
                if let below {
                    let units = UnitStore(tx: tx, viewer: CoverageCommand.viewer, today: today)
                    filter.below = try UnitArgument.unit(below, units).uid
                }
                let uid = try CoverageArgument.document(typed, tx, today)
                FileHandle.standardOutput.write(Data(try output.csv(uid, filter).utf8))
            }
        }
    }

    private func filter() throws -> CoverageFilter {
        var filter = CoverageFilter()
        filter.text = q ?? ""
        filter.order = .name
        if let state {
            guard let known = CoverageFilter.State(rawValue: state) else {
                let states = CoverageFilter.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("\(state) is not a state. States: \(states)", exitCode: 64)
            }
            filter.state = known
        }
        return filter
    }
}

/// `resolute coverage remind 57-NQ/TW --late --by 2026-12-15`
struct CoverageRemindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind", abstract: "Write a reminder to those that have not issued what a document requires.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The higher document: its number in any spelling, or its uid.") var document: String
    @Flag(help: "Only those whose last day has passed.") var late = false
    @Option(help: "By when they are asked to answer; in seven days otherwise.") var by: String?
    @Option(help: "vi or en.") var language = "vi"

    func run() async throws {
        let typed = document, late = late, by = try by.map(UnitArgument.day)
        let language = try CoverageArgument.language(language)
        try await data.withApplication { services in
            let today = services.clock.today()
            let text = try await services.database.read { tx in
                let output = CoverageOutput(
                    tx: tx, viewer: CoverageCommand.viewer, services: services, language: language)
                return try output.reminder(CoverageArgument.document(typed, tx, today), onlyLate: late, by: by)
            }
            Terminal.say(text)
        }
    }
}

/// Reads what is typed on the command line; each mistake is a line that says how to mend it.
enum CoverageArgument {
    static func document(_ text: String, _ tx: Transaction, _ today: Day) throws -> UID {
        let store = DocumentStore(tx: tx, viewer: CoverageCommand.viewer, today: today)
        guard let row = try store.find(typed: text) else {
            throw CommandFailure(
                "No document, or more than one, is called \(text). Write its number or uid.", exitCode: 66)
        }
        return row.uid
    }

    static func language(_ text: String) throws -> Language {
        guard let language = Language(rawValue: text) else {
            let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(text) is not a language of the product. Languages: \(known)", exitCode: 64)
        }
        return language
    }
}
