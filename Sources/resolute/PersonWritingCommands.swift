import App
import ArgumentParser
import Storage

/// `resolute person create name="Nguyễn Thị An" unit="Sở Tài chính Gia Lai" title="Chuyên viên" from=2026-12-01`
struct PersonCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Record a person, usually with a first office; the uid goes to standard output.",
        discussion: PersonStore.creation.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting { tx, today, now in
            let store = PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today)
            return [try store.create(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute person rename UID name="Nguyễn Thị Ân"`
struct PersonRenameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give a person another name.", discussion: PersonStore.renaming.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, body) = (try PersonArgument.uid(person), said.body())
        try await data.acting { tx, today, now in
            let store = PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today)
            let person = try store.rename(uid, typed: body, at: now)
            return [person.uid.text, person.name]
        }
    }
}

/// `resolute person appoint UID unit="Sở Tài chính Gia Lai" title="Phó Giám đốc" from=2026-12-01 decision=15-QĐ/TU`
struct PersonAppointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appoint", abstract: "Appoint a person to an office in a unit; uid, title, first day.",
        discussion: PersonStore.appointment.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, body) = (try PersonArgument.uid(person), said.body())
        try await data.acting { tx, today, now in
            let store = PersonStore(tx: tx, viewer: PersonCommand.viewer, today: today)
            let office = try store.appoint(uid, typed: body, at: now)
            return [office.uid.text, office.title, office.from.text]
        }
    }
}

/// `resolute office grant UID role=focal hierarchy=territory unit="Tỉnh Gia Lai" ceiling=internal from=2026-12-01`
struct OfficeGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give an office a role over a unit and those below it; the uid of the right.",
        discussion: PersonStore.granting.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the office, as `resolute person offices` lists it.") var office: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, body) = (try PersonArgument.uid(office), said.body())
        try await data.acting { tx, today, now in
            let store = PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
            return [try store.grant(uid, typed: body, at: now).text]
        }
    }
}

/// `resolute office delegate UID agent=UID capacity=KT authority=15-QĐ/TU from=2026-12-01 to=2026-12-15`
struct OfficeDelegateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegate", abstract: "Let another office act for this one; the uid of the delegation.",
        discussion: PersonStore.delegating.typed)

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the office that is acted for.") var office: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let (uid, body) = (try PersonArgument.uid(office), said.body())
        try await data.acting { tx, today, now in
            let store = PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
            return [try store.delegate(uid, typed: body, at: now).uid.text]
        }
    }
}
