import Storage

/// Puts the demonstration's bodies and people into an installation that has the territory, through the same stores as
/// everybody: one transaction.
struct DemoBuilder {
    let tx: Transaction
    let today: Day
    let now: Instant
    let world: DemoWorld
    private(set) var places: DemoPlaces
    /// Offices of the accounts by their key.
    private(set) var offices: [String: Office] = [:]

    init(tx: Transaction, today: Day, now: Instant, world: DemoWorld) {
        self.tx = tx
        self.today = today
        self.now = now
        self.world = world
        places = DemoPlaces(tx: tx, today: today)
    }

    private var people: PersonStore { PersonStore(tx: tx, viewer: Demo.viewer, today: today) }

    mutating func build(hashes: [String], accounts: [DemoAccount]) throws {
        for body in world.units { try create(body) }
        for rename in world.renames { try apply(rename) }
        for move in world.moves { try apply(move) }
        for (human, (hash, account)) in zip(world.people, zip(hashes, accounts)) {
            let person = try people.create(name: human.name, at: now)
            try AccountStore(tx: tx, viewer: Demo.viewer, today: today).create(
                person: person.id, signIn: human.signIn, passwordHash: hash, at: now)
            for seat in human.offices { offices[seat.key] = try appoint(person, to: seat) }
            try TokenStore(tx: tx, viewer: Demo.viewer, today: today).issue(
                try TokenDraft(name: world.basis, scope: .write, days: TokenStore.longestLife),
                secret: Secret(text: account.token), for: person.id, at: now)
        }
        for entry in world.delegations { try delegate(entry) }
    }

    /// People who work on the tasks and have no account.
    mutating func staff(_ humans: [DemoWorld.Human]) throws {
        for human in humans {
            let person = try people.create(name: human.name, at: now)
            for seat in human.offices { offices[seat.key] = try appoint(person, to: seat) }
        }
    }

    /// People in the communes where there is nobody yet.
    mutating func staff(_ crew: DemoTasks.Crew) throws {
        try DemoStaffing(tx: tx, today: today, now: now)
            .fill(crew, below: try places.find(crew.below), basis: world.basis)
    }

    private mutating func create(_ body: DemoWorld.Body) throws {
        let place = try places.find(body.territory).uid
        var draft = UnitDraft(
            kind: try demoWord(body.kind, UnitKind.init(rawValue:)), name: body.name, parent: place,
            from: try demoWord(body.from, Day.init(parsing:)), secrecy: try demoWord(body.secrecy, Secrecy.init(name:)))
        if let end = body.to { draft.to = try demoWord(end, Day.init(parsing:)) }
        draft.names = ["en": body.en]
        draft.stateParent = try body.state.map { try places.find($0).uid }
        draft.partyParent = try body.party.map { try places.find($0).uid }
        draft.basis = body.mark.map { "\(world.basis). \($0.footnote)" } ?? world.basis
        places.keep(try places.store.create(draft, at: now), as: body.key, in: place)
    }

    private mutating func apply(_ rename: DemoWorld.Rename) throws {
        let row = try places.find(rename.unit)
        let change = UnitRenaming(
            name: rename.name, kind: row.kind, names: ["en": rename.en],
            from: try demoWord(rename.from, Day.init(parsing:)), basis: world.basis)
        places.keep(try places.store.rename(row.uid, change, seen: nil, at: now), as: rename.unit)
    }

    private mutating func apply(_ move: DemoWorld.Move) throws {
        let row = try places.find(move.unit)
        let change = UnitMove(
            hierarchy: try demoWord(move.hierarchy, Hierarchy.init(rawValue:)),
            parent: try places.find(move.parent).uid,
            from: try demoWord(move.from, Day.init(parsing:)), basis: world.basis)
        places.keep(try places.store.move(row.uid, change, seen: nil, at: now), as: move.unit)
    }

    private mutating func appoint(_ person: Person, to seat: DemoWorld.Seat) throws -> Office {
        let home = try places.find(seat.unit)
        let first = try seat.from.map { try demoWord($0, Day.init(parsing:)) }
        let from = max(home.unit.from, first ?? Day(year: 2025, month: 7, day: 1) ?? today)
        let office = try people.appoint(
            person: person.id, unit: home.unit.id, title: seat.title, from: from, decision: world.basis, at: now)
        for right in seat.grants {
            try people.grant(
                office: office.uid, role: try demoWord(right.role, Role.init(rawValue:)),
                hierarchy: try demoWord(right.hierarchy, Hierarchy.init(rawValue:)),
                unit: try places.find(right.unit).unit.id, ceiling: try demoWord(right.ceiling, Secrecy.init(name:)),
                from: from, at: now)
        }
        return office
    }

    private func delegate(_ entry: DemoWorld.Substitution) throws {
        let principal = try demoWord(entry.principal) { offices[$0] }
        let agent = try demoWord(entry.agent) { offices[$0] }
        try people.delegate(
            principal: principal.uid, agent: agent.uid,
            capacity: try demoWord(entry.capacity, Delegation.Capacity.init(rawValue:)), authority: entry.authority,
            from: today, at: now)
    }
}
