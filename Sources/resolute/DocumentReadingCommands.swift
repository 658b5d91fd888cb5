import App
import ArgumentParser
import Storage

/// `resolute document cascade 57-NQ/TW`
struct DocumentCascadeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cascade", abstract: "What a document rests on and what rests on it, each one step further in.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @Flag(help: "As JSON, with the members of the API.") var json = false

    func run() async throws {
        let typed = document
        let cascade = try await data.reading { tx, today in
            let store = DocumentCommand.store(tx, today)
            return try store.cascade(try DocumentArgument.document(typed, store).uid)
        }
        Terminal.say(json ? CascadeText.json(cascade) : CascadeText.text(cascade))
    }
}

/// `resolute document opinions UID`
struct DocumentOpinionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinions",
        abstract: "Who was asked for an opinion on a draft: uid, office, unit, last day, given, answer, text.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String

    func run() async throws {
        let typed = document
        let opinions = try await data.reading { tx, today in
            let store = DocumentCommand.store(tx, today)
            return try store.detail(try DocumentArgument.document(typed, store).uid).opinions
        }
        for opinion in opinions { Terminal.say(line(opinion)) }
    }

    private func line(_ opinion: DocumentOpinion) -> String {
        [
            opinion.uid.text, opinion.asked, opinion.unitName, opinion.dueOn == .never ? "-" : opinion.dueOn.text,
            opinion.givenAt?.text ?? "-", opinion.answer?.rawValue ?? "-",
            opinion.text.split(whereSeparator: \.isNewline).joined(separator: " "),
        ].joined(separator: "\t")
    }
}

/// `resolute document readers UID`
struct DocumentReadersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readers",
        abstract:
            "Who is named to know of a document that is not public: uid of the office, title, person, unit, since.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String

    func run() async throws {
        let typed = document
        let readers = try await data.reading { tx, today in
            let store = DocumentCommand.store(tx, today)
            return try store.detail(try DocumentArgument.document(typed, store).uid).readers
        }
        for reader in readers {
            let cells = [
                reader.office.text, reader.title, reader.person ?? "-", reader.unitName, reader.namedAt.text,
            ]
            Terminal.say(cells.joined(separator: "\t"))
        }
    }
}

extension DataOptions {
    /// What stands in the database, read in one snapshot.
    func reading<T: Sendable>(_ body: @escaping @Sendable (Transaction, Day) throws -> T) async throws -> T {
        try await withApplication { services in
            let today = services.clock.today()
            return try await services.database.read { tx in try body(tx, today) }
        }
    }
}
