import Storage
import TestSupport

@testable import App

extension TaskWorld {
    /// What the office was told and may still know of, by kind, the oldest first; what was read is in brackets.
    func told(_ viewer: Viewer) async throws -> [String] {
        let today = today
        return try await world.database.read { tx in
            let store = NoticeStore(tx: tx, viewer: viewer, today: today)
            let rows = try store.list(page: PageRequest(after: nil, limit: 200)).items
            return rows.reversed().map { row in
                row.notice.isUnread ? row.notice.kind.rawValue : "(\(row.notice.kind.rawValue))"
            }
        }
    }

    func unread(_ viewer: Viewer) async throws -> Int {
        let today = today
        return try await world.database.read { tx in
            try NoticeStore(tx: tx, viewer: viewer, today: today).unread()
        }
    }

    func readAll(_ viewer: Viewer) async throws {
        let (today, now) = (today, now)
        try await world.database.write { tx in
            _ = try NoticeStore(tx: tx, viewer: viewer, today: today).readAll(until: now, at: now)
        }
    }

    /// What the job of the day does; returns how many were told.
    @discardableResult func tellDeadlines() async throws -> Int {
        try await TaskDeadlineNotices.run(world.database, today: today, at: now)
    }
}
