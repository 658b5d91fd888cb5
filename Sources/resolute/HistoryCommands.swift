import App
import ArgumentParser
import Storage

/// How much of a history is printed, and how.
struct HistoryOptions: ParsableArguments {
    @Option(help: "So many acts at most, the newest first.") var limit = 50
    @Flag(help: "One JSON object a line, with the members of the API.") var json = false

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is 1 to 10000.") }
    }
}

extension DataOptions {
    /// Prints what was done to a record: when, what, by whom, and what changed.
    func history(
        _ options: HistoryOptions,
        _ read: @escaping @Sendable (Transaction, Day, PageRequest) throws -> Page<EventRow>
    ) async throws {
        let (limit, json) = (options.limit, options.json)
        try await withApplication { services in
            let today = services.clock.today()
            let events = try await services.database.read { tx in
                var (events, after): ([EventRow], Cursor?) = ([], nil)
                repeat {
                    let page = try read(tx, today, PageRequest(after: after, limit: min(200, limit - events.count)))
                    events += page.items
                    after = page.next
                } while after != nil && events.count < limit
                return events
            }
            for event in events { Terminal.say(json ? EventText.json(event) : EventText.line(event)) }
        }
    }
}

/// `resolute document history 57-NQ/TW`
struct DocumentHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "What was done to a document.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let typed = document
        try await data.history(shown) { tx, today, page in
            let store = DocumentCommand.store(tx, today)
            return try store.history(of: try DocumentArgument.document(typed, store), page: page)
        }
    }
}

/// `resolute gap history UID`
struct GapHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "What was done to a gap.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The gap's uid, as `resolute gap list` shows it.") var gap: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let uid = try PersonArgument.uid(gap)
        try await data.history(shown) { tx, today, page in
            let store = GapStore(tx: tx, viewer: GapCommand.viewer, today: today)
            return try store.history(of: try store.find(uid), page: page)
        }
    }
}

/// `resolute coverage history UID`
struct CoverageHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What was done to a requirement and to the duties under it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The requirement's uid, as `resolute coverage requirements` shows it.") var requirement: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let uid = try PersonArgument.uid(requirement)
        try await data.history(shown) { tx, today, page in
            let store = CoverageCommand.store(tx, today)
            return try store.history(of: try store.find(uid), page: page)
        }
    }
}

/// `resolute person history UID`
struct PersonHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What was done to a person, the account, offices and rights.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let uid = try PersonArgument.uid(person)
        try await data.history(shown) { tx, today, page in
            try PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today).history(of: uid, page: page)
        }
    }
}

/// `resolute committee history "Ban Chỉ đạo tỉnh Gia Lai"`
struct CommitteeHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "What was done to a committee.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The uid, or the name, uid or code of its body.") var committee: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let typed = committee
        try await data.history(shown) { tx, today, page in
            let store = CommitteeCommand.store(tx, today)
            return try store.history(of: try CommitteeCommand.find(typed, store), page: page)
        }
    }
}

/// `resolute unit history "Tỉnh Gia Lai"`
struct UnitHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "What was done to a unit.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its code, uid or name.") var unit: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let typed = unit
        try await data.history(shown) { tx, today, page in
            let store = UnitStore(tx: tx, viewer: UnitCommand.viewer, today: today)
            return try store.history(of: try UnitArgument.unit(typed, store), page: page)
        }
    }
}

/// `resolute task history UID`
struct TaskHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "What was done to a task.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @OptionGroup var shown: HistoryOptions

    func run() async throws {
        let uid = try PersonArgument.uid(task)
        try await data.history(shown) { tx, today, page in
            let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
            return try store.history(of: try store.find(uid), page: page)
        }
    }
}
