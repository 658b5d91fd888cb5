import App
import ArgumentParser
import Foundation
import Storage

/// `resolute task act UID pause --reason "Chờ kinh phí"`, `resolute task act UID ask-extension to=2026-12-31 reason=…`
struct TaskActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Do an act to a task: its life, an extension, who has it, its parts; what has come of it is printed.",
        discussion: TaskAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @Argument(help: "One of the acts below.") var act: String
    @OptionGroup var said: TypedOptions
    @Option(help: "The reason, or what was done: as text= or reason=.") var reason: String?
    @Option(help: "With progress: how much is done, 0 to 100, as percent=.") var percent: Int?
    @Option(help: "With progress and declare: where the result can be looked at, as evidence_url=.")
    var evidence: String?
    @Option(help: "With progress and declare: a file that shows the result; may come again.") var attach: [String] = []

    func run() async throws {
        let uid = try PersonArgument.uid(task)
        let act: TaskAct = try TypedOptions.act(act)
        if !attach.isEmpty, act != .progress, act != .declare {
            throw CommandFailure("Files are shown with progress and declare.", exitCode: 64)
        }
        let body = try body(act), attach = attach
        try await data.withApplication { services in
            let kept = try await FileArguments.keep(attach, services)
            let (now, today) = (services.clock.now(), services.clock.today())
            let cells = try await services.database.write { tx in
                try TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today).act(
                    act, uid, typed: body, files: kept, at: now)
            }
            Terminal.say(cells.joined(separator: "\t"))
        }
    }

    /// The options are words for what is said most.
    private func body(_ act: TaskAct) throws -> TypedBody {
        let options: [(String, String?)] = [
            (act.reasonMember, reason), ("percent", percent.map(String.init)), ("evidence_url", evidence),
        ]
        let words = options.compactMap { name, value in value.map { "\(name)=\($0)" } }
        if words.isEmpty { return said.body() }
        if said.json { throw CommandFailure("Give either --json or the act's own options.", exitCode: 64) }
        return .words(said.words + words)
    }
}

/// `resolute task acts cancel UID UID … --reason "Thừa" --possible`
struct TaskActsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acts",
        abstract: "One act on many tasks, all or none: uid and the state it has now, a line a task.",
        discussion: "A whole and its parts go in the order in which the act can be done.")

    @OptionGroup var data: DataOptions
    @Argument(help: "issue, accept, refuse, verify, return, close, pause, resume, cancel or reopen.") var act: String
    @Argument(help: "Uids of the tasks, at most 200.") var tasks: [String]
    @Option(help: "The reason, of an act that has one.") var reason = ""
    @Flag(help: "Those that can; the others are told on standard error.") var possible = false
    @Flag(help: "Say what would come of it; change nothing.") var dryRun = false

    func run() async throws {
        let uids = try tasks.map { try PersonArgument.uid($0) }
        let typed = act
        guard let act = TaskBulkAct.acts.first(where: { $0.rawValue == typed }) else {
            let known = TaskBulkAct.acts.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(typed) is none of these: \(known)", exitCode: 64)
        }
        let (report, isWhole, isTrial) = (TaskReport(text: reason), !possible, dryRun)
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let (done, refused) = try await services.database.write { tx -> ([TaskRow], [TaskBulkRow]) in
                let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
                let bulk = TaskBulkAct(act, try store.chosen(uids), report: report, isWhole: isWhole)
                guard isTrial else { return try store.perform(bulk, at: now) }
                let rows = try store.preview(bulk)
                return (rows.filter(\.refusals.isEmpty).compactMap(\.row), rows.filter { !$0.refusals.isEmpty })
            }
            for row in done { Terminal.say("\(row.uid)\t\(row.task.workflow.state.rawValue)") }
            for row in refused {
                let said = row.refusals.map { services.catalogue.text($0.message, .english) }
                Terminal.note("\(row.chosen.uid): \(said.joined(separator: " "))")
            }
        }
    }
}
