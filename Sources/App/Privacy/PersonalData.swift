import Storage

/// One kind of personal data: where it stands, what of it there is, and what erasing a person does to it.
///
/// The words are `personal-data.<key>`, with `.purpose` and `.retention`. `docs/personal-data.md` lists the same tables
/// and columns, and a test holds both against the schema.
struct PersonalData: Sendable {
    let key: String
    /// Tables and their columns that tell of a person.
    let columns: [(table: String, columns: [String])]
    /// How many records there are of the person.
    let count: @Sendable (Transaction, ID<Person>) throws -> Int
    /// The records themselves, as the person is handed them.
    let records: @Sendable (Transaction, ID<Person>) throws -> [JSONValue]
    /// Records whose events name the person: these events are erased with the name.
    let subjects: @Sendable (Transaction, ID<Person>) throws -> [Subject]
    /// Takes the records away. Nil for what stays: offices and decisions.
    let erase: (@Sendable (Transaction, ID<Person>) throws -> Void)?

    init(
        _ key: String, _ columns: [(table: String, columns: [String])],
        count: (@Sendable (Transaction, ID<Person>) throws -> Int)? = nil,
        records: @escaping @Sendable (Transaction, ID<Person>) throws -> [JSONValue],
        subjects: @escaping @Sendable (Transaction, ID<Person>) throws -> [Subject] = { _, _ in [] },
        erase: (@Sendable (Transaction, ID<Person>) throws -> Void)? = nil
    ) {
        self.key = key
        self.columns = columns
        self.count = count ?? { tx, person in try records(tx, person).count }
        self.records = records
        self.subjects = subjects
        self.erase = erase
    }

    /// The inventory, one line a kind: a feature that keeps something of a person appends its own.
    static let inventory: [PersonalData] = [
        .identity, .offices, .grants, .delegations,
        .account, .sessions, .tokens, .invitations, .answers, .attempts,
        .attachments, .seats, .opinions, .readers, .gaps, .tasks, .imports, .savedViews, .notices, .acts, .about,
    ]
}

/// What one person is shown of one kind.
struct PersonalDataSummary: Sendable {
    let key: String
    let count: Int
    /// Erasing the person takes it away, at least the name in it.
    let isErased: Bool
}
