import App
import ArgumentParser
import Foundation
import Storage

/// `resolute task create --unit UNIT --title "Khảo sát" --lead-unit UNIT`, or a JSON object on standard input
struct TaskCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Draft a task; its uid goes to standard output.",
        discussion: """
            With --json the task is read from standard input: a JSON object with the members that
            POST /api/v1/tasks takes.

            \(TaskStore.drafting.typed)
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "The unit that gives the task: its code, uid or name.") var unit: String
    @Flag(help: "Read a JSON object from standard input.") var json = false
    @Option(help: "What is to be done.") var title: String?
    @Option(help: "The unit that leads: its code, uid or name.") var leadUnit: String?
    @Option(help: "Uid of the office that does it.") var performer: String?
    @Option(help: "Uid of the office that answers for it.") var leader: String?
    @Option(help: "30/9/2026, 9/2026, Q3/2026.") var deadline: String?
    @Option(help: "Uid of a field that a committee of the giving unit has of its own.") var field: String?
    @Option(help: "Tags with commas between them, at most 10.") var tags: String?

    func validate() throws {
        let hasOptions = [title, leadUnit, performer, leader, deadline, field, tags].contains { $0 != nil }
        guard json != hasOptions else { throw ValidationError("Give either --json or the task's own options.") }
    }

    func run() async throws {
        let (unit, body) = (unit, said())
        try await data.acting { tx, today, now in
            let giving = try UnitArgument.unit(unit, UnitStore(tx: tx, viewer: TaskCommand.viewer, today: today)).uid
            let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
            return [try store.create(typed: body, assigning: giving, at: now).uid.text]
        }
    }

    private func said() -> TypedBody {
        if json { return .json(String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)) }
        let members = [
            ("title", title), ("lead_unit", leadUnit), ("performer", performer), ("leader", leader),
            ("deadline", deadline), ("field", field), ("tags", tags),
        ]
        return .words(members.compactMap { name, value in value.map { "\(name)=\($0)" } })
    }
}

/// `resolute task act UID pause --reason "Chờ kinh phí"`
struct TaskActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Do an act to a task: issue, accept, refuse, progress, declare, verify …")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @Argument(help: "issue, accept, refuse, progress, declare, verify, return, close, pause, resume, cancel or reopen.")
    var act: String
    @Option(help: "What is said with it: the reason, or what was done.") var reason = ""
    @Option(help: "With progress: how much is done, 0 to 100.") var percent: Int?
    @Option(help: "With progress and declare: an https address at which the result can be looked at.")
    var evidence: String?
    @Option(help: "With resume and reopen: a new deadline, as 30/9/2027, 9/2027 or Q3/2027.") var deadline: String?
    @Option(help: "With reopen: uid of the office that does it from now on.") var performer: String?
    @Option(help: "With reopen: uid of the office that answers for it from now on.") var leader: String?

    func run() async throws {
        guard let uid = UID(parsing: task) else { throw CommandFailure("\(task) is not a uid.", exitCode: 64) }
        guard let act = TaskWorkflow.Act(rawValue: act) else {
            let known = TaskWorkflow.Act.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(act) is none of these: \(known)", exitCode: 64)
        }
        let report = TaskReport(
            text: reason, percent: percent, evidence: evidence.map { TaskEvidence(name: $0, url: $0) },
            renewal: try renewal(act))
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let row = try await services.database.write { tx in
                try TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today).act(
                    act, uid, report, seen: nil, at: now)
            }
            Terminal.say("\(row.uid)\t\(row.task.workflow.state.rawValue)")
        }
    }

    private func renewal(_ act: TaskWorkflow.Act) throws -> TaskRenewal {
        if deadline != nil, !act.restarts {
            throw CommandFailure("--deadline goes with resume and reopen.", exitCode: 64)
        }
        if performer ?? leader != nil, act != .reopen {
            throw CommandFailure("--performer and --leader go with reopen.", exitCode: 64)
        }
        func office(_ typed: String) throws -> UID {
            guard let uid = UID(parsing: typed) else { throw CommandFailure("\(typed) is not a uid.", exitCode: 64) }
            return uid
        }
        let day = try deadline.map { typed in
            guard let read = Deadline(typed: typed) else {
                throw CommandFailure("\(typed) is no deadline: write 30/9/2027, 9/2027 or Q3/2027.", exitCode: 64)
            }
            return read
        }
        return TaskRenewal(deadline: day, performer: try performer.map(office), leader: try leader.map(office))
    }
}
