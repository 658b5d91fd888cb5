import Storage

/// Puts the demonstration's bodies and people into an installation that has the territory, through the same stores as
/// everybody: one transaction.
struct DemoBuilder {
    let tx: Transaction
    let today: Day
    let moments: DemoMoments
    let world: DemoWorld
    private(set) var places: DemoPlaces
    /// Offices of the accounts by their key.
    private(set) var offices: [String: Office] = [:]

    init(tx: Transaction, today: Day, moments: DemoMoments, world: DemoWorld) {
        self.tx = tx
        self.today = today
        self.moments = moments
        self.world = world
        places = DemoPlaces(tx: tx, today: today)
    }

    private var people: PersonStore { PersonStore(tx: tx, viewer: Demo.viewer, today: today) }

    mutating func build(hashes: [String], accounts: [DemoAccount]) throws {
        for body in world.units { try create(body) }
        for rename in world.renames { try apply(rename) }
        for move in world.moves { try apply(move) }
        for (human, (hash, account)) in zip(world.people, zip(hashes, accounts)) {
            let person = try create(human)
            try AccountStore(tx: tx, viewer: Demo.viewer, today: today).create(
                person: person.id, signIn: human.signIn, passwordHash: hash, at: moments.now)
            for seat in human.offices { offices[seat.key] = try appoint(person, to: seat) }
            try TokenStore(tx: tx, viewer: Demo.viewer, today: today).issue(
                try TokenDraft(name: world.basis, scope: .write, days: TokenStore.longestLife),
                secret: Secret(text: account.token), for: person.id, at: moments.now)
        }
        for entry in world.delegations { try delegate(entry) }
    }

    /// People who work on the tasks and have no account.
    mutating func staff(_ humans: [DemoWorld.Human]) throws {
        for human in humans {
            let person = try create(human)
            for seat in human.offices { offices[seat.key] = try appoint(person, to: seat) }
        }
    }

    /// People in the communes where there is nobody yet.
    mutating func staff(_ crew: DemoTasks.Crew) throws {
        try DemoStaffing(tx: tx, today: today, now: moments.at(DemoMoments.reform, step: 2))
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
        places.keep(try places.store.create(draft, at: moments.at(draft.from)), as: body.key, in: place)
    }

    private mutating func apply(_ rename: DemoWorld.Rename) throws {
        let row = try places.find(rename.unit)
        let change = UnitRenaming(
            name: rename.name, kind: row.kind, names: ["en": rename.en],
            from: try demoWord(rename.from, Day.init(parsing:)), basis: world.basis)
        places.keep(
            try places.store.rename(row.uid, change, seen: nil, at: moments.at(change.from, rename.unit)),
            as: rename.unit)
    }

    private mutating func apply(_ move: DemoWorld.Move) throws {
        let row = try places.find(move.unit)
        let change = UnitMove(
            hierarchy: try demoWord(move.hierarchy, Hierarchy.init(rawValue:)),
            parent: try places.find(move.parent).uid,
            from: try demoWord(move.from, Day.init(parsing:)), basis: world.basis)
        places.keep(
            try places.store.move(row.uid, change, seen: nil, at: moments.at(change.from, move.unit)), as: move.unit)
    }

    /// Known from the first of their offices on.
    private mutating func create(_ human: DemoWorld.Human) throws -> Person {
        let first = try human.offices.map { try firstDay(of: $0) }.min() ?? today
        return try people.create(name: human.name, at: moments.at(first, step: 1))
    }

    private mutating func firstDay(of seat: DemoWorld.Seat) throws -> Day {
        let told = try seat.from.map { try demoWord($0, Day.init(parsing:)) }
        return max(try places.find(seat.unit).unit.from, told ?? DemoMoments.reform)
    }

    private mutating func appoint(_ person: Person, to seat: DemoWorld.Seat) throws -> Office {
        let home = try places.find(seat.unit), from = try firstDay(of: seat), now = moments.at(from, step: 1)
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
            from: today, at: moments.now)
    }
}
