import Storage

@testable import App

/// Tells everybody who holds an office of one task, which they may know of, and notes what the staff were told.
struct WorldNotices {
    let tx: Transaction
    let now: Instant
    let today: Day

    func add(to made: WorldRecords) throws -> WorldRecords {
        var records = made
        let store = TaskStore(tx: tx, viewer: .system("world"), today: today)
        let task = try store.find(try records.tasks(.science).before("accept")).task
        let telling = NoticeTelling(tx: tx, today: today, now: now)
        for (who, person) in records.people.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let office = person.officeID else { continue }
            try telling.tell(
                Notice.News(kind: .assigned, subject: task.subject, occasion: "world", due: task.due), to: [office])
            records.notices[who] = try notice(of: "SELECT id FROM office WHERE id = \(office)")
        }
        for (place, staff) in records.staff where records.tasks[place] != nil {
            records.staff[place]?.notice = try notice(of: "SELECT id FROM office WHERE uid = \(staff.office)")
        }
        return records
    }

    private func notice(of office: SQL) throws -> UID? {
        try tx.first("SELECT uid FROM notice WHERE office_id IN (\(office)) ORDER BY id LIMIT 1")?.uid(0)
    }
}
