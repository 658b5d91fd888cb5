import Storage
import TestSupport
import Testing

@Suite struct ValueTests {
    static let texts = [
        "", "Đắk Lắk", "a\tb\nc\rd\\e\\N\\.", "\\.", "👩‍👧 نص", "'; DROP TABLE thing; --", "\u{FEFF}x", "e\u{301}",
    ]
    static let numbers: [Int64] = [.min, -1, 0, 1, 2_147_483_648, 9_007_199_254_740_993, .max]
    static let shares: [Double] = [0, -0.1, 1e-300, 1.7976931348623157e308, 0.1 + 0.2]
    static let blobs: [[UInt8]] = [[], [0], Array(0...255), Array("\\x00".utf8)]

    static var rows: [[SQLValue]] {
        var rows: [[SQLValue]] = []
        func add(_ name: String, number: SQLValue = .null, share: SQLValue = .null, bytes: SQLValue = .null) {
            rows.append([.integer(Int64(rows.count + 1)), .text(name), number, share, bytes])
        }
        for text in texts { add(text) }
        for number in numbers { add("n \(number)", number: .integer(number)) }
        for share in shares { add("d \(share)", share: .double(share)) }
        for blob in blobs { add("b \(blob.count) \(blob.first ?? 9)", bytes: .blob(blob)) }
        return rows
    }

    @Test(arguments: Engine.allCases) func everyKindOfValueComesBackAsItWent(engine: Engine) async throws {
        try await withThings(engine) { database in
            let written = Self.rows
            try await database.write { tx in
                for row in written {
                    try tx.run(
                        """
                        INSERT INTO thing (id, name, number, share, bytes)
                        VALUES (\(row[0]), \(row[1]), \(row[2]), \(row[3]), \(row[4]))
                        """)
                }
            }
            let read = try await database.read { tx in
                try tx.all("SELECT id, name, number, share, bytes FROM thing ORDER BY id").map(\.values)
            }
            #expect(read == written)
        }
    }

    @Test(arguments: Engine.allCases) func bulkLoadStoresTheSameAsSingleInserts(engine: Engine) async throws {
        try await withThings(engine) { database in
            let written = Self.rows
            let count = try await database.write { tx in
                try tx.insert(into: "thing", ["id", "name", "number", "share", "bytes"], rows: written)
            }
            #expect(count == written.count)
            let read = try await database.read { tx in
                try tx.all("SELECT id, name, number, share, bytes FROM thing ORDER BY id").map(\.values)
            }
            #expect(read == written)
        }
    }

    @Test(arguments: Engine.allCases) func everyValueFindsItsOwnRow(engine: Engine) async throws {
        try await withThings(engine) { database in
            let written = Self.rows
            try await database.write { tx in
                try tx.insert(into: "thing", ["id", "name", "number", "share", "bytes"], rows: written)
            }
            for row in written {
                let found = try await database.read { tx in
                    try tx.first("SELECT id FROM thing WHERE name = \(row[1])")?.values
                }
                #expect(found == [row[0]])
            }
            let big = try await database.read { tx in
                try tx.all("SELECT name FROM thing WHERE number = \(Int64.max - 1) + 1").map { try $0.text(0) }
            }
            #expect(big == ["n \(Int64.max)"])
        }
    }

    @Test(arguments: Engine.allCases) func textWithNULAndUnboundedNumbersAreRefused(engine: Engine) async throws {
        try await withThings(engine) { database in
            let nul = await failure { try await database.add("a\0b") }
            #expect(nul == .check("text contains the character NUL"))
            for number in [Double.nan, .infinity] {
                let error = await failure {
                    _ = try await database.write { tx in
                        try tx.run("INSERT INTO thing (name, share) VALUES (\("x"), \(number))")
                    }
                }
                guard case .check = error else {
                    Issue.record("\(number) gave \(String(describing: error))")
                    continue
                }
            }
            let bulk = await failure {
                _ = try await database.write { tx in
                    try tx.insert(into: "thing", ["name"], rows: [[.text("ok")], [.text("a\0b")]])
                }
            }
            #expect(bulk == .check("text contains the character NUL"))
            let kept = try await database.names()
            #expect(kept == [])
        }
    }

    @Test(arguments: Engine.allCases) func aFractionIsNotRoundedIntoAWholeColumn(engine: Engine) async throws {
        try await withThings(engine) { database in
            let error = await failure {
                _ = try await database.write { tx in
                    try tx.run("INSERT INTO thing (name, number) VALUES (\("x"), \(1.5))")
                }
            }
            guard case .check = error else {
                Issue.record("1.5 gave \(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func sumsThatDoNotFitAreAnErrorValue(engine: Engine) async throws {
        try await withThings(engine) { database in
            try await database.add("a", number: .max)
            try await database.add("b", number: .max)
            let error = await failure {
                _ = try await database.read { tx in
                    try tx.all("SELECT CAST(SUM(number) AS BIGINT) FROM thing")
                }
            }
            guard case .check = error else {
                Issue.record("the sum gave \(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: Engine.allCases) func idsGoOnAboveThoseWrittenByHand(engine: Engine) async throws {
        try await withThings(engine) { database in
            let ids = try await database.write { tx in
                let byHand: [[SQLValue]] = [[.integer(1), .text("a")], [.integer(40), .text("b")]]
                try tx.insert(into: "thing", ["id", "name"], rows: byHand)
                try tx.continueIDs(of: "thing")
                try tx.run("INSERT INTO thing (name) VALUES (\("c"))")
                let last = try tx.first("INSERT INTO thing (name) VALUES (\("d")) RETURNING id")?.int64(0)
                return (last, try tx.all("SELECT id FROM thing WHERE name = \("c")").map { try $0.int64(0) })
            }
            #expect(ids.0 == 42)
            #expect(ids.1 == [41])
        }
    }

    @Test func aNumericResultSaysToCast() async throws {
        try await withThings(.postgres) { database in
            let error = await failure {
                _ = try await database.read { tx in try tx.all("SELECT SUM(number), AVG(number) FROM thing") }
            }
            // An empty table gives NULL, which has no type to object to.
            #expect(error == nil)
            try await database.add("a", number: 1)
            let typed = await failure {
                _ = try await database.read { tx in try tx.all("SELECT SUM(number) FROM thing") }
            }
            #expect(typed == .decoding("column 0 is NUMERIC, which SQLite does not have: write CAST(… AS BIGINT)"))
        }
    }

    @Test(arguments: Engine.allCases) func aLongResultIsHandedOverRowByRow(engine: Engine) async throws {
        try await withThings(engine) { database in
            let sum = try await database.write { tx in
                try tx.insert(
                    into: "thing", ["name", "number"],
                    rows: (1...3000).lazy.map { [.text("t\($0)"), .integer(Int64($0 == 13 ? 0 : $0))] })
                var sum: Int64 = 0
                try tx.each("SELECT number FROM thing WHERE number > \(0)") { row in
                    sum += try row.int64(0)
                    return true
                }
                return sum
            }
            #expect(sum == 3000 * 3001 / 2 - 13)
            let stopped = try await database.read { tx in
                var seen = 0
                try tx.each("SELECT number FROM thing ORDER BY number") { row in
                    seen += 1
                    // Another statement, even the same one, may run between two rows.
                    if seen < 3 { try tx.each("SELECT number FROM thing ORDER BY number") { _ in false } }
                    return seen < 700
                }
                return seen
            }
            #expect(stopped == 700)
        }
    }
}
