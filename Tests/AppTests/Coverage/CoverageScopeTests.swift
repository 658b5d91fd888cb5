import Storage
import TestSupport
import Testing

@testable import App

/// What a unit owes is known in the territory in which a body stands, and not from a level below.
@Suite struct CoverageScopeTests {
    private static let places: [Place] = [.vietnam, .giaLai, .quyNhon, .pleiku, .tayNinh]

    /// One requirement of a report for each place alone, and one gap. Of an owner in which nobody works, so that only
    /// the duties tell of it.
    private func owe(_ world: CoverageWorld) async throws -> [Place: UID] {
        var requirements: [Place: UID] = [:]
        for place in Self.places {
            let unit = try world.world.uid(place), now = world.now
            let draft = try world.draft(.report, .units([unit]), owner: .finance)
            var gap = GapDraft(title: place.rawValue, type: .regulation, owner: unit, due: draft.due)
            gap.reason = "Chưa có"
            let noted = gap
            requirements[place] = try await world.act { store in
                _ = try GapStore(tx: store.tx, viewer: store.viewer, today: store.today).create(noted, at: now)
                return try store.require(draft, at: now).uid
            }
        }
        return requirements
    }

    private func known(
        to viewer: Viewer, _ requirements: [Place: UID], _ world: CoverageWorld
    ) async throws -> (lines: [Place], requirements: [Place], gaps: [Place]) {
        let document = world.resolution.uid
        let units = try Self.places.map { ($0, try world.world.uid($0)) }
        return try await world.act(as: viewer) { store in
            let found = Self.places.filter { place in
                requirements[place].map { (try? store.find($0)) != nil } ?? false
            }
            let lines = found.isEmpty ? [] : try store.matrix(document, CoverageFilter()).units.items.map(\.unit.uid)
            let gaps = try GapStore(tx: store.tx, viewer: viewer, today: store.today).list().items.map(\.owner.uid)
            return (
                units.filter { lines.contains($0.1) }.map(\.0), found,
                units.filter { gaps.contains($0.1) }.map(\.0)
            )
        }
    }

    @Test(arguments: Engine.allCases) func aLevelAboveIsNotSeenFromBelow(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let requirements = try await owe(world)
            let expected: [(Place, [Place])] = [
                (.steering, [.vietnam]), (.science, [.giaLai]), (.wardCommittee, [.quyNhon]),
                (.communeCommittee, []), (.otherCommittee, [.tayNinh]),
            ]
            for (staff, places) in expected {
                let seen = try await known(to: try await world.documents.staff(staff), requirements, world)
                #expect(seen.lines == places, "\(staff)")
                #expect(seen.requirements == places, "\(staff)")
                #expect(seen.gaps == places, "\(staff)")
            }
        }
    }

    /// A body above in another tree counts only where it stands in the same territory.
    @Test(arguments: Engine.allCases) func aBodyBetweenIsSeenWhereItIsKnown(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let (committee, now) = (try world.world.uid(.committee), world.now)
            let due = try world.documents.day("2026-12-31")
            let gap = try await world.act { store in
                let gaps = GapStore(tx: store.tx, viewer: store.viewer, today: store.today)
                try store.tx.run("UPDATE unit SET secrecy = 0 WHERE uid = \(committee)")
                let draft = GapDraft(title: "Bảng giá", type: .regulation, owner: committee, due: due)
                return try gaps.create(draft, at: now).uid
            }
            for (staff, isSeen) in [(Place.science, true), (.wardCommittee, false), (.otherCommittee, false)] {
                let viewer = try await world.documents.staff(staff)
                let found = try await world.act(as: viewer) { store in
                    (try? GapStore(tx: store.tx, viewer: viewer, today: store.today).find(gap)) != nil
                }
                #expect(found == isSeen, "\(staff)")
            }
        }
    }

    /// Whoever must act on an internal paper knows it, and no longer when nothing is asked any more.
    @Test(arguments: Engine.allCases) func whoOwesSomethingKnowsThePaper(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let paper = try await world.documents.register(.steering, "9-KH/BCĐ", .plan, on: "2026-02-01")
            let staff = try await world.documents.staff(.wardCommittee)
            let ward = try world.world.uid(.quyNhon)
            func knows() async throws -> Bool {
                try await world.documents.act(as: staff) { try ifKnown($0.find(paper.uid)) != nil }
            }
            #expect(try await !knows())
            var draft = try world.draft(.plan, .units([ward]), owner: .steering)
            draft.document = paper.uid
            let (asked, now) = (draft, world.now)
            let row = try await world.act { try $0.require(asked, at: now) }
            #expect(try await knows())
            _ = try await world.act { try $0.release(row.requirement.uid, ward, reason: "Nhầm", seen: nil, at: now) }
            #expect(try await !knows())
            _ = try await world.act { try $0.address(row.requirement.uid, to: .units([ward]), seen: nil, at: now) }
            #expect(try await knows())
            _ = try await world.act { try $0.withdraw(row.requirement.uid, reason: "Thôi", seen: nil, at: now) }
            #expect(try await !knows())
            #expect(
                try await world.documents.act {
                    try DocumentMap(tx: $0.tx).differences().allSatisfy { $0.missing + $0.surplus == 0 }
                })
        }
    }
}
