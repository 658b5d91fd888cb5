import App
import ArgumentParser
import Foundation
import Storage

/// `resolute person …`: people and their offices, for whoever has the data folder.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "List, record, rename, appoint, import, export and erase people; list the offices of a unit.",
        subcommands: [
            PersonListCommand.self, PersonOfficesCommand.self, PersonCreateCommand.self, PersonRenameCommand.self,
            PersonAppointCommand.self, PersonImportCommand.self, PersonExportCommand.self, PersonEraseCommand.self,
            PersonHistoryCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute person")
}

/// `resolute person list --q "nguyen an"`
struct PersonListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List people: uid, name, and each office held today with its unit.")

    @OptionGroup var data: DataOptions
    @Option(help: "Words of the name; accents do not matter.") var q = ""

    func run() async throws {
        let filter = PersonFilter(words: TextFold.words(q))
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                try PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today).each(filter) { people in
                    for row in people { Terminal.say(PersonListCommand.line(row)) }
                }
            }
        }
    }

    private static func line(_ row: PersonRow) -> String {
        let offices = row.offices.map { "\($0.office.title), \($0.unitName)" }
        return ([row.person.uid.text, row.person.name] + offices).joined(separator: "\t")
    }
}

/// `resolute person offices "Sở Tài chính Gia Lai" --on 2025-06-30`
struct PersonOfficesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offices", abstract: "Who holds which office in a unit, and which are vacant.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The unit: its code, uid or name.") var unit: String
    @Option(help: "As of this day (2025-06-30); today otherwise.") var on: String?

    func run() async throws {
        let asked = try on.map(UnitArgument.day), unit = unit
        try await data.withApplication { services in
            let today = services.clock.today()
            try await services.database.read { tx in
                let units = UnitStore(tx: tx, viewer: PersonCommand.viewer, today: today)
                let row = try units.find(try UnitArgument.unit(unit, units).uid, on: asked)
                let people = PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today)
                let day = asked ?? today
                var page = PageRequest(after: nil, limit: 200)
                while true {
                    let holders = try people.holders(in: row.unit.id, on: day, page: page)
                    for held in holders.items { Terminal.say(PersonOfficesCommand.line(held)) }
                    guard let next = holders.next else { break }
                    page.after = next
                }
                for vacancy in try people.vacancies(in: row, on: day) ?? [] {
                    Terminal.say(["-", vacancy.title, "vacant", vacancy.since.text].joined(separator: "\t"))
                }
            }
        }
    }

    private static func line(_ row: OfficeRow) -> String {
        [row.office.uid.text, row.office.title, row.personName, row.office.from.text, row.office.decision]
            .joined(separator: "\t")
    }
}

/// `resolute person export UID person.json`
struct PersonExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "A copy of all that is stored about a person, as JSON; its making is recorded."
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String
    @Argument(help: "The file to write; standard output without one.") var file: String?

    func run() async throws {
        let uid = try PersonArgument.uid(person)
        let text = try await data.withApplication { try await PersonDataDesk($0).copy(uid) }
        guard let file else { return Terminal.say(text) }
        // Readable for its owner alone from the first byte.
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure("\(file) cannot be written.", exitCode: 73) }
        Terminal.note("The copy is in \(file).")
    }
}

/// `resolute person erase UID --reason "Đơn số 5"`
struct PersonEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase who somebody was, for good; offices and decisions stay.",
        discussion: "Refused while the person holds an office. See docs/personal-data.md.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String
    @Option(help: "What it rests on, such as the number of a request; no personal data.") var reason: String
    @Flag(help: "Yes, this cannot be undone.") var confirmed = false

    func run() async throws {
        let uid = try PersonArgument.uid(person)
        guard confirmed else {
            throw CommandFailure("This cannot be undone. Say --confirmed when you mean it.", exitCode: 64)
        }
        let number = try await data.withApplication { try await PersonDataDesk($0).erase(uid, reason: reason) }
        Terminal.say("The personal data of \(person) is erased; the record is number \(number) now.")
    }
}
