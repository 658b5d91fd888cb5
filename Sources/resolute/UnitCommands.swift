import App
import ArgumentParser
import Foundation
import Storage

/// `resolute unit …`: the registry of units, for whoever has the data folder.
struct UnitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "List, show, make, change, import and export units.",
        subcommands: [
            UnitListCommand.self, UnitShowCommand.self, UnitImportCommand.self, UnitExportCommand.self,
            UnitCreateCommand.self, UnitActCommand.self, UnitHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute unit")
}

/// `resolute unit list --q "dak lak" --kind ward`
struct UnitListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List units: uid, code, kind, name, name of the unit above.")

    @OptionGroup var data: DataOptions
    @Option(help: "Words of the name; accents do not matter.") var q: String?
    @Option(help: "province, city, commune, ward, department …") var kind: String?
    @Option(help: "Only what stands directly below this unit: its code, uid or name.") var parent: String?
    @Option(help: "As of this day (2025-06-30); today otherwise.") var asOf: String?
    @Flag(help: "One JSON object a line, with the members of the API.") var json = false

    func run() async throws {
        let filter = try filter(), parent = parent, asked = try asOf.map(UnitArgument.day), json = json
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                let store = UnitStore(tx: tx, viewer: UnitCommand.viewer, today: today)
                var filter = filter
                if let parent { filter.parent = try UnitArgument.unit(parent, store).uid }
                try store.each(filter, on: asked) { row in
                    Terminal.say(json ? UnitExportJSON.row(row, on: asked ?? today) : UnitListCommand.line(row))
                }
            }
        }
    }

    private func filter() throws -> UnitFilter {
        var filter = UnitFilter()
        filter.text = q ?? ""
        if let kind {
            guard let known = UnitKind(rawValue: kind) else {
                let kinds = UnitKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("\(kind) is not a kind of unit. Kinds: \(kinds)", exitCode: 64)
            }
            filter.kind = known
        }
        return filter
    }

    private static func line(_ row: UnitRow) -> String {
        [row.uid.text, row.code ?? "-", row.kind.rawValue, row.name, row.parent?.name ?? "-"].joined(separator: "\t")
    }
}

/// `resolute unit show 01`
struct UnitShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one unit with its versions, superiors and the units below it.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its code, uid or name.") var unit: String
    @Option(help: "As of this day; today otherwise.") var asOf: String?
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let typed = unit, asked = try asOf.map(UnitArgument.day), json = json
        try await data.withApplication { services in
            let today = services.clock.today()
            let detail = try await services.database.read { tx in
                let store = UnitStore(tx: tx, viewer: UnitCommand.viewer, today: today)
                return try store.detail(try UnitArgument.unit(typed, store).uid, on: asked)
            }
            Terminal.say(json ? UnitExportJSON.detail(detail, on: asked ?? today) : UnitShowCommand.text(detail))
        }
    }

    private static func text(_ detail: UnitDetail) -> String {
        let unit = detail.row.unit
        var lines = [
            "\(detail.row.name) (\(detail.row.kind.rawValue))", "uid\t\(unit.uid)", "life\t\(life(unit.from, unit.to))",
            "secrecy\t\(unit.secrecy.name)",
        ]
        lines += detail.codes.map { "code\t\($0.code)\t\($0.scheme)" }
        if let place = unit.place {
            let degrees = [place.latitude, place.longitude].map { DecimalText.text($0, places: 6) }
            lines.append("place\t" + degrees.joined(separator: ", "))
        }
        if let area = unit.area { lines.append("area\t\(DecimalText.text(area, places: 6)) km2") }
        lines += detail.versions.map { "name\t\(life($0.from, $0.to))\t\($0.name)\t\($0.basis)" }
        lines += detail.parents.map {
            "below\t\(life($0.from, $0.to))\t\($0.unit?.name ?? "-")\t\($0.hierarchy.rawValue)\t\($0.basis)"
        }
        let more = detail.children.totalIsFloor ? " or more" : ""
        lines.append("units below\t\(detail.children.total)\(more)")
        return lines.joined(separator: "\n")
    }

    private static func life(_ from: Day, _ to: Day) -> String {
        (from == .beginning ? "…" : from.text) + " – " + (to == .never ? "…" : to.text)
    }
}

/// `resolute unit export units.csv`, or `-` for standard output
struct UnitExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write units as CSV, in the columns that import reads.",
        discussion: """
            Not carried: uids, further codes and names, earlier versions and superiors, people, history.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write, or - for standard output.") var file = "-"
    @Option(help: "Only the units that exist on this day, as they are then; every unit ever otherwise.")
    var asOf: String?
    @Flag(help: "Begin with a byte order mark, which some spreadsheets need to see UTF-8.") var bom = false

    func run() async throws {
        let extent = try asOf.map { UnitExport.Extent.existing(on: try UnitArgument.day($0)) } ?? .everything
        let start = (bom ? CSVWriter.byteOrderMark : "") + UnitExport.header
        let output = try UnitArgument.output(file)
        try await data.withApplication { services in
            let count = try await services.database.read { tx in
                var pending = Data(start.utf8)
                let count = try UnitExport(tx: tx, viewer: UnitCommand.viewer).write(extent) { line in
                    pending.append(Data(line.utf8))
                    if pending.count > 64 * 1024 {
                        try output.write(contentsOf: pending)
                        pending.removeAll(keepingCapacity: true)
                    }
                }
                try output.write(contentsOf: pending)
                return count
            }
            Terminal.note("\(count) units")
        }
    }
}

/// Reads what is typed on the command line; each mistake is a line that says how to mend it.
enum UnitArgument {
    static func day(_ text: String) throws -> Day {
        guard let day = Day(typed: text) else {
            throw CommandFailure("\(text) is not a day. Write it as 2025-07-01.", exitCode: 64)
        }
        return day
    }

    static func unit(_ text: String, _ store: UnitStore) throws -> UnitRow {
        guard let row = try store.find(typed: text) else {
            throw CommandFailure("No unit, or more than one, has the code, uid or name \(text).", exitCode: 66)
        }
        return row
    }

    static func output(_ file: String) throws -> FileHandle {
        if file == "-" { return .standardOutput }
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let handle = FileHandle(forWritingAtPath: file)
        else { throw CommandFailure("\(file) cannot be written.", exitCode: 73) }
        return handle
    }
}
