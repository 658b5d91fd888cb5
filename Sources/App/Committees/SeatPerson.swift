import Storage

/// A seat whose person and office have been found.
struct ResolvedSeat: Sendable {
    let draft: SeatDraft
    let person: ID<Person>?
    let office: ID<Office>?
    /// For the event; empty for a seat without a person.
    let token: String

    func span(field: String) -> SeatSpan {
        SeatSpan(
            field: field, position: draft.position, person: person, title: draft.title, from: draft.from, to: draft.to)
    }

    /// As an event tells it.
    var described: [String: String] {
        [
            "position": draft.position.rawValue, "title": draft.title, "person": token, "from": draft.from.text,
            "to": draft.to == .never ? "" : draft.to.text, "decision": draft.decision,
        ]
    }
}

extension Seat {
    func described(person token: String) -> [String: String] {
        ["position": position.rawValue, "title": title, "person": token, "from": from.text]
    }
}

extension CommitteeStore {
    /// Finds whom a draft names. Problems stand at `prefix` and the name of the field.
    func resolve(
        _ draft: SeatDraft, in row: CommitteeRow, prefix: String, _ found: inout Validation
    ) throws -> ResolvedSeat {
        var draft = draft
        draft.title = StoredText.line(draft.title, prefix + "title", max: 200, &found)
        draft.decision = StoredText.line(draft.decision, "decision", max: 300, &found)
        CommitteeStore.check(draft.source, prefix, &found)
        draft.to = row.period(from: draft.from, to: draft.to, prefix, &found)
        guard let person = try person(typed: draft.person, prefix + "person", &found) else {
            return ResolvedSeat(draft: draft, person: nil, office: nil, token: "")
        }
        if let day = try ErasedPerson.day(of: person.person.id, tx: tx) {
            found.add(prefix + "person", "person.erased.stays", ["day": .day(day)])
        }
        let office = try office(of: person, draft, prefix, &found)
        return ResolvedSeat(
            draft: draft, person: person.person.id, office: office, token: EventNames.person(person.person.uid))
    }

    /// A person by uid, or by a name that only one person has whom the viewer may know.
    func person(typed text: String, _ field: String, _ found: inout Validation) throws -> PersonRow? {
        guard !text.isEmpty else { return nil }
        if let uid = UID(parsing: text), let known = try ifKnown(people.find(uid)) { return known }
        let exact = try people(where: "p.sort_key = \(Person.sortKey(text))")
        let named = try exact.isEmpty ? people(where: "p.name_fold = \(TextFold.fold(text))") : exact
        if named.count == 1, let uid = named.first { return try people.find(uid) }
        found.add(field, named.count > 1 ? "committee.error.person_shared" : "committee.error.person_unknown")
        return nil
    }

    /// At most two: as written the name is found by its index, without accents by a walk through all names.
    private func people(where name: SQL) throws -> [UID] {
        return try tx.all(
            "SELECT p.uid FROM person p WHERE \(name) AND \(try people.access.known()) ORDER BY p.id LIMIT 2"
        )
        .map { try $0.uid(0) }
    }

    /// The office for whose sake the person sits there: the one that is named, else the only one of that day. Whoever
    /// held offices and holds none any more has left, and is no new member; an adviser may be retired.
    private func office(
        of person: PersonRow, _ draft: SeatDraft, _ prefix: String, _ found: inout Validation
    ) throws -> ID<Office>? {
        let all = try people.offices(of: person.person.id)
        let held = all.filter { $0.office.isHeld(on: draft.from) }
        let typed = TextFold.fold(draft.office)
        if !draft.office.isEmpty {
            let named = held.filter {
                $0.office.uid.text == draft.office || TextFold.fold($0.office.title) == typed
            }
            if named.count != 1 {
                found.add(
                    prefix + "office", "committee.error.office_not_held",
                    ["name": .text(person.person.name), "day": .day(draft.from)])
            }
            return named.first?.office.id
        }
        if held.isEmpty, draft.position != .adviser, let last = all.map(\.office.to).filter({ $0 <= draft.from }).max()
        {
            found.add(
                prefix + "person", "committee.error.person_left",
                ["name": .text(person.person.name), "day": .day(last)])
        }
        let sameTitle = held.filter { TextFold.fold($0.office.title) == TextFold.fold(draft.title) }
        return held.count == 1 ? held.first?.office.id : sameTitle.count == 1 ? sameTitle.first?.office.id : nil
    }

    /// A quote is somebody's: it needs its article.
    static func check(_ source: CommitteeSource, _ prefix: String, _ found: inout Validation) {
        if !source.quote.isEmpty, source.article.isEmpty {
            found.add(prefix + "article", "committee.error.quote_without_article")
        }
    }
}

extension CommitteeRow {
    /// Checks a period `[from, to)` against the committee's life. The result is its end: an open one stays
    /// open, since whatever reads it asks for the body's life too.
    func period(from: Day, to: Day, _ prefix: String, _ found: inout Validation) -> Day {
        if to <= from { found.add(prefix + "to", "committee.error.to_before_from") }
        if from < self.from || from >= self.to {
            found.add(prefix + "from", "committee.error.outside_life", ["from": .day(self.from), "to": .day(self.to)])
        } else if to != .never, to > self.to {
            found.add(prefix + "to", "committee.error.outside_life", ["from": .day(self.from), "to": .day(self.to)])
        }
        return to == .never ? .never : min(to, self.to)
    }
}
