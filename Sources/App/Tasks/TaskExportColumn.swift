/// A column of the list as a file: what stands above it, how wide it is, and what each task says in it.
struct TaskExportColumn: Sendable {
    /// In message keys: `task.field.…`.
    let name: String
    let width: Double
    let cell: @Sendable (TaskExportRow) -> TableCell

    init(_ name: String, _ width: Double, _ cell: @escaping @Sendable (TaskExportRow) -> TableCell) {
        self.name = name
        self.width = width
        self.cell = cell
    }

    /// Texts, whatever their words begin with.
    private static func text(_ name: String, _ width: Double, _ text: @escaping @Sendable (TaskExportRow) -> String)
        -> Self
    {
        TaskExportColumn(name, width) { .text(text($0)) }
    }

    private static func day(_ name: String, _ day: @escaping @Sendable (TaskExportRow) -> Day) -> Self {
        TaskExportColumn(name, 12) { .day(day($0)) }
    }

    private static func number(_ name: String, _ number: @escaping @Sendable (TaskExportRow) -> Int) -> Self {
        TaskExportColumn(name, 8) { .number(number($0)) }
    }

    /// In the order in which they are read: what, who, by when, how it stands, where it belongs.
    static var all: [TaskExportColumn] { what + times + statuses + places }

    private static let what: [TaskExportColumn] = [
        text("title", 60) { $0.task.title }, text("state", 18) { $0.state },
        text("lead_unit", 30) { $0.row.leadUnit.name },
        text("performer", 30) { $0.row.performer }, text("leader", 30) { $0.leader },
        text("authority", 30) { $0.authority }, text("coordinating", 30) { $0.coordinating },
        text("assigning_unit", 30) { $0.assigning },
    ]

    private static let times: [TaskExportColumn] = [
        text("deadline", 24) { $0.deadline }, day("due_on") { $0.task.due },
        day("original_due") { $0.task.originalDue }, number("extensions") { $0.task.extensions },
        day("start_on") { $0.task.start },
    ]

    private static let statuses: [TaskExportColumn] = [
        text("declared", 16) { $0.page.t("task.declared.\($0.status.declared.name)") },
        number("percent") { $0.task.percent }, day("declared_on") { $0.task.declaredOn ?? .never },
        text("verified", 16) { $0.page.t("task.verification.\($0.status.verified.name)") },
        day("verified_on") { $0.verifiedOn },
        text("schedule", 16) { $0.page.t("task.schedule.\($0.status.schedule.name)") },
        text("against_original", 16) { $0.page.t("task.schedule.\($0.status.againstOriginal.name)") },
    ]

    private static let places: [TaskExportColumn] = [
        text("priority", 10) { $0.page.t("task.priority.\($0.task.priority.rawValue)") },
        text("is_key", 10) { $0.page.t($0.task.isKey ? "task.export.yes" : "task.export.no") },
        text("pillar", 24) { $0.field(.pillar, $0.task.pillar) }, text("group", 24) { $0.field(.group, $0.task.group) },
        text("field", 24) { $0.row.field?.name(in: $0.page.language) ?? "" },
        text("tags", 24) { $0.row.tags.joined(separator: ", ") },
        text("secrecy", 12) { $0.page.t("secrecy.\($0.task.secrecy.name)") },
        text("document", 24) { $0.document }, text("paragraph", 16) { $0.task.paragraph },
        text("parent", 40) { $0.parent }, number("weight") { $0.task.weight },
        text("products", 60) { $0.products }, text("uid", 38) { $0.task.uid.text },
    ]
}
