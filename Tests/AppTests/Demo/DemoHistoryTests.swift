import Storage
import TestSupport
import Testing

@testable import App

/// What was done in the demonstration was done on the day that its data say, and stands in that order.
@Suite struct DemoHistoryTests {
    static let days: [(Engine, String)] = [(.sqlite, "2026-11-30"), (.postgres, "2026-01-20")]

    @Test(arguments: days) func historiesTellTheStory(_ engine: Engine, _ text: String) async throws {
        let day = try #require(Day(parsing: text))
        try await DemoLoaded.with(engine, day: day) { loaded in
            try await expectOrder(loaded)
            try await expectDays(loaded)
            try await expectSpread(loaded)
            try await expectActs(loaded)
            try await expectChain(loaded)
        }
    }

    /// The newest is the last, and only what loading itself does is of its moment, beside a paper of the same day.
    private func expectOrder(_ loaded: DemoLoaded) async throws {
        let moments = try await loaded.services.database.read { tx in
            try tx.all("SELECT at FROM event ORDER BY id").map { try $0.instant(0) }
        }
        #expect(moments == moments.sorted() && moments.last == loaded.services.clock.now())
        let ofLoading = try await loaded.texts(
            """
            SELECT DISTINCT subject_kind FROM event WHERE at = (SELECT MAX(at) FROM event)
            AND subject_kind <> 'document' ORDER BY subject_kind
            """)
        #expect(ofLoading == ["account", "office", "token"])
    }

    /// A report, a document and an office stand at their own day.
    private func expectDays(_ loaded: DemoLoaded) async throws {
        let clock = loaded.services.clock
        let opening = try DemoCommittees.load(from: DemoSources.resources).opening
        let own: [SQL] = [
            """
            SELECT e.at, r.day FROM task_report r JOIN event e ON e.subject_kind = 'task' AND e.subject_id = r.task_id
            AND e.at = r.at
            """,
            """
            SELECT e.at, d.issued_on FROM document d JOIN event e ON e.subject_kind = 'document'
            AND e.subject_id = d.id WHERE e.verb IN ('registered', 'issued')
            """,
            """
            SELECT e.at, o.from_day FROM office o JOIN event e ON e.subject_kind = 'office' AND e.subject_id = o.id
            WHERE e.verb = 'appointed'
            """,
        ]
        for (sql, least) in zip(own, [400, 300, 90]) {
            let rows = try await loaded.services.database.read { tx in
                try tx.all(sql).map { (clock.day(of: try $0.instant(0)), try $0.day(1)) }
            }
            #expect(rows.count >= least, "\(rows.count) of \(least)")
            #expect(rows.allSatisfy { $0 == max($1, opening) })
        }
        let silent = try await loaded.texts(
            """
            SELECT r.uid FROM task_report r WHERE NOT EXISTS (SELECT 1 FROM event e
            WHERE e.subject_kind = 'task' AND e.subject_id = r.task_id AND e.at = r.at)
            """)
        #expect(silent.isEmpty)
    }

    /// The last fortnight has many days with something done, each at more than one time of day.
    private func expectSpread(_ loaded: DemoLoaded) async throws {
        let clock = loaded.services.clock, from = clock.start(of: loaded.today.adding(days: -21))
        let places = try await loaded.services.database.read { tx in
            try tx.all("SELECT at FROM event WHERE subject_kind = 'task' AND at >= \(from)").map {
                clock.local(try $0.instant(0))
            }
        }
        #expect(Set(places.map(\.day)).count >= 7 && Set(places.map(\.minutes)).count >= 30)
        #expect(places.allSatisfy { 7 * 60 + 30...17 * 60 + 30 ~= $0.minutes })
    }

    /// Of one day too the list of acts goes back in time.
    private func expectActs(_ loaded: DemoLoaded) async throws {
        let moments = try await loaded.services.database.read { tx in
            try tx.all("SELECT at FROM task_report ORDER BY day, id").map { try $0.instant(0) }
        }
        #expect(moments == moments.sorted() && moments.count > 500)
    }

    private func expectChain(_ loaded: DemoLoaded) async throws {
        let now = loaded.services.clock.now()
        let (report, count) = try await loaded.services.database.read { tx in
            (try AuditChain(tx: tx).verify(at: now), try tx.first("SELECT COUNT(*) FROM event")?.int64(0) ?? 0)
        }
        #expect(report.isIntact && report.notes.isEmpty, "\(report.lines)")
        #expect(report.end == count && report.pending == 0)
    }
}
