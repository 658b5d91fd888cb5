/// What a person signs in with. The hash of the password never leaves the store.
public struct Account: Sendable, Equatable {
    public let person: ID<Person>
    public let personUID: UID
    public let personName: String
    public let signIn: String
    /// The person's own choice of language, if any.
    public let language: Language?
    public let isDisabled: Bool
    /// When the account or its password was last changed.
    public let changedAt: Instant

    var subject: Subject { Account.subject(person, personUID) }

    /// A person has one account at most, so that it is called by the person.
    static func subject(_ person: ID<Person>, _ uid: UID) -> Subject { Subject(.account, id: person.value, uid: uid) }
}
