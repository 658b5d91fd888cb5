import Storage
import TestSupport
import Testing

@testable import App

@Suite struct SchemaTests {
    /// The check of a whole file in SQLite 3.40 tells of NULL where there is none when other columns stand before the key
    /// of such a table: `doctor` would call the file damaged, and no backup would go through.
    @Test func tablesThatLieInTheOrderOfTheirKeyBeginWithIt() async throws {
        try await World.with(.sqlite) { world in
            let found = try await world.database.read { tx in
                try tx.all(
                    """
                    SELECT m.name, SUM(CASE WHEN c.pk > 0 AND c.pk <> c.cid + 1 THEN 1 ELSE 0 END), COUNT(*)
                    FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.sql LIKE '%WITHOUT ROWID%' GROUP BY m.name ORDER BY m.name
                    """
                ).map { (name: try $0.text(0), misplaced: try $0.int(1)) }
            }
            #expect(found.count > 20)
            #expect(found.filter { $0.misplaced > 0 }.map(\.name) == [])
        }
    }
}
