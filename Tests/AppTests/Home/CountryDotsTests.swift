import Storage
import TestSupport
import Testing

@testable import App

@Suite struct CountryDotsTests {
    @Test(arguments: Engine.allCases)
    func theDrawingOfTheCountryHoldsUntilAUnitChanges(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            try await Self.settle(420, world)
            let dots = CountryDots()
            let first = try await Self.drawn(world, dots)
            #expect((first ?? 0) > 420)
            // What no event tells of is not seen within the minute, so nothing was drawn again.
            try await world.database.write { tx in
                try tx.run("UPDATE unit SET latitude = NULL, longitude = NULL WHERE uid = \(try world.uid(.quyNhon))")
            }
            #expect(try await Self.drawn(world, dots) == first)
            #expect(try await Self.drawn(world, dots, after: 61) == first.map { $0 - 1 })
            let place = OrgUnit.Place(latitude: 13_780_000, longitude: 109_220_000)
            try await Self.describe(world, UnitFacts(secrecy: .public, place: place, area: nil))
            #expect(try await Self.drawn(world, dots, after: 61) == first, "an event of a unit is seen at once")
        }
    }

    @Test(arguments: Engine.allCases)
    func aCommuneThatNotEverybodyKnowsIsDrawnForThoseWhoDo(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            try await Self.settle(420, world)
            let dots = CountryDots()
            let all = try await Self.drawn(world, dots)
            try await world.database.write { tx in
                try tx.run("UPDATE unit SET secrecy = 1 WHERE uid = \(try world.uid(.quyNhon))")
            }
            #expect(try await Self.drawn(world, dots, after: 61) == all.map { $0 - 1 })
            let root = try await world.database.read { tx in
                try Self.store(tx, world, dots, .system("test")).map(in: nil)
            }
            guard case .places(let communes) = root else {
                Issue.record("the drawing of everybody was shown")
                return
            }
            #expect(communes.contains { $0.name == "Phường Quy Nhơn" })
        }
    }

    private static func store(
        _ tx: Transaction, _ world: World, _ dots: CountryDots, _ viewer: Viewer, after seconds: Int = 0
    ) -> HomeStore {
        HomeStore(
            tx: tx, viewer: viewer, today: world.today, now: World.start.adding(.seconds(seconds)), dots: dots)
    }

    /// How many dots somebody without rights sees.
    private static func drawn(_ world: World, _ dots: CountryDots, after seconds: Int = 0) async throws -> Int? {
        try await world.database.read { tx in
            guard case .drawing(let drawing) = try store(tx, world, dots, .anonymous, after: seconds).map(in: nil)
            else { return nil }
            return drawing.total
        }
    }

    private static func describe(_ world: World, _ facts: UnitFacts) async throws {
        try await world.database.write { tx in
            let store = UnitStore(tx: tx, viewer: .system("test"), today: world.today)
            _ = try store.describe(try world.uid(.quyNhon), facts, seen: nil, at: World.start)
        }
    }

    /// More communes, in rows and columns.
    private static func settle(_ count: Int, _ world: World) async throws {
        try await world.database.write { tx in
            let origin = try Installation.origin(tx)
            for number in 0..<count {
                let uid = UID.new(at: World.start)
                let row = try tx.first(
                    """
                    INSERT INTO unit (uid, origin, from_day, to_day, secrecy, latitude, longitude, area, version)
                    VALUES (\(uid), \(origin), \(Day.beginning), \(Day.never), 0, \(10_000_000 + number / 20 * 200_000),
                        \(105_000_000 + number % 20 * 200_000), NULL, 1) RETURNING id
                    """)
                let id = try row?.int64(0) ?? 0
                let name = "Xã \(number)"
                try tx.run(
                    """
                    INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis)
                    VALUES (\(id), 'commune', \(UnitKind.Level.commune.rawValue), \(name),
                        \(SortKey.vietnamese(name)), \(TextFold.fold(name)), \(Day.beginning), \(Day.never), '')
                    """)
            }
        }
    }
}
