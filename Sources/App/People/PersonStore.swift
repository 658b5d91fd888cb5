public import Storage

/// Everything that is read and written about people, their offices and the rights of these. Made from a transaction
/// and a viewer, so that nothing is read unscoped; offices, grants and delegations stand in extensions.
public struct PersonStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    public var access: PersonAccess { PersonAccess(tx: tx, viewer: viewer, today: today) }

    // MARK: Reading

    /// Throws ``AppError/notFound`` also when the viewer may not know of the person.
    public func find(_ uid: UID) throws -> PersonRow {
        let known = try access.known()
        guard
            let row = try tx.first(
                "SELECT p.id, p.uid, p.name, p.version FROM person p WHERE p.uid = \(uid) AND \(known)")
        else { throw AppError.notFound }
        guard let found = try withOffices([try Person(row: row)]).first else { throw AppError.notFound }
        return found
    }

    /// A page of the people whom the viewer may know, in the order of their names.
    public func list(_ filter: PersonFilter, page: PageRequest = .first) throws -> Page<PersonRow> {
        let keys = try keys(filter)
        let rows = try tx.all(keys.page(after: page.after, limit: page.limit + 1))
        let shown = rows.prefix(page.limit)
        var next: Cursor?
        if rows.count > page.limit, let last = shown.last { next = Cursor([try last.text(4), try last.text(1)]) }
        let total =
            page.after == nil && next == nil ? shown.count : try tx.first(keys.count(cap: countCap))?.int(0) ?? 0
        return Page(
            items: try withOffices(try shown.map(Person.init(row:))), next: next, total: min(total, countCap),
            totalIsFloor: total > countCap)
    }

    /// Every person of the filter in batches, so that an export never holds the whole.
    public func each(_ filter: PersonFilter, _ body: ([PersonRow]) throws -> Void) throws {
        let keys = try keys(filter)
        var after: Cursor?
        repeat {
            let rows = try tx.all(keys.page(after: after, limit: 200))
            if !rows.isEmpty { try body(try withOffices(try rows.map(Person.init(row:)))) }
            after = rows.count < 200 ? nil : try rows.last.map { Cursor([try $0.text(4), try $0.text(1)]) }
        } while after != nil
    }

    private func keys(_ filter: PersonFilter) throws -> PersonKeys {
        switch try access.reach() {
        case .everybody: PersonKeys(filter: filter, branches: nil, me: nil)
        case .scopes(let isRoot):
            PersonKeys(filter: filter, branches: PersonScope(viewer).branches(isRoot: isRoot), me: viewer.personID)
        }
    }

    /// The person that somebody typed: by uid, or by the whole name, with or without accents, when only one whom the
    /// viewer may know is called so. Nil otherwise.
    func find(typed text: String) throws -> Person? {
        if let uid = UID(parsing: text) { return try ifKnown(find(uid).person) }
        let folded = TextFold.fold(text)
        guard !folded.isEmpty else { return nil }
        let rows = try tx.all(
            """
            SELECT p.id, p.uid, p.name, p.version FROM person p WHERE p.name_fold = \(folded) AND \(try access.known()) \
            ORDER BY p.sort_key, p.uid LIMIT 20
            """
        ).map(Person.init(row:))
        let exact = rows.filter { $0.name == CleanText.line(text) }
        return exact.count == 1 ? exact.first : rows.count == 1 ? rows.first : nil
    }

    /// The people with the offices that they hold today and that the viewer may know.
    private func withOffices(_ people: [Person]) throws -> [PersonRow] {
        let offices = try offices(where: "o.person_id IN (\(list: people.map(\.id))) AND \(inForce)")
        let byPerson = Dictionary(grouping: offices, by: \.office.person)
        return people.map { PersonRow(person: $0, offices: byPerson[$0.id] ?? []) }
    }

    private var inForce: SQL { "o.from_day <= \(today) AND o.to_day > \(today)" }

    // MARK: Writing

    /// A new person, as yet without an office. For administrators. `unit` is where the first office will be: whoever
    /// may know of events there may know of this one.
    public func create(name: String, unit: ID<OrgUnit>? = nil, at now: Instant) throws -> Person {
        guard viewer.has(.administrator) else { throw AppError.forbidden(Message("person.may_not_create")) }
        let name = try cleanName(name)
        let uid = UID.new(at: now)
        let row = try tx.first(
            """
            INSERT INTO person (uid, origin, name, sort_key, name_fold, version) \
            VALUES (\(uid), \(try Installation.origin(tx)), \(name), \(Person.sortKey(name)), \(TextFold.fold(name)), 1) RETURNING id
            """)
        guard let row else { throw StorageError.decoding("an insert gave no id") }
        let person = Person(id: try row.id(0), uid: uid, name: name, version: 1)
        try PersonMap(tx: tx).refresh([person.id.value])
        try record(Event(.created, person.subject, unit: unit, after: ["name": name]), at: now)
        return person
    }

    /// Another name for the person. `version` is the one the change was made from; nil when nobody said.
    public func rename(_ uid: UID, to name: String, version: Int? = nil, at now: Instant) throws -> Person {
        let row = try find(uid)
        try requireAdministrator(of: row.person.id)
        try ErasedPerson.refuse(row.person.id, tx: tx)
        let name = try cleanName(name)
        try Overtaken.check(version, against: row.person.version, of: row.person.subject, "person.stale")
        if name == row.person.name { return row.person }
        try tx.run(
            """
            UPDATE person SET name = \(name), sort_key = \(Person.sortKey(name)), name_fold = \(TextFold.fold(name)), \
            version = version + 1 WHERE id = \(row.person.id)
            """)
        try PersonMap(tx: tx).refresh([row.person.id.value])
        try record(
            Event(
                .renamed, row.person.subject, unit: row.offices.first?.office.unit, before: ["name": row.person.name],
                after: ["name": name]), at: now)
        return Person(id: row.person.id, uid: uid, name: name, version: row.person.version + 1)
    }

    func requireAdministrator(of person: ID<Person>) throws {
        guard try access.mayManageAccount(of: person) else {
            throw AppError.forbidden(Message("person.may_not_change"))
        }
    }

    private func cleanName(_ raw: String) throws -> String {
        var found = Validation()
        let name = StoredText.line(raw, "name", max: 120, &found)
        if ErasedPerson.number(in: name) != nil { found.add("name", "person.erased.reserved") }
        try found.check()
        return name
    }

    func record(_ event: Event, at now: Instant) throws {
        _ = try ActivityStore(tx: tx, viewer: viewer).record(event, at: now)
    }
}

extension Person {
    var subject: Subject { Subject(.person, id: id.value, uid: uid) }

    /// From the columns id, uid, name, version.
    fileprivate init(row: Row) throws {
        self.init(id: try row.id(0), uid: try row.uid(1), name: try row.text(2), version: try row.int(3))
    }
}
