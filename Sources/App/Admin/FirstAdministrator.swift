import Storage

/// Who may do everything in a new installation, and so gives everybody else their rights. There is one way to make
/// one: `resolute init`, once.
public struct FirstAdministrator: Sendable {
    let services: Services
    static let viewer = Viewer.system("init")

    public init(_ services: Services) { self.services = services }

    /// Throws when somebody can sign in already.
    public func refuseSecond() async throws {
        let today = services.clock.today()
        let accounts = try await services.database.read { tx in
            try AccountStore(tx: tx, viewer: FirstAdministrator.viewer, today: today).list()
        }
        if let first = accounts.first {
            throw StartError(
                "This installation has its accounts already (\(first.signIn)): administrators make others on the site, "
                    + "and `resolute user password` helps who is locked out.", exitCode: 73)
        }
    }

    /// A person with an office at the root and the rights of an administrator over all three hierarchies. Makes the
    /// country when no units are loaded.
    public func create(name: String, signIn: String, password: String) async throws {
        try await refuseSecond()
        let problems = PasswordRules.problems(password, signIn: SignInName.normalised(signIn) ?? signIn)
        guard problems.isEmpty else { throw AppError.invalid(problems) }
        let hash = try await services.passwords.hash(password)
        let (today, now) = (services.clock.today(), services.clock.now())
        let title = services.catalogue.text("cli.administrator", .standard)
        try await services.database.write { tx in
            let viewer = FirstAdministrator.viewer
            let accounts = AccountStore(tx: tx, viewer: viewer, today: today)
            guard try accounts.list().isEmpty else { throw AppError.conflict(Message("cli.not_first")) }
            let people = PersonStore(tx: tx, viewer: viewer, today: today)
            let root = try FirstAdministrator.root(tx, today, now)
            let person = try people.create(name: name, at: now)
            let office = try people.appoint(
                person: person.id, unit: root.unit.id, title: title, from: max(today, root.unit.from), at: now)
            for hierarchy in Hierarchy.allCases {
                try people.grant(
                    office: office.uid, role: .administrator, hierarchy: hierarchy, unit: root.unit.id,
                    ceiling: .restricted, from: office.from, at: now)
            }
            try accounts.create(person: person.id, signIn: signIn, passwordHash: hash, at: now)
        }
    }

    private static func root(_ tx: Transaction, _ today: Day, _ now: Instant) throws -> UnitRow {
        let units = UnitStore(tx: tx, viewer: viewer, today: today)
        var filter = UnitFilter()
        filter.kind = .country
        if let found = try units.list(filter, page: .first).items.first { return found }
        var draft = UnitDraft(kind: .country, name: "Việt Nam", parent: nil, from: .beginning, secrecy: .public)
        draft.names = ["en": "Viet Nam"]
        (draft.scheme, draft.code) = ("gso-2025", "VN")
        return try units.create(draft, at: now)
    }
}
