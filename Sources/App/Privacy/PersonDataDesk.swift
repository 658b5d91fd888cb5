import Storage

/// Personal data for the command line: whoever has the data folder may hand it out and erase it.
public struct PersonDataDesk: Sendable {
    let services: Services
    let viewer: Viewer

    public init(_ services: Services, as viewer: Viewer = .system("resolute person")) {
        self.services = services
        self.viewer = viewer
    }

    /// A copy of all that is stored about a person, as JSON text.
    public func copy(_ person: UID) async throws -> String {
        try await PersonDataExport(database: services.database, viewer: viewer, today: services.clock.today())
            .run(person, at: services.clock.now()).json.text
    }

    /// Erases who somebody was. Returns the number that stands for the name now.
    public func erase(_ person: UID, reason: String) async throws -> Int {
        let (viewer, today, now) = (viewer, services.clock.today(), services.clock.now())
        let erased = try await services.database.write { tx in
            try PersonDataStore(tx: tx, viewer: viewer, today: today).erase(person, reason: reason, at: now)
        }
        return ErasedPerson.number(in: erased.name) ?? 0
    }
}
