import App
import ArgumentParser
import Storage

/// `resolute gap …`: documents still to be issued.
struct GapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gap", abstract: "List and note documents that are still to be issued; change and close them.",
        subcommands: [
            GapListCommand.self, GapShowCommand.self, GapCreateCommand.self, GapActCommand.self,
            GapHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute gap")
}

/// `resolute gap list --state late`
struct GapListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List gaps: uid, deadline, state, type, who must issue it, title.")

    @OptionGroup var data: DataOptions
    @Option(help: "open, late, drafting, closed, dropped or all; open otherwise.") var state = "open"
    @Option(help: "Words of the title; accents do not matter.") var q: String?

    func run() async throws {
        guard let known = GapFilter.State(rawValue: state) else {
            let states = GapFilter.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(state) is not a state. States: \(states)", exitCode: 64)
        }
        let q = q ?? ""
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                var filter = GapFilter()
                (filter.state, filter.text) = (known, q)
                try GapStore(tx: tx, viewer: GapCommand.viewer, today: today).each(filter) { row in
                    let gap = row.gap
                    let cells = [
                        row.uid.text, gap.due.text, gap.state.rawValue, gap.type.rawValue, row.owner.name, gap.title,
                    ]
                    Terminal.say(cells.joined(separator: "\t"))
                }
            }
        }
    }
}

/// `resolute gap show UID`
struct GapShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one gap with its basis, its office and what waits for it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The gap's uid, as `resolute gap list` shows it.") var gap: String
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let uid = try PersonArgument.uid(gap)
        let detail = try await data.reading { tx, today in
            try GapStore(tx: tx, viewer: GapCommand.viewer, today: today).detail(uid)
        }
        Terminal.say(json ? GapText.json(detail) : GapText.text(detail))
    }
}

/// `resolute gap create title="…" type=decree owner="Bộ Khoa học và Công nghệ" due_on=2026-12-31`
struct GapCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Note a document that is still to be issued; its uid goes to standard output.",
        discussion: GapStore.creation.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting { tx, today, now in
            let store = GapStore(tx: tx, viewer: GapCommand.viewer, today: today)
            return [try store.create(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute gap act UID close document=57-NQ/TW`
struct GapActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Change it, name the draft of what is missing, close it, drop it, or open it again.",
        discussion: GapAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "The gap's uid, as `resolute gap list` shows it.") var gap: String
    @Argument(help: "change, draft, close, drop or reopen.") var act: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, act): (UID, GapAct) = (try PersonArgument.uid(gap), try TypedOptions.act(act))
        let body = said.body()
        try await data.acting { tx, today, now in
            let store = GapStore(tx: tx, viewer: GapCommand.viewer, today: today)
            let row = try store.act(act, uid, typed: body, at: now)
            return [row.uid.text, row.gap.state.rawValue]
        }
    }
}
