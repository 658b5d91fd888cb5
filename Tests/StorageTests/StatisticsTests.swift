import Storage
import TestSupport
import Testing

/// A session keeps one plan for each statement: it is made anew when a table has grown within a transaction.
@Suite struct StatisticsTests {
    @Test(arguments: Engine.allCases) func aTableThatHasGrownIsKnownToHaveGrown(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.write { tx in
                for number in 1...300 { try tx.run("INSERT INTO thing (name) VALUES (\("n\(number)"))") }
                try tx.measure("thing")
                #expect(try tx.first("SELECT COUNT(*) FROM thing")?.int(0) == 300)
                guard tx.engine == .postgres else { return }
                let known = try tx.first(
                    "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = CAST('thing' AS regclass)")
                #expect(try known?.int(0) == 300)
            }
        }
    }
}
