import Storage

/// A new person as a form or a JSON body names them: a name, perhaps a first office, perhaps an account.
struct NewPersonForm {
    private(set) var fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    /// Throws ``AppError/invalid(_:)`` with every problem at once.
    mutating func read() throws(AppError) -> PersonDraft {
        let name = fields.line("name", max: 120)
        let hasOffice = ["unit", "title"].contains { !fields[$0].isEmpty }
        let unit = fields.line("unit", required: hasOffice)
        let title = fields.line("title", required: hasOffice)
        let from = fields.day("from", required: hasOffice)
        let decision = fields.line("decision", max: 300, required: false)
        let account = readAccount()
        try fields.problems.check()
        var office: PersonDraft.FirstOffice?
        if hasOffice, let from {
            office = PersonDraft.FirstOffice(unit: unit, title: title, from: from, decision: decision)
        }
        return PersonDraft(name: name, office: office, account: account)
    }

    private mutating func readAccount() -> PersonDraft.Account? {
        let typed = fields["sign_in"]
        let password = fields["password"]
        guard !typed.isEmpty || !password.isEmpty else { return nil }
        guard let signIn = SignInName.normalised(typed) else {
            fields.problems.add("sign_in", "signin.name.shape")
            return nil
        }
        for problem in PasswordRules.problems(password, signIn: signIn) { fields.problems.add(problem) }
        return PersonDraft.Account(signIn: signIn, password: password)
    }
}

/// A new person, read but not yet stored.
struct PersonDraft: Sendable {
    let name: String
    let office: FirstOffice?
    let account: Account?

    struct FirstOffice: Sendable {
        /// As typed: a uid, a code or a name.
        let unit: String
        let title: String
        let from: Day
        let decision: String
    }

    struct Account: Sendable {
        let signIn: String
        let password: String
    }

    /// The slow part, done before the transaction. Nil when there is no account.
    func hash(_ passwords: PasswordHasher) async throws -> String? {
        guard let account else { return nil }
        return try await passwords.hash(account.password)
    }
}

extension PersonStore {
    /// Person, first office and account in one transaction. Only an administrator of the root may leave the office
    /// out: nobody else would know of the person afterwards.
    func create(_ draft: PersonDraft, passwordHash: String?, at now: Instant) throws -> Person {
        guard try draft.office != nil || access.isRootAdministrator() else {
            throw AppError.invalid([Problem("unit", "person.office_needed")])
        }
        let unit = try draft.office.map { try typedUnit($0.unit) }
        let person = try create(name: draft.name, unit: unit?.id, at: now)
        if let office = draft.office, let unit {
            _ = try appoint(
                person: person.id, unit: unit.id, title: office.title, from: office.from, decision: office.decision,
                at: now)
        }
        if let account = draft.account, let passwordHash {
            try AccountStore(tx: tx, viewer: viewer, today: today).create(
                person: person.id, signIn: account.signIn, passwordHash: passwordHash, at: now)
        }
        return person
    }

    /// The unit that a form names; a problem of the field `unit` when there is none that the viewer may know.
    func typedUnit(_ text: String) throws -> UnitLife {
        guard let unit = try UnitLife.typed(text, tx: tx, viewer: viewer, today) else {
            throw AppError.invalid([Problem("unit", "person.unit_unknown")])
        }
        return unit
    }
}
