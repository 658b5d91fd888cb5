import App
import ArgumentParser
import Storage

/// `resolute committee portfolio "Ban Chỉ đạo tỉnh Gia Lai" --state nobody`
struct CommitteePortfolioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portfolio",
        abstract: "Who is in charge of what: kind, state, uid, name, members. State: nobody, single or several.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its uid, or the code, uid or name of its body.") var committee: String
    @Option(help: "Only what nobody, a single member or several are in charge of.") var state: String?
    @Option(help: "As of this day; today otherwise.") var asOf: String?
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let typed = committee, asked = try asOf.map(UnitArgument.day), wanted = try wantedState()
        let coverage = try await data.reading { tx, today in
            let store = CommitteeCommand.store(tx, today)
            let row = try store.find(try CommitteeCommand.find(typed, store).uid, on: asked)
            return try PortfolioStore(store).coverage(of: row, on: row.day(asked ?? today))
        }
        guard !json else { return Terminal.say(coverage.json.text) }
        for entry in coverage.fields where shows(entry.state, wanted) {
            Terminal.say(line("field", entry, entry.what.uid, entry.what.name))
        }
        for entry in coverage.localities where shows(entry.state, wanted) {
            Terminal.say(line("locality", entry, entry.what.unit.uid, entry.what.unit.name))
        }
        for entry in coverage.tasks where shows(entry.state, wanted) {
            Terminal.say(line("task", entry, entry.what.uid, entry.what.title))
        }
    }

    private func shows(_ state: PortfolioCoverage.State, _ wanted: PortfolioCoverage.State?) -> Bool {
        wanted == nil || state == wanted
    }

    private func line<What: Sendable>(
        _ kind: String, _ entry: PortfolioCoverage.Entry<What>, _ uid: UID, _ name: String
    )
        -> String
    {
        let members = entry.members.map { [$0.person?.name, $0.seat.title].compactMap(\.self).joined(separator: ", ") }
        return [kind, entry.state.rawValue, uid.text, name, members.joined(separator: "; ")].joined(separator: "\t")
    }

    private func wantedState() throws -> PortfolioCoverage.State? {
        guard let state else { return nil }
        guard let known = PortfolioCoverage.State(rawValue: state) else {
            throw CommandFailure("\(state) is not a state. States: nobody, single, several", exitCode: 64)
        }
        return known
    }
}
