import Storage

extension PersonalData {
    /// What the person did: the moment, the act, the kind of record and the office. Not what was in the records: they
    /// are not about the person, and rights to see them may have ended.
    static let acts = PersonalData(
        "acts", [("event", ["person_id", "office_id", "delegation_id", "actor", "payload"])],
        count: { tx, person in
            try tx.first("SELECT COUNT(*) FROM event WHERE person_id = \(person)")?.int(0) ?? 0
        },
        records: { tx, person in
            var records: [JSONValue] = []
            try tx.each("SELECT \(EventRow.columns) \(from) WHERE e.person_id = \(person) ORDER BY e.id") { row in
                records.append(act(try EventRow(row)))
                return true
            }
            return records
        })

    /// What others did to the person's records: names, offices, rights, account.
    static let about = PersonalData(
        "about", [],
        count: { tx, person in try eventsAbout(person, tx).count },
        records: { tx, person in
            var records: [JSONValue] = []
            let ids = try eventsAbout(person, tx)
            for start in stride(from: 0, to: ids.count, by: 500) {
                let batch = Array(ids[start..<min(start + 500, ids.count)])
                let rows = try tx.all("SELECT \(EventRow.columns) \(from) WHERE e.id IN (\(list: batch)) ORDER BY e.id")
                for row in rows { records.append(change(try EventRow(row))) }
            }
            return records
        })

    private static let from: SQL = "FROM event e LEFT JOIN unit u ON u.id = e.unit_id"

    private static func act(_ event: EventRow) -> JSONValue {
        .object([
            ("at", .text(event.at.text)), ("verb", .text(event.verb?.rawValue ?? "")),
            ("kind", .text(event.kind?.rawValue ?? "")), ("as", .text(event.actor)),
            ("authority", .optional(event.authority)),
        ])
    }

    /// Without who did it, who is another person, and without fields that name other records.
    private static func change(_ event: EventRow) -> JSONValue {
        func fields(_ values: [String: String]) -> JSONValue {
            .object(
                values.filter { !EventNames.names($0.key, $0.value) }.sorted { $0.key < $1.key }
                    .map { ($0.key, .text($0.value)) })
        }
        return .object([
            ("at", .text(event.at.text)), ("verb", .text(event.verb?.rawValue ?? "")),
            ("kind", .text(event.kind?.rawValue ?? "")), ("before", fields(event.before)),
            ("after", fields(event.after)),
        ])
    }

    /// Events that name the person, by the records that every kind says are the person's; oldest first.
    static func eventsAbout(_ person: ID<Person>, _ tx: Transaction) throws -> [ID<Event>] {
        var found: Set<Int64> = []
        for subject in try inventory.flatMap({ try $0.subjects(tx, person) }) {
            let rows = try tx.all(
                """
                SELECT id FROM event WHERE subject_kind = \(subject.kind.rawValue) AND subject_id = \(subject.id) \
                ORDER BY id
                """)
            for row in rows { found.insert(try row.int64(0)) }
        }
        return found.sorted().map { ID($0) }
    }

    /// Every event whose content names the person: what they did, and what was done to their records. Erasures stay:
    /// they hold no name but that of whoever erased.
    static func events(of person: ID<Person>, _ tx: Transaction) throws -> [ID<Event>] {
        let acts = try tx.all("SELECT id FROM event WHERE person_id = \(person) ORDER BY id").map { try $0.int64(0) }
        let all = Set(acts).union(try eventsAbout(person, tx).map(\.value)).sorted()
        var kept: [ID<Event>] = []
        for start in stride(from: 0, to: all.count, by: 500) {
            let batch = Array(all[start..<min(start + 500, all.count)])
            let rows = try tx.all(
                """
                SELECT id FROM event WHERE id IN (\(list: batch)) AND verb <> \(Event.Verb.erased.rawValue) \
                AND erased = 0 ORDER BY id
                """)
            for row in rows { kept.append(try row.id(0)) }
        }
        return kept
    }
}
