import App
import ArgumentParser
import Foundation
import Storage

/// `resolute committee …`: steering committees, for whoever has the data folder.
struct CommitteeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "committee",
        abstract: "List, show and set up steering committees, act on them; what lower units still lack.",
        subcommands: [
            CommitteeListCommand.self, CommitteeShowCommand.self, CommitteeComplianceCommand.self,
            CommitteeCreateCommand.self, CommitteeActCommand.self, CommitteeHistoryCommand.self,
            CommitteePortfolioCommand.self,
        ])

    static let viewer = Viewer.system("resolute committee")

    static func store(_ tx: Transaction, _ today: Day) -> CommitteeStore {
        CommitteeStore(tx: tx, viewer: viewer, today: today)
    }

    /// The one committee that is called so; exit code 66 when there is none.
    static func find(_ typed: String, _ store: CommitteeStore) throws -> CommitteeRow {
        guard let row = try store.find(typed: typed) else {
            throw CommandFailure("No steering committee, or more than one, is called \(typed).", exitCode: 66)
        }
        return row
    }

    static func units(_ tx: Transaction, _ today: Day) -> UnitStore {
        UnitStore(tx: tx, viewer: viewer, today: today)
    }
}

/// `resolute committee list --unit 52`
struct CommitteeListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List committees: uid, name, unit, head, checklist, programme.")

    @OptionGroup var data: DataOptions
    @Option(help: "Words of the name; accents do not matter.") var q: String?
    @Option(help: "Only of this unit and of all below it: its code, uid or name.") var unit: String?
    @Option(help: "As of this day (2025-06-30); today otherwise.") var asOf: String?
    @Flag(help: "One JSON object a line, with the members of the API.") var json = false

    func run() async throws {
        let (words, unit, json) = (q ?? "", unit, json), asked = try asOf.map(UnitArgument.day)
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                var filter = CommitteeFilter()
                filter.text = words
                if let unit {
                    filter.unit = try UnitArgument.unit(unit, CommitteeCommand.units(tx, today)).uid
                }
                try CommitteeCommand.store(tx, today).each(filter, on: asked) { line in
                    Terminal.say(json ? CommitteeJSON.line(line) : CommitteeListCommand.text(line))
                }
            }
        }
    }

    private static func text(_ line: CommitteeLine) -> String {
        let head = line.head.map { $0.person?.name ?? $0.seat.title } ?? "-"
        return [
            line.row.uid.text, line.row.name, line.row.host?.name ?? "-", head,
            "\(line.progress.done)/\(SetupItem.allCases.count)", line.row.committee.programme,
        ].joined(separator: "\t")
    }
}

/// `resolute committee show UID`
struct CommitteeShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one committee with its seats, organs, papers and checklist.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its uid, or the code, uid or name of its body.") var committee: String
    @Option(help: "As of this day; today otherwise.") var asOf: String?
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let typed = committee, json = json, asked = try asOf.map(UnitArgument.day)
        try await data.withApplication { services in
            let today = services.clock.today()
            let detail = try await services.database.read { tx in
                let store = CommitteeCommand.store(tx, today)
                return try store.detail(try CommitteeCommand.find(typed, store).uid, on: asked)
            }
            Terminal.say(json ? CommitteeJSON.detail(detail) : CommitteeShowCommand.text(detail))
        }
    }

    private static func text(_ detail: CommitteeDetail) -> String {
        let row = detail.row
        var lines = [
            row.name, "uid\t\(row.uid)", "unit\t\(row.host?.name ?? "-")", "programme\t\(row.committee.programme)",
            "as of\t\(detail.day)",
        ]
        lines += detail.seats(.now).map { seat in
            ["seat", seat.seat.position.rawValue, seat.person?.name ?? "-", seat.seat.title, seat.seat.from.text]
                .joined(separator: "\t")
        }
        lines += detail.organs.map { "organ\t\($0.organ.kind.rawValue)\t\($0.unit?.name ?? "-")\t\($0.organ.from)" }
        lines += detail.checklist.map {
            "checklist\t\($0.item.rawValue)\t\($0.state.rawValue)\t\($0.day?.text ?? "-")\t\($0.reference)"
        }
        return lines.joined(separator: "\n")
    }
}

/// `resolute committee compliance 80`
struct CommitteeComplianceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compliance",
        abstract: "Which units below one have no committee yet, or an incomplete one.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The code, uid or name of the unit above; the country otherwise.") var unit: String?
    @Option(help: "Only committees for this programme; any otherwise.") var programme: String?
    @Option(help: "none, incomplete or complete.") var state: String?
    @Option(help: "As of this day; today otherwise.") var asOf: String?
    @Flag(help: "One JSON object a line, with the members of the API.") var json = false

    func run() async throws {
        let (typed, programme, json) = (unit, programme ?? "", json)
        let asked = try asOf.map(UnitArgument.day), state = try wantedState()
        try await data.withApplication { services in
            let today = services.clock.today()
            let found = try await services.database.read { tx in
                var filter = ComplianceFilter()
                filter.programme = programme
                if let typed {
                    filter.unit = try UnitArgument.unit(typed, CommitteeCommand.units(tx, today)).uid
                }
                return try CommitteeCommand.store(tx, today).compliance(filter, on: asked)
            }
            guard let found else { throw CommandFailure("There is no unit yet.", exitCode: 66) }
            for line in found.lines(state) {
                let text = [
                    line.uid.text, line.name, line.state.rawValue,
                    line.progress.missing.map(\.rawValue).joined(separator: ","),
                ].joined(separator: "\t")
                Terminal.say(json ? CommitteeJSON.compliance(line) : text)
            }
            Terminal.note(
                "\(found.established) of \(found.lines.count) have a committee, \(found.count(.complete)) complete.")
        }
    }

    private func wantedState() throws -> ComplianceState? {
        guard let state else { return nil }
        guard let known = ComplianceState(rawValue: state) else {
            throw CommandFailure("\(state) is not a state. States: none, incomplete, complete", exitCode: 64)
        }
        return known
    }
}
