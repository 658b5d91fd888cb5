import Storage

@testable import App

/// Makes the people of the world: those who look, each with a session and a token, and those who are looked at.
struct WorldPeople {
    let tx: Transaction
    let now: Instant
    let today: Day
    /// Of ``World/password``, the same for all: made once, since it costs time.
    let passwordHash: String
    var records: WorldRecords

    private var store: PersonStore { PersonStore(tx: tx, viewer: .system("world"), today: today) }

    mutating func make() throws -> WorldRecords {
        for who in Who.allCases { try add(who) }
        try letActingActForTheLeader()
        for who in Who.allCases { try letIn(who) }
        for place in [Place.science, .steering, .otherCommittee, .wardCommittee, .communeCommittee] {
            records.staff[place] = try staff(place)
        }
        return records
    }

    private mutating func add(_ who: Who) throws {
        let person = try newPerson(who.name, signIn: who.signIn)
        var record = WorldRecords.PersonRecord(id: person.id, uid: person.uid)
        if who != .nobody {
            let end = who == .former ? WorldUnits.autumn : .never
            let place: Place = who == .root ? .vietnam : .science
            let office = try appoint(person, place, title: "Chức vụ \(who.rawValue)", to: end)
            record.office = office.uid
            record.officeID = office.id
            try giveRights(who, office)
        }
        records.people[who] = record
    }

    private func giveRights(_ who: Who, _ office: Office) throws {
        switch who {
        case .root:
            for hierarchy in Hierarchy.allCases {
                try grant(office, .administrator, .vietnam, hierarchy, ceiling: .restricted)
            }
        case .former: try grant(office, .secretariat, .giaLai, to: office.to)
        case .department: try grant(office, .focal, .science)
        case .acting, .nobody: break
        default: if let role = Role(rawValue: who.rawValue) { try grant(office, role, .giaLai) }
        }
    }

    @discardableResult
    private func grant(
        _ office: Office, _ role: Role, _ place: Place, _ hierarchy: Hierarchy = .territory,
        ceiling: Secrecy = .internal, to: Day = .never
    ) throws -> UID {
        try store.grant(
            office: office.uid, role: role, hierarchy: hierarchy, unit: try records.unit(place).id, ceiling: ceiling,
            from: WorldUnits.reform, to: to, at: now)
    }

    private mutating func letActingActForTheLeader() throws {
        guard let principal = try records.person(.leader).office, let agent = try records.person(.acting).office else {
            return
        }
        let delegation = try store.delegate(
            principal: principal, agent: agent, capacity: .kt, authority: "Công văn 12/SKHCN",
            from: WorldUnits.reform, at: now)
        records.people[.acting]?.delegation = delegation.id
    }

    private mutating func letIn(_ who: Who) throws {
        let record = try records.person(who)
        let session = try openSession(record.id)
        if let delegation = record.delegation {
            try tx.run(
                "UPDATE session SET delegation_id = \(delegation), office_id = \(record.officeID) WHERE person_id = \(record.id)"
            )
        }
        records.sessions[who] = session
        guard record.office != nil, who != .former else { return }
        let secret = Secret.new(prefix: APIToken.prefix)
        let token = try tokens.issue(
            TokenDraft(name: "Chương trình", scope: .write, days: 90), secret: secret, for: record.id, at: now)
        records.tokens[who] = WorldRecords.TokenRecord(uid: token.uid, secret: secret.text)
    }

    private var tokens: TokenStore { TokenStore(tx: tx, viewer: .system("world"), today: today) }

    private func openSession(_ person: ID<Person>) throws -> WorldRecords.SessionRecord {
        let new = NewSession(person: person, address: "127.0.0.1", agent: "World")
        try SessionStore(tx: tx).open(new, limits: Configuration.Limits(), at: now)
        return WorldRecords.SessionRecord(
            secret: new.secret.text, csrf: new.csrf, mark: SessionRow.mark(digest: new.secret.digest))
    }

    private func staff(_ place: Place) throws -> Staff {
        let head = try newPerson("Cán bộ \(place.rawValue)", signIn: "cb.\(place.rawValue.lowercased())")
        let deputy = try newPerson("Phó \(place.rawValue)", signIn: "ph.\(place.rawValue.lowercased())")
        let office = try appoint(head, place, title: "Trưởng phòng \(place.rawValue)")
        let deputyOffice = try appoint(deputy, place, title: "Phó trưởng phòng \(place.rawValue)")
        let delegation = try store.delegate(
            principal: office.uid, agent: deputyOffice.uid, capacity: .kt, authority: "Quyết định 7",
            from: WorldUnits.reform, at: now)
        let token = try tokens.issue(
            TokenDraft(name: "Máy của cán bộ", scope: .read, days: 30), secret: Secret.new(prefix: APIToken.prefix),
            for: head.id, at: now)
        let former = try newPerson("Cựu cán bộ \(place.rawValue)", signIn: "cu.\(place.rawValue.lowercased())")
        try appoint(former, place, title: "Chuyên viên \(place.rawValue)", to: WorldUnits.autumn)
        let key = Secret.new(prefix: Invitation.prefix)
        let invitation = try InvitationStore(tx: tx, viewer: .system("world"), today: today).invite(
            head.id, secret: key, life: .seconds(7 * 86_400), at: now)
        return Staff(
            person: head.uid, office: office.uid, grant: try grant(office, .focal, place),
            deputyOffice: deputyOffice.uid, delegation: delegation.uid, token: token.uid,
            session: try openSession(head.id).mark, invitation: invitation.uid, key: key.text, former: former.uid,
            formerName: former.name)
    }

    private func newPerson(_ name: String, signIn: String) throws -> Person {
        let person = try store.create(name: name, at: now)
        try AccountStore(tx: tx, viewer: .system("world"), today: today).create(
            person: person.id, signIn: signIn, passwordHash: passwordHash, at: now)
        return person
    }

    @discardableResult
    private func appoint(_ person: Person, _ place: Place, title: String, to: Day = .never) throws -> Office {
        try store.appoint(
            person: person.id, unit: try records.unit(place).id, title: title, from: WorldUnits.reform, to: to, at: now)
    }
}
