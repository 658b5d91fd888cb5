import App
import ArgumentParser
import Storage

/// `resolute office rights UID`
struct OfficeRightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights",
        abstract: "The rights of an office and who acts for whom: uid, kind, what, of or for whom, from, to.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the office, as `resolute person offices` lists it.") var office: String

    func run() async throws {
        let uid = try PersonArgument.uid(office)
        let lines = try await data.reading { tx, today in
            let store = PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
            let office = try store.office(uid)
            return try store.grants(of: office).map { OfficeRightsCommand.line($0) }
                + store.delegations(from: office).map { OfficeRightsCommand.line($0, "acted-for-by") }
                + store.delegations(to: office).map { OfficeRightsCommand.line($0, "acts-for") }
        }
        for line in lines { Terminal.say(line) }
    }

    private static func line(_ row: GrantRow) -> String {
        let what = "\(row.grant.role.rawValue) (\(row.grant.hierarchy.rawValue), up to \(row.grant.ceiling.name))"
        return [row.uid.text, "grant", what, row.unitName, row.from.text, row.to == .never ? "-" : row.to.text]
            .joined(separator: "\t")
    }

    private static func line(_ row: DelegationRow, _ kind: String) -> String {
        let delegation = row.delegation
        return [
            delegation.uid.text, kind, "\(delegation.capacity.rawValue) (\(delegation.authority))",
            "\(row.other.personName), \(row.other.office.title), \(row.other.unitName)", delegation.from.text,
            delegation.to == .never ? "-" : delegation.to.text,
        ].joined(separator: "\t")
    }
}

/// `resolute office revoke UID`
struct OfficeRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a right back from today on.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the right, as `resolute office rights` lists it.") var grant: String

    func run() async throws {
        let uid = try PersonArgument.uid(grant)
        try await data.acting { tx, today, now in
            let office = try PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today).revoke(uid, at: now)
            return [uid.text, "revoked", office.office.title, office.personName]
        }
    }
}

/// `resolute office end-delegation UID`
struct OfficeEndDelegationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-delegation", abstract: "Let nobody act for an office any longer, from today on.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the delegation, as `resolute office rights` lists it.") var delegation: String

    func run() async throws {
        let uid = try PersonArgument.uid(delegation)
        try await data.acting { tx, today, now in
            let office = try PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
                .endDelegation(uid, at: now)
            return [uid.text, "ended", office.office.title, office.personName]
        }
    }
}
