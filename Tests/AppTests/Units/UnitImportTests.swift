import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// What a file of units may and may not hold, on both engines.
@Suite struct UnitImportTests {
    private static let head = "code,kind,name,parent"
    private static let country = "VN,country,Việt Nam,"

    /// Imports the lines into an empty installation, or one with `before` in it.
    private func outcome(
        _ engine: Engine, _ lines: [String], before: [String]? = nil, _ options: UnitImportOptions = .init()
    ) async throws -> (report: UnitImportReport, rows: Int) {
        try await ImportWorld.with(engine) { world in
            if let before {
                let report = try await world.load(before)
                #expect(report.problems.isEmpty, "\(report.problems.shown)")
            }
            let start = try await world.count()
            let report = try await world.load(lines, options)
            return (report, try await world.count() - start)
        }
    }

    private func problems(
        _ engine: Engine, _ lines: [String], before: [String]? = nil, _ options: UnitImportOptions = .init()
    ) async throws -> [Problem] {
        let (report, rows) = try await outcome(engine, lines, before: before, options)
        #expect(rows == 0, "nothing half-written stays")
        #expect(report.taken == 0)
        return report.problems.shown
    }

    @Test(arguments: Engine.allCases) func parentsMayComeLater(_ engine: Engine) async throws {
        let lines = [Self.head, "00004,ward,Phường Ba Đình,01", "01,city,Thành phố Hà Nội,VN", Self.country]
        let (report, rows) = try await outcome(engine, lines)
        #expect(report.problems.isEmpty)
        #expect(rows == 3)
        #expect(report.counts == [.country: 1, .city: 1, .ward: 1])
    }

