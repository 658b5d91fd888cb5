import App
import ArgumentParser
import Storage

/// `resolute unit create kind=department name="Trung tâm Chuyển đổi số" parent="Tỉnh Gia Lai" from=2026-12-01 secrecy=internal`
struct UnitCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a unit; its uid goes to standard output.",
        discussion: UnitStore.founding.typed)

    @OptionGroup var data: DataOptions
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let body = said.body()
        try await data.acting(wait: UnitStore.wait) { tx, today, now in
            [try UnitStore(tx: tx, viewer: UnitCommand.viewer, today: today).create(typed: body, at: now).uid.text]
        }
    }
}

/// `resolute unit act "Sở Tài chính" rename name="Sở Tài chính và Đầu tư" from=2026-12-01 basis=15/QĐ-UBND`
struct UnitActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Do an act to a unit: change its facts, rename, move or dissolve it.",
        discussion: UnitAct.help)

    @OptionGroup var data: DataOptions
    @Argument(help: "Its code, uid or name.") var unit: String
    @Argument(help: "change, rename, move or dissolve.") var act: String
    @OptionGroup var said: TypedOptions

    func run() async throws {
        let act: UnitAct = try TypedOptions.act(act)
        let (typed, body) = (unit, said.body())
        try await data.acting(wait: UnitStore.wait) { tx, today, now in
            let store = UnitStore(tx: tx, viewer: UnitCommand.viewer, today: today)
            let row = try store.act(act, try UnitArgument.unit(typed, store).uid, typed: body, at: now)
            return [row.uid.text, row.name, row.unit.to == .never ? "-" : row.unit.to.text]
        }
    }
}
