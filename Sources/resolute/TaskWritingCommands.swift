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
