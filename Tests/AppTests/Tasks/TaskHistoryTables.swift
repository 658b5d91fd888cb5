import Storage
import TestSupport

@testable import App

/// Everything that `doctor` can make anew, as it stands: what tables that are made from others hold.
struct TaskHistoryTables: Sendable {
    private var rows: [String: Set<[SQLValue]>] = [:]

    var count: Int { rows.values.reduce(0) { $0 + $1.count } }

    init(_ tx: Transaction, today: Day) throws {
        for (name, query) in Self.queries(today) {
            var all: Set<[SQLValue]> = []
            try tx.each(query) { row in
                all.insert(row.values)
                return true
            }
            rows[name] = all
        }
    }

    /// What another has and this has not, and the other way round.
    func differences(from other: TaskHistoryTables) -> [String] {
        rows.keys.sorted().compactMap { name in
            let (mine, its) = (rows[name] ?? [], other.rows[name] ?? [])
            guard mine != its else { return nil }
            let (gone, new) = (mine.subtracting(its), its.subtracting(mine))
            return "\(name): \(gone.count) rows gone, as \(gone.first ?? []); \(new.count) new, as \(new.first ?? [])"
        }
    }

    private static func queries(_ today: Day) -> [(String, SQL)] {
        // Older acts may be forgotten already, and a rebuild knows of them again.
        let acts = "a\(today.adding(days: -60).text)"
        return [
            (
                "task_scope",
                """
                SELECT scope_id, closed, due, task_id, secrecy, pillar, document_id, state, running, waits, led, is_key,
                    review_on, coordinates
                FROM task_scope
                """
            ),
            ("task_recency", "SELECT scope_id, updated_at, task_id, secrecy FROM task_recency"),
            (
                "unit_tally",
                """
                SELECT scope_id, bucket, secrecy, CAST(SUM(n) AS BIGINT) FROM (
                SELECT scope_id, bucket, secrecy, n FROM unit_tally
                UNION ALL SELECT scope_id, bucket, secrecy, n FROM unit_tally_delta UNION ALL \(TaskStanding.rows)) b
                WHERE bucket < 'a' OR bucket >= \(acts) GROUP BY scope_id, bucket, secrecy HAVING SUM(n) <> 0
                """
            ),
            (
                "search_entry",
                """
                SELECT id, subject_kind, subject_id, state, type, pillar, unit_id, title, words FROM search_entry
                """
            ),
            ("person_scope", "SELECT scope_id, sort_key, uid, person_id, secrecy, name_fold FROM person_scope"),
            (
                "document_scope",
                """
                SELECT scope, holder_id, issued_on, document_id, secrecy, type, state, title_key FROM document_scope
                """
            ),
            ("unit_reach", "SELECT hierarchy, ancestor_id, unit_id FROM unit_reach"),
            ("unit_closure", "SELECT hierarchy, ancestor_id, unit_id, from_day, to_day, depth FROM unit_closure"),
        ]
    }
}

extension TaskWorld {
    /// What a rebuild changes of these tables: nothing, when the house is in order. `keeping`: or it is undone.
    func rebuild(keeping: Bool) async throws -> (rows: Int, changes: [String]) {
        struct Undone: Error {
            let rows: Int
            let changes: [String]
        }
        let today = today
        do {
            return try await world.database.write { tx in
                let before = try TaskHistoryTables(tx, today: today)
                for step in RebuildableCheck.steps { try step.rebuild(tx, today) }
                let changes = before.differences(from: try TaskHistoryTables(tx, today: today))
                if !keeping { throw Undone(rows: before.count, changes: changes) }
                return (before.count, changes)
            }
        } catch let undone as Undone {
            return (undone.rows, undone.changes)
        }
    }

    /// What is wrong with the counts of some units, against tasks counted one by one without scopes and tallies.
    func miscounted() async throws -> [String] {
        let places: [Place] = [.vietnam, .giaLai, .tayNinh, .finance, .wardCommittee]
        var wrong: [String] = []
        for place in places {
            let (uid, id, today) = (try world.uid(place), try world.id(place), today)
            let told = try await act { store in
                let unit = try store.units.find(uid).unit.id
                return try store.counts(of: unit, by: store.countedScope(of: unit), since: today).whole
            }
            let below: SQL = """
                SELECT COUNT(*) FROM task t JOIN unit_reach r ON r.unit_id = t.lead_unit_id
                AND r.hierarchy = 'territory' AND r.ancestor_id = \(id) WHERE
                """
            var figures: [(String, Int, SQL)] = [
                (
                    "overdue", told.overdue,
                    """
                    t.closed = 0 AND t.due < \(today) AND t.state <> 'paused'
                    AND (t.state <> 'declared' OR t.declared_on > t.due)
                    """
                ),
                (
                    "waiting", told.waiting,
                    """
                    t.closed = 0 AND EXISTS (SELECT 1 FROM task_extension x WHERE x.task_id = t.id AND x.decision = '')
                    """
                ),
                (
                    "late", told.doneLate,
                    """
                    t.state IN ('verified', 'closed') AND t.declared_on > t.due AND t.declared_on < \(Day.never)
                    """
                ),
            ]
            for state in TaskWorkflow.State.allCases where state != .draft {
                figures.append((state.rawValue, told[state], "t.state = \(state.rawValue)"))
            }
            for (name, figure, condition) in figures {
                let counted = try await number("\(below) \(condition)")
                if counted != figure { wrong.append("\(place) \(name): \(figure) instead of \(counted)") }
            }
        }
        return wrong
    }
}
