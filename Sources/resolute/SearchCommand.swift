import App
import ArgumentParser
import Storage

/// `resolute search "chuyển đổi số" --relevance`
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search tasks and documents: kind, uid, title, unit, state, day. The newest first.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Words; accents do not matter.") var text: String
    @Flag(help: "The best match first.") var relevance = false
    @Option(help: "How many hits at most, 1 to 200.") var limit = 20

    func run() async throws {
        guard (1...200).contains(limit) else { throw CommandFailure("--limit is 1 to 200.", exitCode: 64) }
        guard text.count <= 200 else { throw CommandFailure("The text has more than 200 characters.", exitCode: 64) }
        var asked = SearchFilter(text: text)
        if relevance { asked.order = .relevance }
        let (filter, limit) = (asked, limit)
        try await data.withApplication { services in
            let today = services.clock.today()
            let result = try await services.database.read { tx in
                try SearchStore(tx: tx, viewer: .system("resolute search"), today: today)
                    .find(filter, page: PageRequest(after: nil, limit: limit))
            }
            guard result.hasWords else { throw CommandFailure("There is no word in this text.", exitCode: 64) }
            for line in result.lines { Terminal.say(line) }
        }
    }
}
