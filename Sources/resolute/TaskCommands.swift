import App
import ArgumentParser
import Foundation
import Storage

/// `resolute task …`: who does what by when, for whoever has the data folder.
struct TaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "List, show, draft and import tasks, act on them, and keep their files.",
        subcommands: [
            TaskListCommand.self, TaskShowCommand.self, TaskCreateCommand.self, TaskActCommand.self,
            TaskActsCommand.self, TaskFilesCommand.self, TaskAttachCommand.self, TaskDetachCommand.self,
            TaskImportCommand.self, TaskHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute task")
}

/// `resolute task list --unit "Tỉnh Gia Lai" --schedule likely_late`
struct TaskListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: """
            List tasks, the earliest deadline first: uid, title, lead unit, state, percent, due, and the three answers: \
            declared, verified, schedule.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "Of this unit and those below it: its code, uid or name.") var unit: String?
    @Option(help: "open, closed or draft.") var which = "open"
    @Option(help: "Words of the title; accents do not matter.") var q: String?
    @Option(help: "With this tag; accents do not matter.") var tag: String?
    @Option(help: "Done by this person: uid or whole name.") var person: String?
    @Option(help: "From this document: uid, number or whole title.") var document: String?
    @Option(help: "overdue, week, due_soon, likely_late, undated, done_in_time or done_late.") var schedule: String?
    @Flag(help: "Only those whose last day has passed.") var overdue = false

    func run() async throws {
        guard TaskFilter.Which(rawValue: which) != nil else {
            let known = TaskFilter.Which.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(which) is none of these: \(known)", exitCode: 64)
        }
        let words = [
            "which": which, "q": q ?? "", "tag": tag ?? "", "schedule": schedule ?? (overdue ? "overdue" : ""),
            "unit": unit ?? "", "person": person ?? "", "document": document ?? "",
        ]
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
                do {
                    try store.each(store.filter(typed: words)) { Terminal.say(line($0, today)) }
                } catch let error as AppError {
                    throw CommandFailure(error, services.catalogue)
                }
            }
        }
    }

    private func line(_ row: TaskRow, _ today: Day) -> String {
        let task = row.task, status = row.status(on: today)
        return [
            task.uid.text, task.title, row.leadUnit.name, task.workflow.state.rawValue, String(task.percent),
            task.due == .never ? "" : task.due.text, status.declared.name, status.verified.name, status.schedule.name,
        ].joined(separator: "\t")
    }
}

/// `resolute task show UID`
struct TaskShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one task.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String

    func run() async throws {
        guard let uid = UID(parsing: task) else { throw CommandFailure("\(task) is not a uid.", exitCode: 64) }
        try await data.withApplication { services in
            let today = services.clock.today()
            let detail = try await services.database.read { tx in
                do {
                    return try TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today).detail(uid)
                } catch AppError.notFound {
                    throw CommandFailure("There is no task \(uid).", exitCode: 65)
                }
            }
            for (name, value) in facts(detail, today) where !value.isEmpty { Terminal.say("\(name)\t\(value)") }
        }
    }

    private func facts(_ detail: TaskDetail, _ today: Day) -> [(String, String)] {
        let task = detail.row.task, status = detail.row.status(on: today)
        return [
            ("title", task.title), ("lead unit", detail.row.leadUnit.name), ("performer", detail.row.performer),
            ("leader", detail.leader?.name ?? ""), ("authority", detail.authority?.name ?? ""),
            ("deadline", task.deadline?.text ?? ""), ("deadline words", task.deadline?.words ?? ""),
            ("review on", task.deadline?.review?.text ?? ""), ("declared", "\(status.declared.name) \(task.percent)"),
            ("declared on", task.declaredOn?.text ?? ""),
            ("verified", status.verified.name), ("schedule", status.schedule.name),
            ("against original", status.againstOriginal.name), ("extensions", String(task.extensions)),
            ("updated at", task.updatedAt.text),
            ("field", detail.row.field?.name ?? ""), ("tags", detail.row.tags.joined(separator: ", ")),
        ] + TaskShowCommand.parts(of: detail)
    }

    /// What there may be several of.
    private static func parts(of detail: TaskDetail) -> [(String, String)] {
        var parts = detail.extensions.map { ("extension", line($0)) }
        parts += detail.reports.map { ("report", "\($0.uid) \($0.act.rawValue)") }
        parts += detail.files.map { ("file", $0.attachment.name) }
        parts += detail.products.map { ("product", "\($0.name): \($0.criterion)") }
        parts += (detail.clarity?.problems ?? []).map { ("missing", $0.message.key) }
        return parts
    }

    private static func line(_ asked: TaskExtension) -> String {
        "\(asked.uid) \(asked.from) to \(asked.to) \(asked.decision?.rawValue ?? "waits")"
    }
}
