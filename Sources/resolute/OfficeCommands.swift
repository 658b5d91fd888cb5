import App
import ArgumentParser
import Foundation
import Storage

/// `resolute office …`: who leaves an office, and who moves to another.
struct OfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "End an office, move its holder, give and take rights, let others act for it; list its open work.",
        subcommands: [
            OfficeWorkCommand.self, OfficeRightsCommand.self, OfficeEndCommand.self, OfficeTransferCommand.self,
            OfficeHandoverCommand.self, OfficeGrantCommand.self,
            OfficeDelegateCommand.self, OfficeRevokeCommand.self, OfficeEndDelegationCommand.self,
        ])

    /// Who does what is done here.
    static let viewer = Viewer.system("resolute office")
}

/// `resolute office work UID --on 2026-12-01`
struct OfficeWorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "The work that is open in an office on a day: kind, count.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the office, as `resolute person offices` lists it.") var office: String
    @Option(help: "The day on which it is left (2026-12-01); today otherwise.") var on: String?

    func run() async throws {
        let uid = try PersonArgument.uid(office), asked = try on.map(UnitArgument.day)
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let work = try await services.database.read { tx in
                let store = PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
                return try store.openWork(of: try store.office(uid), on: asked ?? today, at: now)
            }
            for item in work { Terminal.say("\(item.kind)\t\(item.count)") }
        }
    }
}

/// An office that is left: which, from when on, and what becomes of its work.
struct LeavingOptions: ParsableArguments {
    @Argument(help: "Uid of the office that is left.") var office: String
    @Option(help: "The first day on which it is held no longer.") var from: String
    @Option(help: "Uid of an office whose holder takes the work over.") var successorOffice: String?
    @Option(help: "Uid of a person who is appointed to the same office and takes it over.") var successorPerson: String?
    @Option(help: "Nobody takes it over yet, for this reason.") var open: String?
    @Flag(help: "What a rule does not let the successor have stays open.") var leaveRest = false

    func validate() throws {
        guard [successorOffice, successorPerson, open].compactMap({ $0 }).count <= 1 else {
            throw ValidationError("Give one of --successor-office, --successor-person and --open.")
        }
    }

    var uid: UID { get throws { try PersonArgument.uid(office) } }

    var day: Day { get throws { try UnitArgument.day(from) } }

    var succession: Succession? {
        get throws {
            if let successorOffice { return .office(try PersonArgument.uid(successorOffice)) }
            if let successorPerson { return .person(try PersonArgument.uid(successorPerson)) }
            return open.map { .open(reason: $0) }
        }
    }
}

/// `resolute office end UID --from 2026-12-01 --decision "15-QĐ/TU"`
struct OfficeEndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an office from a day on; open work asks for a successor or a reason.")

    @OptionGroup var data: DataOptions
    @OptionGroup var leaving: LeavingOptions
    @Option(help: "The decision that ends it.") var decision = ""

    func run() async throws {
        let uid = try leaving.uid
        let ending = OfficeEnding(
            from: try leaving.day, decision: decision, succession: try leaving.succession,
            leavesRest: leaving.leaveRest)
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            try await services.database.write { tx in
                try PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today).endOffice(uid, ending, at: now)
            }
            Terminal.say("\(uid) ends on \(ending.from).")
        }
    }
}

/// `resolute office transfer UID --unit "Sở Tài chính" --title "Phó Giám đốc" --from 2026-12-01 --decision "15-QĐ/TU"`
struct OfficeTransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", abstract: "Move the holder of an office to another, from one day by one decision.")

    @OptionGroup var data: DataOptions
    @OptionGroup var leaving: LeavingOptions
    @Option(help: "The new unit: its code, uid or name.") var unit: String
    @Option(help: "The new title.") var title: String
    @Option(help: "The decision.") var decision: String
    @Flag(help: "The work is taken along into the new office.") var along = false

    func run() async throws {
        let uid = try leaving.uid, day = try leaving.day
        let (place, title, decision) = (unit, title, decision)
        let succession = along ? Succession.along : try leaving.succession, leavesRest = leaving.leaveRest
        try await data.withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let made = try await services.database.write { tx in
                let units = UnitStore(tx: tx, viewer: OfficeCommand.viewer, today: today)
                let move = OfficeTransfer(
                    unit: try units.find(try UnitArgument.unit(place, units).uid).unit.id, title: title, from: day,
                    decision: decision, succession: succession, leavesRest: leavesRest)
                return try PersonStore(tx: tx, viewer: OfficeCommand.viewer, today: today).transfer(uid, move, at: now)
            }
            Terminal.say("\(made.office.uid)\t\(made.office.title)\t\(made.unitName)\t\(made.office.from)")
        }
    }
}
