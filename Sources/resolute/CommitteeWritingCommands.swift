import App
import ArgumentParser
import Storage

/// `resolute committee create host="Tỉnh Gia Lai" name="Ban Chỉ đạo …" secrecy=internal programme=… from=… decision=…`
struct CommitteeCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Set up a committee; its uid goes to standard output.",
        discussion: CommitteeStore.creation.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting(wait: CommitteeStore.wait) { tx, today, now in
            [try CommitteeCommand.store(tx, today).create(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute committee act "Ban Chỉ đạo …" add-seat position=head title="Bí thư" from=2026-12-01 decision=12-QĐ/TU`
struct CommitteeActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Do an act to a committee: its seats, organs, papers, portfolios, rules, a consolidation.",
        discussion: CommitteeAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "Its uid, or the code, uid or name of its body.") var committee: String
    @Argument(help: "One of the acts below.") var act: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let act: CommitteeAct = try TypedOptions.act(act)
        let (typed, body) = (committee, said.body())
        try await data.acting(wait: CommitteeStore.wait) { tx, today, now in
            let store = CommitteeCommand.store(tx, today)
            let row = try store.act(act, try CommitteeCommand.find(typed, store).uid, typed: body, at: now)
            return [row.uid.text, row.name]
        }
    }
}
