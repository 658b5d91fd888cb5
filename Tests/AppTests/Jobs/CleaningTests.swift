import Storage
import TestSupport
import Testing

@testable import App

@Suite struct CleaningTests {
    @Test(arguments: Engine.allCases)
    func whatIsOverGoesAndTheRestStays(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let now = Instant(milliseconds: 1_790_000_000_000)
            func ago(_ seconds: Int64) -> Int64 { now.milliseconds - seconds * 1_000 }
            let sessions: [(seen: Int64, created: Int64)] = [(60, 600), (7_300, 7_400), (60, 43_300)]
            let rows = sessions.enumerated().map { index, session in
                SessionTimes(digest: [UInt8(index)], seen: ago(session.seen), created: ago(session.created))
            }
            let (early, late) = (ago(90_000), ago(60))
            let links = [(mark: UInt8(1), over: ago(31 * 86_400)), (mark: UInt8(2), over: ago(29 * 86_400))]
            try await database.write { tx in
                try tx.run(
                    """
                    INSERT INTO person (id, uid, origin, name, sort_key, name_fold, version)
                    VALUES (1, 'p', 'o', 'An', 'an', 'an', 1)
                    """)
                for row in rows {
                    try tx.run(
                        """
                        INSERT INTO session (digest, person_id, csrf, created_at, seen_at, confirmed_at, address, agent)
                        VALUES (\(row.digest), 1, '', \(row.created), \(row.seen), 0, '', '')
                        """)
                }
                for (key, since, until) in [("old", early, Int64(0)), ("blocked", early, Int64.max), ("new", late, 0)] {
                    try tx.run(
                        """
                        INSERT INTO secret_attempt (key, failures, since, blocked_until)
                        VALUES (\(key), 1, \(since), \(until))
                        """)
                }
                for (mark, over) in links {
                    try tx.run(
                        """
                        INSERT INTO invitation (uid, digest, person_id, purpose, created_at, expires_at)
                        VALUES (\("i\(mark)"), \([mark]), 1, 'account', 0, \(over))
                        """)
                }
                let digest: [UInt8] = [1]
                for (key, at) in [("old", early), ("new", late)] {
                    try tx.run(
                        """
                        INSERT INTO idempotency (person_id, key, request, status, body, at)
                        VALUES (1, \(key), \(digest), 200, '', \(at))
                        """)
                }
            }
            let said = try await database.write { tx in
                try Cleaning(tx: tx, now: now).run(sessionIdle: .seconds(7_200), sessionAge: .seconds(43_200))
            }
            #expect(said == "sessions 2, attempts 1, answers 1, links 1")
            let left = try await database.read { tx in
                try tx.all("SELECT key FROM secret_attempt ORDER BY key").map { try $0.text(0) }
                    + tx.all("SELECT key FROM idempotency").map { try $0.text(0) }
            }
            #expect(left == ["blocked", "new", "new"])
        }
    }

    private struct SessionTimes {
        let digest: [UInt8]
        let seen: Int64
        let created: Int64
    }
}
