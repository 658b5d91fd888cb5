import App
import ArgumentParser
import Storage

/// `resolute office hand-over UID --to UID --reason "Nghỉ phép"`
struct OfficeHandoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract:
            "Give all open tasks of an office that goes on to another of its unit: goes or stays, part, task, title.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the office that has the tasks.") var office: String
    @Option(help: "Uid of the office that takes them over.") var to: String
    @Option(help: "Why.") var reason = ""
    @Flag(help: "Say what would go and what would stay; change nothing.") var dryRun = false

    func run() async throws {
        let (from, successor) = (try PersonArgument.uid(office), try PersonArgument.uid(to))
        let (reason, isTrial) = (reason, dryRun)
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let plan = try await services.database.write { tx in
                let store = TaskStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
                return isTrial
                    ? try store.handover(of: from, to: successor)
                    : try store.handOver(from, to: successor, reason: reason, at: now)
            }
            for (word, lines) in [("goes", plan.going), ("stays", plan.staying)] {
                for line in lines {
                    let why = line.refusal.map { [services.catalogue.text($0, .english)] } ?? []
                    let cells = [word, line.part.rawValue, line.row.uid.text, line.row.task.title] + why
                    Terminal.say(cells.joined(separator: "\t"))
                }
            }
        }
    }
}
