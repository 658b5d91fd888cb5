import App
import ArgumentParser
import Storage

/// `resolute coverage requirements 57-NQ/TW`
struct CoverageRequirementsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requirements", abstract: "What a document requires: uid, type, last day, who requires, title.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The higher document: its number in any spelling, or its uid.") var document: String

    func run() async throws {
        let typed = document
        try await data.withApplication { services in
            let today = services.clock.today()
            let rows = try await services.database.read { tx in
                let store = CoverageCommand.store(tx, today)
                return try store.requirements(of: try CoverageArgument.document(typed, tx, today))
            }
            for row in rows { Terminal.say(CoverageRequirementsCommand.line(row)) }
        }
    }

    private static func line(_ row: RequirementRow) -> String {
        let requirement = row.requirement
        return [
            row.uid.text, requirement.type.rawValue, requirement.due.text, row.owner?.name ?? "-", requirement.title,
        ].joined(separator: "\t")
    }
}

/// `resolute coverage require 57-NQ/TW type=plan due_on=2026-12-31 audience=communes base="Tỉnh Gia Lai"`
struct CoverageRequireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "require",
        abstract: "Require a type of document of units, by a day; the uid goes to standard output.",
        discussion: CoverageStore.requiring.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "The higher document: its number in any spelling, or its uid.") var document: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (typed, body) = (document, said.body())
        try await data.acting(wait: CoverageStore.wait) { tx, today, now in
            let uid = try CoverageArgument.document(typed, tx, today)
            return [try CoverageCommand.store(tx, today).require(of: uid, typed: body, at: now).uid.text]
        }
    }
}

/// `resolute coverage act UID waive unit="Xã Ia Grai" reason="Đã sáp nhập"`
struct CoverageActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Change a requirement, address it to more units, withdraw it, decide what one unit owes.",
        discussion: RequirementAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "The requirement's uid, as `resolute coverage requirements` shows it.") var requirement: String
    @Argument(help: "One of the acts below.") var act: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, act): (UID, RequirementAct) = (try PersonArgument.uid(requirement), try TypedOptions.act(act))
        let body = said.body()
        try await data.acting(wait: CoverageStore.wait) { tx, today, now in
            let row = try CoverageCommand.store(tx, today).act(act, uid, typed: body, at: now)
            let requirement = row.requirement
            return [row.uid.text, requirement.due.text, requirement.isWithdrawn ? "withdrawn" : requirement.title]
        }
    }
}

/// `resolute coverage draft-reminder 57-NQ/TW issuer="Sở Khoa học và Công nghệ tỉnh Gia Lai" issuer_sign=SKHCN-CĐS late=true`
struct CoverageDraftReminderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft-reminder",
        abstract: "Make the draft of a dispatch out of the reminder; its uid goes to standard output.",
        discussion: CoverageStore.reminding.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "The higher document: its number in any spelling, or its uid.") var document: String
    @OptionGroup var said: TypedOptions
    @Option(help: "vi or en.") var language = "vi"

    func run() async throws {
        let (typed, body) = (document, said.body())
        let language = try CoverageArgument.language(language)
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let row = try await services.database.write { tx in
                try CoverageStore.wait(tx)
                let output = CoverageOutput(
                    tx: tx, viewer: CoverageCommand.viewer, services: services, language: language)
                let document = try CoverageArgument.document(typed, tx, today)
                return try output.draftReminder(of: document, typed: body, at: now)
            }
            Terminal.say(row.uid.text)
        }
    }
}
