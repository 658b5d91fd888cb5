import Storage

@testable import App

/// Gives each unit a file of tasks that it took and a shared view, and each person a view of their own; whoever gives
/// tasks has a file that waits.
struct WorldTaskLists {
    let tx: Transaction
    let now: Instant
    let today: Day

    func add(to records: inout WorldRecords) throws {
        for (place, set) in records.tasks.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let staff = records.staff[place] else { continue }
            let unit = try records.unit(place).id
            records.tasks[place]?.imported = try imported(unit, set)
            records.tasks[place]?.view = try view("Danh sách \(place.rawValue)", of: staff.person, sharedIn: unit)
        }
        for who in Who.allCases {
            guard let person = records.people[who] else { continue }
            records.views[who] = try view("Việc của \(who.rawValue)", of: person.uid, sharedIn: nil)
        }
        let unit = try records.unit(.science)
        for who in [Who.secretariat, .leader] {
            records.kept[who] = try kept(by: try records.person(who).id, unit.id, "Khảo sát từ tệp", in: unit.uid)
        }
    }

    /// A file whose one row became the draft.
    private func imported(_ unit: ID<OrgUnit>, _ set: TaskSet) throws -> UID {
        let store = TaskStore(tx: tx, viewer: .system("world"), today: today)
        var report = TaskImportReport(
            file: "nhiem-vu.csv", hash: String(repeating: "0", count: 64), rows: 1, problems: ProblemList(),
            isTrial: false)
        report.taken = 1
        let made = try store.settleImport(nil, report, assigning: unit, at: now)
        if let draft = set.byState["draft"] {
            let task = try store.find(draft).task.id
            try tx.run("INSERT INTO task_import_row (import_id, line, task_id) VALUES (\(made.id), 2, \(task))")
        }
        return made.uid
    }

    private func kept(by person: ID<Person>, _ unit: ID<OrgUnit>, _ title: String, in lead: UID) throws -> UID {
        let uid = UID.new(at: now), content = Array("title,lead_unit\n\(title),\(lead.text)\n".utf8)
        try tx.run(
            """
            INSERT INTO task_import
                (uid, person_id, unit_id, name, sha256, made_at, taken_at, lines, taken, issued, content)
            VALUES (\(uid), \(person), \(unit), 'cho.csv', '1', \(now), 0, 0, 0, 0, \(content))
            """)
        return uid
    }

    private func view(_ name: String, of person: UID, sharedIn unit: ID<OrgUnit>?) throws -> UID {
        let uid = UID.new(at: now)
        try tx.run(
            """
            INSERT INTO saved_view (uid, person_id, unit_id, name, name_fold, name_key, query, is_shared, version)
            VALUES (\(uid), (SELECT id FROM person WHERE uid = \(person)), \(unit), \(name), \(TextFold.fold(name)),
                \(SortKey.vietnamese(name)), 'order=title', \(unit != nil), 1)
            """)
        return uid
    }
}