    @Test(arguments: Engine.allCases) func aParentThatNeverComesIsNamed(_ engine: Engine) async throws {
        #expect(
            try await problems(engine, [Self.head, Self.country, "00004,ward,Ba Đình,02"])
                == [Problem("parent", "unit-import.unknown_parent", ["code": "02"], line: 3)])
    }

    @Test(arguments: Engine.allCases) func aCycleIsNamedAsAChain(_ engine: Engine) async throws {
        let lines = [Self.head, Self.country, "a,commune,A,b", "b,commune,B,c", "c,commune,C,a", "d,commune,D,a"]
        let (report, rows) = try await outcome(engine, lines)
        #expect(rows == 0)
        #expect(
            report.problems.shown
                == [Problem("parent", "unit-import.cycle", ["chain": "a → b → c → a"], line: 3)])
        #expect(report.dependents == 1)
    }

    @Test(arguments: Engine.allCases) func aDoubledCodeNamesBothLines(_ engine: Engine) async throws {
        #expect(
            try await problems(engine, [Self.head, Self.country, "1,commune,A,VN", "1,commune,B,VN"])
                == [Problem("code", "unit-import.doubled", ["code": "1", "line": 3], line: 4)])
    }

    @Test(arguments: Engine.allCases) func theSameFileAgainIsSaidToBeThere(_ engine: Engine) async throws {
        let file = [Self.head, Self.country, "1,commune,A,VN", "2,commune,B,VN"]
        let found = try await problems(engine, file, before: file)
        #expect(found.map(\.message.key) == ["unit-import.all_there", "unit-import.taken", "unit-import.taken"])
        #expect(found.map(\.line) == [nil, 3, 4])
    }

    @Test(arguments: Engine.allCases) func aRootThatIsThereIsUsedAsItIs(_ engine: Engine) async throws {
        let (report, rows) = try await outcome(
            engine, [Self.head, Self.country, "2,commune,B,VN"],
            before: [Self.head, Self.country, "1,commune,A,VN"])
        #expect(report.problems.isEmpty)
        #expect(rows == 1)
        #expect(report.known == 1)
    }

    @Test(arguments: Engine.allCases) func aRootOfAnotherNameIsADuplicate(_ engine: Engine) async throws {
        let found = try await problems(engine, [Self.head, "VN,country,Vietnam,"], before: [Self.head, Self.country])
        #expect(found.map(\.message.key) == ["unit-import.all_there", "unit-import.taken"])
    }

    @Test(arguments: Engine.allCases) func aParentMayStandInAnotherList(_ engine: Engine) async throws {
        let options = UnitImportOptions(scheme: "old", parentSchemes: ["gso-2025"])
        let before = [Self.head, Self.country]
        #expect(try await outcome(engine, [Self.head, "P1,province,A,VN"], before: before, options).rows == 1)
        let explicit = [Self.head, "P1,province,A,gso-2025:VN"]
        #expect(try await outcome(engine, explicit, before: before, .init(scheme: "old")).rows == 1)
        let unnamed = try await problems(engine, [Self.head, "P1,province,A,VN"], before: before, .init(scheme: "old"))
        #expect(unnamed.map(\.message.key) == ["unit-import.unknown_parent"])
    }

    @Test(arguments: Engine.allCases) func lifeIsReadAndKeptWithinThatOfTheParent(_ engine: Engine) async throws {
        let head = Self.head + ",from,to"
        let found = try await problems(
            engine,
            [
                head, "VN,country,Việt Nam,,,", "1,province,A,VN,2025-07-01,2026-01-01", "2,commune,B,1,01/06/2025,",
                "3,commune,C,1,2025-07-01,2026-02-01", "4,commune,D,1,2025-02-31,",
                "5,commune,E,1,2025-08-01,2025-08-01",
            ])
        #expect(
            found.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" } == [
                "4 from unit-import.before_parent", "4 to unit-import.after_parent", "5 to unit-import.after_parent",
                "6 from import.day", "7 to unit-import.to_before_from",
            ])
    }

    @Test(arguments: Engine.allCases) func everyBadCellIsToldAtOnce(_ engine: Engine) async throws {
        let head = Self.head + ",latitude,longitude,area_km2,hierarchy,secrecy,scheme"
        let long = String(repeating: "x", count: 201)
        let found = try await problems(
            engine,
            [
                head, "VN,country,Việt Nam,,,,,,,", ",comune,\(long),VN,\"21,5\",200,-1,tree,secret,Bad Scheme",
                "2,commune,,2,91,,1e9999,,,", "3,commune,B,VN,1.5,,99999999999999999999999,,,",
            ])
        #expect(
            found.map {
                "\($0.line ?? 0) \($0.field) \($0.message.key.replacing("unit-import.", with: "").replacing("import.", with: ""))"
            } == [
                "3 code missing", "3 scheme scheme", "3 kind kind", "3 name long", "3 hierarchy hierarchy",
                "3 secrecy secrecy", "3 latitude number_comma", "3 longitude number_range", "3 area_km2 number_range",
                "4 name missing", "4 latitude number_range", "4 area_km2 number", "4 parent own_parent",
                "5 longitude half_place", "5 area_km2 number",
            ])
    }

    @Test(arguments: Engine.allCases) func goodRowsCanBeTakenWithoutTheBad(_ engine: Engine) async throws {
        let options = UnitImportOptions(takesGoodRows: true)
        let (report, rows) = try await outcome(
            engine,
            [
                Self.head, Self.country, "1,province,A,VN", "2,provinz,B,VN", "11,commune,C,1", "21,commune,D,2",
                "22,commune,E,21", "x,commune,F,nowhere", "12,commune,G,1,more",
            ], options)
        #expect(rows == 3)
        #expect(report.taken == 3)
        #expect(report.dependents == 2)
        #expect(report.problems.shown.map(\.line) == [4, 8, 9])
    }

    @Test(arguments: Engine.allCases) func aTrialWritesNothing(_ engine: Engine) async throws {
        let (report, rows) = try await outcome(
            engine, [Self.head, Self.country, "1,province,A,VN"], UnitImportOptions(isTrial: true))
        #expect(rows == 0)
        #expect(report.taken == 2)
        #expect(report.isTrial)
    }

    @Test(arguments: Engine.allCases) func valuesArriveExactly(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let head = Self.head + ",latitude,longitude,area_km2,from,to,name_en,hierarchy,secrecy,basis"
            let text = [
                "\u{FEFF}" + head.uppercased().replacing(",", with: ";"), "VN;country;Việt Nam;;;;;;;Viet Nam;;;",
                "a;department;\"  Sơ\u{309}  Y tế \";VN;21.0285115;-0.5;1.2345675;1/7/2025;2026-01-01;\"Health; dept\""
                    + ";state;internal;NQ 1", "",
            ].joined(separator: "\r\n")
            let report = try await world.load(text: text)
            #expect(report.problems.isEmpty, "\(report.problems.shown)")
            #expect(report.separator == .semicolon)
            let row = try await world.database.read { tx in
                try tx.first(
                    """
                    SELECT u.latitude, u.longitude, u.area, u.from_day, u.to_day, u.secrecy, u.version, u.origin,
                    v.kind, v.level, v.name, v.name_fold, v.sort_key, v.basis, n.name, e.hierarchy, e.from_day
                    FROM unit u JOIN unit_version v ON v.unit_id = u.id JOIN unit_name n ON n.version_id = v.id
                    JOIN unit_edge e ON e.unit_id = u.id
                    """)
            }
            #expect(
                row?.values == [
                    .integer(21_028_512), .integer(-500_000), .integer(1_234_568), .text("2025-07-01"),
                    .text("2026-01-01"), .integer(1), .integer(1), .text(world.origin.text), .text("department"),
                    .integer(4), .text("Sở Y tế"), .text("so y te"), .text(SortKey.vietnamese("Sở Y tế")),
                    .text("NQ 1"), .text("Health; dept"), .text("state"), .text("2025-07-01"),
                ])
        }
    }

    @Test(arguments: Engine.allCases) func oneEventTellsOfTheWholeFile(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let report = try await world.load([Self.head, Self.country, "1,province,A,VN", "2,province,B,VN"])
            let rows = try await world.database.read { tx in
                try tx.all("SELECT verb, subject_kind, payload FROM event")
            }
            #expect(rows.count == 1)
            let payload = try #require(rows.first).text(2)
            #expect(try rows.first?.text(0) == "imported")
            #expect(try rows.first?.text(1) == "unit")
            #expect(payload.contains(report.hash) && payload.contains("\"province\":\"2\""))
        }
    }

    @Test func theHashIsSHA256OfTheBytes() throws {
        let file = try UnitImportReading.bytes(Array("abc".utf8), name: "abc", options: .init())
        #expect(file.hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: Engine.allCases) func keysGoOnAfterAnImport(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            try await world.load([Self.head, Self.country, "1,province,A,VN"])
            try await world.insertOneUnit()
            let report = try await world.load([Self.head, "2,province,B,VN"])
            #expect(report.problems.isEmpty)
            try await world.insertOneUnit()
            #expect(try await world.database.read { try $0.first("SELECT COUNT(*) FROM unit")?.int(0) } == 5)
        }
    }

    @Test(arguments: Engine.allCases) func aFailureWhileWritingLeavesNothing(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            // The event, which is written last, cannot be queued for sealing.
            try await world.database.write { tx in try tx.run("DROP TABLE audit_pending") }
            await #expect(throws: StorageError.self) {
                try await world.load([Self.head, Self.country, "1,province,A,VN"])
            }
            #expect(try await world.count() == 0)
        }
    }

    @Test(arguments: Engine.allCases) func aSecondFileThatIsRefusedTakesTheFirstBack(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let files = try [[Self.head, Self.country], [Self.head, "1,province,A,VN", "2,province,B,XX"]].map {
                lines in
                let bytes = Array(lines.joined(separator: "\n").utf8)
                return (
                    try UnitImportReading.bytes(bytes, name: "units.csv", options: .init()), UnitImportOptions()
                )
            }
            let reports = try await world.importing().run(files, into: world.database)
            #expect(reports.map(\.problems.count) == [0, 1])
            #expect(reports.map(\.taken) == [0, 0])
            #expect(try await world.count() == 0)
        }
    }

    @Test(arguments: Engine.allCases) func onlyAdministratorsImport(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            try await world.load([Self.head, Self.country, "1,province,A,VN", "2,province,B,VN"])
            await #expect(throws: AppError.forbidden(Message("unit-import.forbidden"))) {
                try await world.load([Self.head, "11,commune,C,1"], as: .anonymous)
            }
            let viewer = try await world.administrator(of: "1")
            #expect(try await world.load([Self.head, "11,commune,C,1"], as: viewer).taken == 1)
            let report = try await world.load([Self.head, "21,commune,C,2", "X,country,X,"], as: viewer)
            #expect(
                report.problems.shown.map(\.message.key) == [
                    "unit-import.unknown_parent", "unit-import.root_forbidden",
                ])
        }
    }

    @Test(arguments: Engine.allCases) func aBrokenFileIsToldBeforeAnythingIsTried(_ engine: Engine) async throws {
        #expect(
            try await problems(engine, ["code,kind,name,name", "1,commune,A,VN"]).map(\.message.key)
                == ["csv.header_doubled", "csv.header_missing"])
        #expect(
            try await problems(engine, [Self.head, Self.country, "1,commune,\"A,VN"], .init(takesGoodRows: true))
                == [Problem("name", "csv.unclosed_quote", line: 3)])
    }
}
