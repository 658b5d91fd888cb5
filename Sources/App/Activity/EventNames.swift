import Storage

/// The names of other records inside events. Whoever may read an act need not know everything that it names, so an
/// event holds the uid of a record that not everybody may know, in one of two ways:
///
/// * a person as `person:` and their uid, a unit as `unit:`, a task as `task:`, anywhere in a value (``EventMark``). A
///   reader who may not know of it is shown `…`;
/// * a field of ``kinds`` as nothing but the uid. A reader who may not know of the record does not get the field.
///
/// Each reader is shown what the record is called today: a name that is changed or erased later is so in the history too.
struct EventNames {
    /// Fields that hold the uid of another record, and what it is a record of. A value that is no uid stays as it is.
    static let kinds: [String: Subject.Kind] = [
        "parent": .unit, "over": .unit, "agent_office": .office, "successor": .office, "moved_to": .office,
        "moved_from": .office, "document": .document, "draft": .document, "fulfilled_by": .document,
        "recipients": .unit, "unit": .unit, "part_of": .task, "reader": .office,
    ]

    static let unknown = "…"

    static func person(_ uid: UID) -> String { EventMark(.person, uid).text }
    static func unit(_ uid: UID) -> String { EventMark(.unit, uid).text }
    static func task(_ uid: UID) -> String { EventMark(.task, uid).text }

    /// The field is there to name another record, or its value names one among other words.
    static func names(_ field: String, _ value: String) -> Bool {
        kinds[field] != nil || !EventMark.marks(in: value).isEmpty
    }

    let tx: Transaction
    let viewer: Viewer
    /// The day whose rights count; nil for the day of which the viewer is made.
    let today: Day?

    /// The events with the names that the viewer may know, in batches: one statement for all of a kind. `subjects`: also
    /// of what each is about, for lists of more than one record.
    func resolve(_ rows: [EventRow], subjects: Bool = false) throws -> [EventRow] {
        var wanted = Set(rows.flatMap { [$0.before, $0.after].flatMap(EventNames.named) })
        if subjects { wanted.formUnion(rows.compactMap(EventNames.subject)) }
        wanted.formUnion(rows.compactMap(EventNames.doer))
        guard !wanted.isEmpty else { return rows }
        let names = try names(of: wanted)
        return rows.map { row in
            var row = row
            row.before = EventNames.filled(row.before, names)
            row.after = EventNames.filled(row.after, names)
            if subjects { row.name = EventNames.subject(row).flatMap { names[$0] } }
            if let doer = EventNames.doer(row), names[doer] == nil { (row.actor, row.person) = (row.actorOffice, nil) }
            return row
        }
    }

    private func names(of wanted: Set<EventMark>) throws -> [EventMark: String] {
        var names: [EventMark: String] = [:]
        for kind in EventNames.asked {
            for uids in Batches(wanted.filter { $0.kind == kind }.map(\.uid)).all {
                for row in try tx.all(try statement(kind, uids)) {
                    names[EventMark(kind, try row.uid(0))] = try name(kind, row)
                }
            }
        }
        return names
    }

    /// What has a name of its own to be asked for: a unit stands beside each event anyway, an account is its person's.
    private static func subject(_ row: EventRow) -> EventMark? {
        guard let kind = row.kind else { return nil }
        let named: Subject.Kind = kind == .account ? .person : kind
        return named == .unit || !asked.contains(named) ? nil : EventMark(named, row.subject)
    }

    /// Who did something to a task: its page names people to those alone who may know of them, and so does its history.
    private static func doer(_ row: EventRow) -> EventMark? {
        row.kind == .task ? row.person.map { EventMark(.person, $0) } : nil
    }

    private static func named(_ fields: [String: String]) -> [EventMark] {
        fields.flatMap { field, value in whole(field, value).map { [$0] } ?? EventMark.marks(in: value) }
    }

    private static func whole(_ field: String, _ value: String) -> EventMark? {
        guard let kind = kinds[field], let uid = UID(parsing: value) else { return nil }
        return EventMark(kind, uid)
    }

    private static func filled(_ fields: [String: String], _ names: [EventMark: String]) -> [String: String] {
        var filled: [String: String] = [:]
        for (field, value) in fields {
            if let mark = whole(field, value) {
                filled[field] = names[mark]
            } else {
                filled[field] = EventMark.filled(value) { names[$0] ?? unknown }
            }
        }
        return filled
    }
}

/// A set in batches of one size, so that statements repeat their text.
private struct Batches {
    let all: [[UID]]

    init(_ uids: [UID]) {
        let sorted = uids.sorted()
        all = stride(from: 0, to: sorted.count, by: 100).map { start in
            let batch = Array(sorted[start..<min(start + 100, sorted.count)])
            guard let last = batch.last else { return batch }
            let size = [1, 2, 4, 8, 16, 32, 64, 100].first { $0 >= batch.count } ?? batch.count
            return batch + Array(repeating: last, count: size - batch.count)
        }
    }
}
