/// People, offices, rights and delegations as they are typed on the command line, for whoever has the data folder.
extension PersonStore {
    public static let creation = PersonAPI.creation
    public static let renaming = PersonAPI.renaming
    public static let appointment = PersonAPI.appointment
    public static let granting = PersonAPI.granting
    public static let delegating = OfficeBodies.delegating

    /// Records the person of whom the words tell, with a first office if they name one.
    @discardableResult
    public func create(typed body: TypedBody, at now: Instant) throws -> Person {
        var form = NewPersonForm(try body.fields(Self.creation.body?.members ?? []))
        return try create(try form.read(), passwordHash: nil, at: now)
    }

    @discardableResult
    public func rename(_ person: UID, typed body: TypedBody, at now: Instant) throws -> Person {
        var fields = try body.fields(Self.renaming.body?.members ?? [])
        let name = fields.line("name", max: 120)
        try fields.problems.check()
        return try rename(person, to: name, at: now)
    }

    @discardableResult
    public func appoint(_ person: UID, typed body: TypedBody, at now: Instant) throws -> Office {
        var form = OfficeForm(try body.fields(Self.appointment.body?.members ?? []))
        return try appoint(try find(person).person.id, try form.read(), at: now)
    }

    /// The uid of the right.
    @discardableResult
    public func grant(_ office: UID, typed body: TypedBody, at now: Instant) throws -> UID {
        var form = GrantForm(try body.fields(Self.granting.body?.members ?? []))
        return try grant(office, try form.read(), at: now)
    }

    @discardableResult
    public func delegate(_ office: UID, typed body: TypedBody, at now: Instant) throws -> Delegation {
        var form = DelegationForm(try body.fields(Self.delegating.body?.members ?? []))
        return try delegate(office, try form.read(), at: now)
    }
}
