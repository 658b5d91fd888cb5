import Storage

/// What is left of a person whose data was erased: the record itself, by a number that stands for the name.
///
/// The stored name is `[#12]`, and each page says it in its reader's language (``PageContext/name(_:)``). Nobody else
/// may be called so. Offices stay, since decisions name them.
enum ErasedPerson {
    static func name(_ number: Int) -> String { "[#\(number)]" }

    /// The number when the name is one of ours; nil for the name of somebody.
    static func number(in name: String) -> Int? {
        let digits = name.dropFirst(2).dropLast()
        guard name.hasPrefix("[#"), name.hasSuffix("]"), name.utf8.count <= 16,
            digits.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(digits)
    }

    /// The day on which the person's data was erased; nil for everybody else.
    static func day(of person: ID<Person>, tx: Transaction) throws -> Day? {
        try tx.first("SELECT day FROM person_erasure WHERE person_id = \(person)")?.day(0)
    }

    /// Nothing is added to what is left of a person. Whoever comes back is entered anew.
    static func refuse(_ person: ID<Person>, tx: Transaction) throws {
        guard let day = try day(of: person, tx: tx) else { return }
        throw AppError.conflict(Message("person.erased.stays", ["day": .day(day)]))
    }
}

extension PageContext {
    /// The name of a person as this reader is told it.
    func name(_ stored: String) -> String {
        guard let number = ErasedPerson.number(in: stored) else { return stored }
        return t("person.erased.name", ["number": self.number(number)])
    }
}

extension Person {
    /// The person's data has been erased; what is left has a number for a name.
    public var isErased: Bool { ErasedPerson.number(in: name) != nil }
}
