import App
import ArgumentParser
import Storage

/// `resolute document create type=plan issuer="Tỉnh Gia Lai" title="…" numbering=state issuer_sign=UBND implements=…`
struct DocumentCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a draft; its uid goes to standard output.",
        discussion: DocumentStore.drafting.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting(wait: DocumentStore.wait) { tx, today, now in
            [try DocumentCommand.store(tx, today).create(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute document register type=decision issuer="Tỉnh Gia Lai" sign=12/QĐ-UBND issued_on=2026-11-02 title="…"`
struct DocumentRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register a paper that exists already; its uid goes to standard output.",
        discussion: DocumentStore.registration.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting(wait: DocumentStore.wait) { tx, today, now in
            [try DocumentCommand.store(tx, today).register(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute document act UID issue`, `resolute document act 283/KH-UBND link kind=implements document=57-NQ/TW`
struct DocumentActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Do an act to a document: change, issue, withdraw, discard, link, address, write …",
        discussion: DocumentAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @Argument(help: "One of the acts below.") var act: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let act: DocumentAct = try TypedOptions.act(act)
        let (typed, body) = (document, said.body())
        try await data.acting(wait: DocumentStore.wait) { tx, today, now in
            let store = DocumentCommand.store(tx, today)
            let uid = try DocumentArgument.document(typed, store).uid
            guard let row = try store.act(act, uid, typed: body, at: now) else { return [uid.text, "discarded"] }
            let sign = row.document.sign
            return [uid.text, sign.isEmpty ? "-" : sign, row.document.state.rawValue]
        }
    }
}
