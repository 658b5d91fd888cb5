import Storage

/// Puts the demonstration's bodies and people into an installation that has the territory, through the same stores as
/// everybody: one transaction.
struct DemoBuilder {
    let tx: Transaction
    let today: Day
    let now: Instant
    let world: DemoWorld

    private var units: UnitStore { UnitStore(tx: tx, viewer: Demo.viewer, today: today) }
    private var people: PersonStore { PersonStore(tx: tx, viewer: Demo.viewer, today: today) }

    func build(hashes: [String], accounts: [DemoAccount]) throws {
        var known: [String: UnitRow] = [:]
        for body in world.units { known[body.key] = try create(body, &known) }
        for rename in world.renames { try apply(rename, &known) }
        for move in world.moves { try apply(move, &known) }
        var offices: [String: Office] = [:]
        for (index, human) in world.people.enumerated() {
            let person = try people.create(name: human.name, at: now)
            try AccountStore(tx: tx, viewer: Demo.viewer, today: today).create(
                person: person.id, signIn: human.signIn, passwordHash: hashes[index], at: now)
            for seat in human.offices { offices[seat.key] = try appoint(person, to: seat, &known) }
            try TokenStore(tx: tx, viewer: Demo.viewer, today: today).issue(
                try TokenDraft(name: world.basis, scope: .write, days: TokenStore.longestLife),
                secret: Secret(text: accounts[index].token), for: person.id, at: now)
        }
        for entry in world.delegations { try delegate(entry, offices) }
    }

    /// A body of this world by its key, or a piece of territory by its whole name; `VN` is the country.
    private func unit(_ name: String, _ known: inout [String: UnitRow]) throws -> UnitRow {
        if let unit = known[name] { return unit }
        var filter = UnitFilter()
        if name == "VN" { filter.kind = .country } else { filter.text = name }
        let found = try units.list(filter, page: .first).items.first { name == "VN" || $0.name == name }
        guard let found else { throw StartError("The demonstration names the unit \"\(name)\", which is not there.") }
        known[name] = found
        return found
    }

    private func create(_ body: DemoWorld.Body, _ known: inout [String: UnitRow]) throws -> UnitRow {
        var draft = UnitDraft(
            kind: try demoWord(body.kind, UnitKind.init(rawValue:)), name: body.name,
            parent: try unit(body.territory, &known).uid, from: try demoWord(body.from, Day.init(parsing:)),
            secrecy: try demoWord(body.secrecy, Secrecy.init(name:)))
        draft.names = ["en": body.en]
        draft.stateParent = try body.state.map { try unit($0, &known).uid }
        draft.partyParent = try body.party.map { try unit($0, &known).uid }
        draft.basis = world.basis
        return try units.create(draft, at: now)
    }

    private func apply(_ rename: DemoWorld.Rename, _ known: inout [String: UnitRow]) throws {
        let row = try unit(rename.unit, &known)
        let change = UnitRenaming(
            name: rename.name, kind: row.kind, names: ["en": rename.en],
            from: try demoWord(rename.from, Day.init(parsing:)),
            basis: world.basis)
        known[rename.unit] = try units.rename(row.uid, change, seen: nil, at: now)
    }

    private func apply(_ move: DemoWorld.Move, _ known: inout [String: UnitRow]) throws {
        let row = try unit(move.unit, &known)
        let change = UnitMove(
            hierarchy: try demoWord(move.hierarchy, Hierarchy.init(rawValue:)),
            parent: try unit(move.parent, &known).uid,
            from: try demoWord(move.from, Day.init(parsing:)), basis: world.basis)
        known[move.unit] = try units.move(row.uid, change, seen: nil, at: now)
    }

    private func appoint(_ person: Person, to seat: DemoWorld.Seat, _ known: inout [String: UnitRow]) throws -> Office {
        let home = try unit(seat.unit, &known)
        let from = max(home.unit.from, Day(year: 2025, month: 7, day: 1) ?? today)
        let office = try people.appoint(
            person: person.id, unit: home.unit.id, title: seat.title, from: from, decision: world.basis, at: now)
        for right in seat.grants {
            try people.grant(
                office: office.uid, role: try demoWord(right.role, Role.init(rawValue:)),
                hierarchy: try demoWord(right.hierarchy, Hierarchy.init(rawValue:)),
                unit: try unit(right.unit, &known).unit.id, ceiling: try demoWord(right.ceiling, Secrecy.init(name:)),
                from: from, at: now)
        }
        return office
    }

    private func delegate(_ entry: DemoWorld.Substitution, _ offices: [String: Office]) throws {
        let principal = try demoWord(entry.principal) { offices[$0] }
        let agent = try demoWord(entry.agent) { offices[$0] }
        try people.delegate(
            principal: principal.uid, agent: agent.uid,
            capacity: try demoWord(entry.capacity, Delegation.Capacity.init(rawValue:)), authority: entry.authority,
            from: today, at: now)
    }
}
