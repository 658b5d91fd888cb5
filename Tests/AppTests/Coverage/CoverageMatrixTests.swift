import Storage
import TestSupport
import Testing

@testable import App

/// The matrix: order, filters, pages, counts, and who sees what of it.
@Suite struct CoverageMatrixTests {
    /// Twelve communes more, and who has issued what.
    private func fill(_ world: CoverageWorld) async throws {
        let (today, now, province) = (world.today, world.now, try world.world.uid(.giaLai))
        try await world.world.database.write { tx in
            for number in 1...12 {
                var draft = UnitDraft(
                    kind: .commune, name: "Xã Số \(number)", parent: province, from: today, secrecy: .public)
                draft.place = OrgUnit.Place(latitude: Int64(13_000_000 + number * 10_000), longitude: 108_000_000)
                _ = try UnitStore(tx: tx, viewer: .system("test"), today: today).create(draft, at: now)
            }
        }
    }

    @Test(arguments: Engine.allCases) func whoOwesMostComesFirstAndPagesGoOnByKey(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            try await fill(world)
            let plan = try await world.require(.plan, due: "2026-11-01")
            _ = try await world.require(.report, due: "2026-12-31")
            try await world.issuePlan()
            for isDescending in [false, true] {
                for order in CoverageFilter.Order.allCases {
                    var filter = CoverageFilter()
                    (filter.order, filter.isDescending) = (order, isDescending)
                    let (asked, uid) = (filter, world.resolution.uid)
                    let whole = try await world.act { try $0.matrix(uid, asked).units }
                    #expect(whole.total == 14 && whole.items.count == 14 && whole.next == nil)
                    var names: [String] = [], after: Cursor?
                    repeat {
                        let cursor = after
                        let page = try await world.act {
                            try $0.matrix(uid, asked, page: PageRequest(after: cursor, limit: 3)).units
                        }
                        #expect(page.total == 14)
                        #expect(page.items.allSatisfy { $0.cells.count == 2 }, "a unit's cells stay together")
                        names += page.items.map(\.unit.name)
                        after = page.next
                    } while after != nil
                    #expect(names == whole.items.map(\.unit.name))
                    #expect(Set(names).count == 14)
                }
            }
            #expect(try await world.states().last == "Phường Quy Nhơn done-late due")
            #expect(try await world.states { $0.order = .name }.first == "Phường Pleiku late due")
            #expect(try await world.states { ($0.state, $0.requirement) = (.late, plan.uid) }.count == 13)
        }
    }

    @Test(arguments: Engine.allCases) func filtersNarrowAndCountsStayWhole(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            try await fill(world)
            let row = try await world.require()
            try await world.issuePlan()
            try await world.decide(row, .pleiku, .waive(reason: "x"))
            #expect(
                try await world.states { $0.text = "xa so 1" } == [
                    "Xã Số 1 due", "Xã Số 10 due", "Xã Số 11 due", "Xã Số 12 due",
                ])
            #expect(try await world.states { $0.state = .waived } == ["Phường Pleiku waived"])
            let province = try world.world.uid(.giaLai), other = try world.world.uid(.tayNinh)
            #expect(try await world.states { $0.below = province }.count == 14)
            #expect(try await world.states { $0.below = other } == [])
            let counts = try await world.matrix { $0.text = "quy nhon" }.counts
            #expect(counts.total() == 14 && counts.issued() == 1 && counts.missing() == 12)
            #expect(counts.count(.waived) == 1 && counts.count(.late) == 0)
            #expect(counts.share() == 77, "1 of 13 that must, in tenths of a percent, rounded")
            let unknown = await world.refusal { _ = try await world.matrix { $0.below = UID.new(at: world.now) } }
            #expect(unknown == ["not found"])
        }
    }

    @Test(arguments: Engine.allCases) func eachSeesItsOwnLine(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let country = try world.world.uid(.vietnam)
            _ = try await world.require(.plan, .communes(below: country), as: .root)
            func names(_ viewer: Viewer) async throws -> [String] {
                let uid = world.resolution.uid
                return try await world.act(as: viewer) { store in
                    var filter = CoverageFilter()
                    filter.order = .name
                    return try store.matrix(uid, filter).units.items.map(\.unit.name)
                }
            }
            let ward = try await world.documents.staff(.wardCommittee)
            let commune = try await world.documents.staff(.communeCommittee)
            #expect(try await names(ward) == ["Phường Quy Nhơn"])
            #expect(try await names(commune) == ["Xã Tân Biên"])
            for who in Who.roles {
                #expect(try await names(try await world.world.viewer(who)) == ["Phường Pleiku", "Phường Quy Nhơn"])
            }
            #expect(try await names(try await world.world.viewer(.root)).count == 3)
            #expect(try await names(try await world.world.viewer(.nobody)) == [])
            #expect(try await names(try await world.world.viewer(.department)) == [])
            // What is not seen does not count either, and a requirement without a line is none.
            #expect(try await world.matrix(as: .nobody).requirements.isEmpty)
            #expect(try await world.matrix(as: .member).counts.total() == 2)
            let uid = world.resolution.uid
            let seen = try await world.act(as: .department) {
                try $0.overview().items.contains { $0.document.uid == uid }
            }
            #expect(!seen)
            let summary = try await world.act(as: ward) { try $0.overview().items.first { $0.document.uid == uid } }
            #expect(summary?.counts.total() == 1)
        }
    }

    @Test(arguments: Engine.allCases) func anUnknownDocumentHasNoMatrix(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let hidden = try world.world.documents(.otherCommittee).issued
            let refusal = await world.refusal { _ = try await world.act(as: .administrator) { try $0.matrix(hidden) } }
            #expect(refusal == ["not found"])
            let requirement = try world.world.requirement(.otherCommittee)
            let direct = await world.refusal {
                _ = try await world.act(as: .administrator) { try $0.find(requirement) }
            }
            #expect(direct == ["not found"])
        }
    }

    @Test(arguments: Engine.allCases) func aUnitsPageHasWhatStandsInIt(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            _ = try await world.require()
            let committee = try world.world.uid(.wardCommittee), ward = try world.world.uid(.quyNhon)
            _ = try await world.require(.report, due: "2026-11-30", .units([committee]))
            func duties(_ unit: UID, _ state: CoverageFilter.State? = .missing, as who: Who? = .secretariat)
                async throws -> [String]
            {
                let own = try await world.act(as: who) { try $0.duties(of: unit, state: state).page.items }
                return own.filter { $0.document.uid == world.resolution.uid }.map {
                    "\($0.requirement.requirement.type) \($0.unit.name)"
                }
            }
            let both = ["report Ủy ban nhân dân phường Quy Nhơn", "plan Phường Quy Nhơn"]
            #expect(try await duties(ward) == both)
            #expect(try await duties(committee) == both)
            try await world.issuePlan()
            #expect(try await duties(ward) == [both[0]])
            #expect(try await duties(ward, .done) == [both[1]])
            #expect(try await duties(ward, nil) == both)
            #expect(try await duties(ward, as: .department) == [])
        }
    }

    @Test(arguments: Engine.allCases) func theMapSaysTheWorstOfEachUnit(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            try await fill(world)
            _ = try await world.require(.plan, due: "2026-11-01")
            _ = try await world.require(.report, due: "2026-12-31")
            try await world.issuePlan()
            let uid = world.resolution.uid
            let map = try await world.act { try $0.coverageMap(uid, CoverageFilter()) }
            #expect(map.dots.count == 14 && map.placeless == 0)
            #expect(map.dots.first { $0.unit.name == "Phường Quy Nhơn" }?.status == .due)
            #expect(map.dots.count { $0.status == .late } == 13)
        }
    }
}
