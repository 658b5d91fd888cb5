import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The real registry goes in on both engines, is the same on both, and comes out as it went in.
@Suite(.serialized) struct UnitExportTests {
    private static let kinds2025: [UnitKind: Int] = [
        .country: 1, .province: 28, .city: 6, .commune: 2_621, .ward: 687, .specialZone: 13,
    ]
    private static let kindsBefore: [UnitKind: Int] = [
        .province: 57, .city: 6, .ruralDistrict: 508, .urbanDistrict: 49, .town: 52, .cityOfProvince: 87,
        .commune: 7_695, .ward: 1_724, .township: 616,
    ]

    private func loadRegistry(_ world: ImportWorld) async throws -> [UnitImportReport] {
        let files = try UnitDataset.read("vietnam-2025", from: ImportWorld.folder)
        return try await world.importing().run(files, into: world.database)
    }

    private func export(_ world: ImportWorld, asOf day: Day? = nil, as viewer: Viewer = .system("test")) async throws
        -> String
    {
        try await world.database.read { tx in
            var text = UnitExport.header
            try UnitExport(tx: tx, viewer: viewer).write(day.map { .existing(on: $0) } ?? .everything) { text += $0 }
            return text
        }
    }

    /// One after the other, so that the loading is done three times and not nine.
    @Test func vietnamIsTheSameOnBothEnginesAndComesOutAsItWentIn() async throws {
        var exports: [String] = []
        for engine in Engine.allCases {
            try await ImportWorld.with(engine) { world in
                try await vietnamIsImportedWhole(world, engine)
                exports.append(try await export(world))
            }
        }
        #expect(exports.count == 2 && exports.first == exports.last)
        let text = try #require(exports.first)
        #expect(text.split(separator: "\r\n").count == 14_151)
        try await ImportWorld.with(.postgres) { world in
            let report = try await world.load(text: text, .init(scheme: "other"))
            #expect(report.problems.isEmpty, "\(report.problems.shown.prefix(3))")
            #expect(report.taken == 14_150)
            #expect(try await export(world) == text)
        }
    }

    private func vietnamIsImportedWhole(_ world: ImportWorld, _ engine: Engine) async throws {
        let clock = ContinuousClock()
        var reports: [UnitImportReport] = []
        let time = try await clock.measure { reports = try await loadRegistry(world) }
        print("import of 14,150 units on \(engine.rawValue): \(time)")
        #expect(reports.map(\.counts) == [Self.kinds2025, Self.kindsBefore])
        #expect(reports.map(\.taken) == [3_356, 10_794])
        #expect(reports.last?.problems.isEmpty == true)
        let living = try await export(world, asOf: ImportWorld.today)
        #expect(living.split(separator: "\r\n").count == 3_357)
        let before = try await export(world, asOf: Day(parsing: "2025-06-30"))
        #expect(before.split(separator: "\r\n").count == 10_796, "63 + 696 + 10,035, Việt Nam and the header")
    }

    @Test(arguments: Engine.allCases) func whatGoesOutComesIn(_ engine: Engine) async throws {
        let text = try await ImportWorld.with(engine) { world in
            try await world.load([
                "code,kind,name,parent,latitude,longitude,area_km2,to",
                "VN,country,Việt Nam,,,,,", "1,city,Hà Nội,VN,21.0001,-105.698,3359.84,2026-01-01",
            ])
            try await world.load([
                "code,kind,name,parent,from,to,name_en,hierarchy,secrecy,basis",
                "SYT,department,\"Sở \"\"Y tế\"\", =1\",1,2025-07-01,2025-12-31,Health,state,internal,+NQ 1",
            ])
            try await world.load(["code,kind,name,parent", "X,front,'=Mặt trận,gso-2025:VN"], .init(scheme: "body"))
            try await world.insertOneNamedUnit("Không mã")
            return try await export(world)
        }
        #expect(text.contains(",'=Mặt trận,") && text.contains(",'+NQ 1\r\n"))
        try await ImportWorld.with(engine) { world in
            let report = try await world.load(text: text, .init(scheme: "other"))
            #expect(report.problems.isEmpty, "\(report.problems.shown)")
            #expect(report.taken == 5)
            #expect(try await export(world) == text)
        }
    }

    @Test(arguments: Engine.allCases) func anExportSaysTheLatestNameAndNoMore(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            try await world.load(["code,kind,name,parent,from", "VN,country,Việt Nam,,", "1,province,Cũ,VN,2025-07-01"])
            try await world.database.write { tx in
                let day = "2026-01-01"
                try tx.run("UPDATE unit_version SET to_day = \(day) WHERE name = 'Cũ'")
                try tx.run(
                    """
                    INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis)
                    SELECT unit_id, kind, level, 'Mới', 'moi', 'moi', \(day), \(Day.never), '' FROM unit_version
                    WHERE name = 'Cũ'
                    """)
            }
            let now = try await export(world)
            #expect(now.contains("1,province,Mới,VN,,,,2025-07-01,,gso-2025,,territory,public,"))
            #expect(!now.contains("Cũ"))
            #expect(try await export(world, asOf: Day(parsing: "2025-08-01")).contains("Cũ"))
        }
    }

    @Test(arguments: Engine.allCases) func aListIsExportedInItsOwnOrder(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            try await world.load([
                "code,kind,name,parent,to", "VN,country,Việt Nam,,", "1,province,Quận 10,VN,", "2,province,Quận 2,VN,",
                "3,province,Quận 1,VN,2025-07-01",
            ])
            func names(_ adjust: (inout UnitFilter) -> Void) async throws -> [String] {
                var filter = UnitFilter()
                filter.kind = .province
                adjust(&filter)
                let asked = filter
                let text = try await world.database.read { tx in
                    try UnitExport(tx: tx, viewer: .system("test")).csv(asked, on: ImportWorld.today)
                }
                return text.split(separator: "\r\n").dropFirst()
                    .compactMap { $0.split(separator: ",").dropFirst(2).first }.map(String.init)
            }
            #expect(try await names { _ in } == ["Quận 2", "Quận 10"])
            #expect(try await names { $0.isDescending = true } == ["Quận 10", "Quận 2"])
            #expect(try await names { $0.state = .ended } == ["Quận 1"])
            #expect(try await names { $0.state = .all } == ["Quận 1", "Quận 2", "Quận 10"])
        }
    }

    @Test(arguments: Engine.allCases) func whatAViewerMayNotKnowIsNotExported(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let open = ["code,kind,name,parent,secrecy", "VN,country,Việt Nam,,", "1,province,A,VN,"]
            try await world.load(open)
            let before = try await export(world, as: .anonymous)
            try await world.load([open[0], "B,body,Zebra,1,internal", "C,commune,Horse,B,internal"])
            #expect(try await export(world, as: .anonymous) == before)
            #expect(try await export(world).contains("Zebra"))
            #expect(try await export(world, as: try await world.administrator(of: "1")).contains("Zebra"))
        }
    }
}
