import Foundation
import Storage

/// The demonstration: Vietnam's units, bodies of the centre and of three provinces, and people in every role.
///
/// Safe to interrupt: the units are one transaction, everything else another, and what is there already is not made
/// again.
public struct Demo: Sendable {
    let services: Services
    let progress: ImportProgress.Callback?
    static let viewer = Viewer.system("Dữ liệu trình diễn")

    public init(_ services: Services, progress: ImportProgress.Callback? = nil) {
        self.services = services
        self.progress = progress
    }

    /// Loads what is missing. Returns the accounts; throws when the data folder holds a real installation.
    public func load() async throws -> [DemoAccount] {
        let resources = services.configuration.resources
        let world = try DemoWorld.load(from: resources)
        let (documents, committees, tasks) = (
            try DemoDocuments.load(from: resources), try DemoCommittees.load(from: resources),
            try DemoTasks.load(from: resources)
        )
        let folder = services.configuration.dataFolder
        let state = try await state(of: world)
        if state.isLoaded {
            guard let accounts = try DemoAccount.read(from: folder) else {
                throw StartError(
                    "The demonstration is loaded, but \(folder.path)/demo-accounts.json is gone. "
                        + "Set a password with `resolute user password`, or start with an empty --data DIR.")
            }
            if let day = services.clock.setTo, try await services.database.read(DemoDay.find) == nil {
                throw DemoDay.refusal("was loaded without --day \(day.text)")
            }
            return accounts
        }
        let files = try await DemoFiles(tasks, services)
        let moments = DemoMoments(clock: services.clock, now: services.clock.now(), opening: committees.opening)
        if !state.hasUnits {
            try await UnitDataset.load(
                "vietnam-2025", into: services, at: moments.at(moments.opening), progress: progress)
        }
        let (accounts, hashes) = try await credentials(world)
        // The file first: after a crash between the two, the accounts are not there and are made anew.
        try DemoAccount.write(accounts, to: folder)
        let today = services.clock.today()
        try await services.database.write { tx in
            try DemoDay.keep(moments.clock, tx)
            try DemoSignIns.keep(accounts, tx)
            try DocumentStore.queue(tx)
            var builder = DemoBuilder(tx: tx, today: today, moments: moments, world: world)
            try builder.build(hashes: hashes, accounts: accounts)
            try builder.staff(tasks.people)
            try builder.staff(tasks.crew)
            try Demo.fill(builder, documents, committees, tasks, files)
            try ActivityStore(tx: tx, viewer: Demo.viewer).putInOrder()
        }
        while try await services.database.write({ tx in try AuditChain(tx: tx).seal() }) > 0 {}
        try await services.database.analyze()
        return accounts
    }

    /// The papers, who must issue what, the committees, and the tasks.
    private static func fill(
        _ builder: DemoBuilder, _ documents: DemoDocuments, _ committees: DemoCommittees,
        _ tasks: DemoTasks, _ files: DemoFiles
    ) throws {
        let (tx, today, moments) = (builder.tx, builder.today, builder.moments)
        var papers = DemoPaperBuilder(tx: tx, today: today, moments: moments, places: builder.places)
        try papers.build(documents.documents)
        var duties = DemoDutyBuilder(papers: papers, basis: builder.world.basis)
        try duties.build(documents.requirements)
        var gaps = DemoGapBuilder(papers: papers, places: builder.places)
        try gaps.build(documents.gaps)
        var desks = DemoCommitteeBuilder(
            papers: papers, offices: builder.offices, fields: committees.fields, places: builder.places)
        try desks.build(committees.committees)
        for group in committees.communes {
            var communes = DemoCommuneBuilder(
                committees.communeCommittee, tx: tx, today: today, moments: moments, places: builder.places)
            try communes.build(group)
        }
        let calendar = try tasks.calendar(on: today)
        let days = try tasks.actDays.map { calendar.day(try demoWord($0, Day.init(parsing:))) }
        var work = DemoTaskBuilder(
            papers: papers, offices: builder.offices, places: builder.places, calendar: calendar, files: files,
            fields: desks.ownFields, book: DemoDayBook(days, moments: moments))
        try work.build(tasks)
        try DemoNotices(tx: tx, today: today, now: moments.now).finish()
    }

    private func state(of world: DemoWorld) async throws -> (hasUnits: Bool, isLoaded: Bool) {
        let today = services.clock.today()
        let (units, signIns) = try await services.database.read { tx in
            var filter = UnitFilter()
            filter.kind = .country
            let found = try UnitStore(tx: tx, viewer: Demo.viewer, today: today).list(filter, page: .first).items.count
            let names = try AccountStore(tx: tx, viewer: Demo.viewer, today: today).list().map(\.signIn)
            return (found, names)
        }
        let isLoaded = world.people.allSatisfy { signIns.contains($0.signIn) }
        guard isLoaded || signIns.isEmpty else {
            throw StartError(
                "This data folder holds a real installation. The demonstration goes into an empty one: --data DIR")
        }
        return (units > 0, isLoaded)
    }

    /// Passwords, tokens and their hashes: slow, so before the transaction.
    private func credentials(_ world: DemoWorld) async throws -> ([DemoAccount], [String]) {
        var random = SystemRandomNumberGenerator()
        var accounts: [DemoAccount] = []
        var hashes: [String] = []
        for human in world.people {
            let password = DemoAccount.newPassword(using: &random)
            hashes.append(try await services.passwords.hash(password))
            accounts.append(
                DemoAccount(
                    role: human.role, name: human.name, signIn: human.signIn, password: password,
                    token: Secret.new(prefix: APIToken.prefix).text))
        }
        return (accounts, hashes)
    }
}
