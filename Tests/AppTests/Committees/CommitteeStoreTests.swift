import Storage
import TestSupport
import Testing

@testable import App

/// Making committees, and finding them again.
@Suite struct CommitteeStoreTests {
    private static func draft(_ host: UID, programme: String = "Phong trào 1") -> CommitteeDraft {
        CommitteeDraft(
            body: .new(host: host, name: "Ban Chỉ đạo mới", english: "", secrecy: .internal), programme: programme,
            from: CommitteeWorld.day, decision: "Quyết định 9")
    }

    @Test(arguments: Engine.allCases) func theBodyIsMadeInTheSameAct(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let host = try world.uid(.pleiku)
            let (row, unit) = try await all.act { store in
                let row = try store.create(Self.draft(host), at: World.start)
                return (row, try store.units.find(row.unitUID, on: CommitteeWorld.day))
            }
            #expect(unit.kind == .steeringCommittee)
            #expect(unit.parent?.uid == host)
            #expect(row.host?.uid == host)
            #expect(row.committee.version == 1)
            let detail = try await all.act { try $0.detail(row.uid) }
            #expect(detail.day == CommitteeWorld.day, "a committee to come is shown as it will begin")
            #expect(detail.checklist.first?.state == .done)
            #expect(detail.checklist.first?.reference == "Quyết định 9")
            #expect(detail.progress.missing == [.regulation, .notice, .supportTeam, .plan])
        }
    }

    @Test(arguments: Engine.allCases) func aUnitHasOneCommitteeForAProgramme(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (host, taken) = (try world.uid(.giaLai), try world.uid(.provinceSteering))
            let science = try world.uid(.science)
            let second = try await all.refusal {
                _ = try $0.create(Self.draft(host, programme: "nghi quyet so 57 NQ TW"), at: World.start)
            }
            #expect(second == ["conflict committee.error.host_has_one"])
            let other = try await all.refusal { _ = try $0.create(Self.draft(host), at: World.start) }
            #expect(other == [], "for another programme it may")
            var draft = Self.draft(host)
            draft.body = .existing(taken)
            let same = draft
            #expect(
                try await all.refusal { _ = try $0.create(same, at: World.start) } == [
                    "unit committee.error.body_taken"
                ])
            draft.body = .existing(science)
            let department = draft
            #expect(
                try await all.refusal { _ = try $0.create(department, at: World.start) } == [
                    "unit committee.error.not_a_committee"
                ])
        }
    }

    @Test(arguments: Engine.allCases) func theListIsFilteredAndPaged(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let giaLai = try world.uid(.giaLai)
            let found = try await all.act { store in
                var filter = CommitteeFilter()
                filter.unit = giaLai
                let below = try store.list(filter, page: .first).items.map(\.row.name)
                filter = CommitteeFilter()
                filter.text = "tay ninh"
                let named = try store.list(filter, page: .first).items.map(\.row.name)
                filter = CommitteeFilter()
                filter.level = .commune
                let communes = try store.list(filter, page: .first).items.map(\.row.name)
                filter = CommitteeFilter()
                filter.programme = "NGHỊ QUYẾT SỐ 57 NQ/TW"
                let programme = try store.list(filter, page: PageRequest(after: nil, limit: 2))
                let rest = try store.list(filter, page: PageRequest(after: programme.next, limit: 2))
                return [below, named, communes, programme.items.map(\.row.name), rest.items.map(\.row.name)]
            }
            #expect(found[0] == ["Ban Chỉ đạo phường Quy Nhơn", "Ban Chỉ đạo tỉnh Gia Lai"])
            #expect(found[1] == ["Ban Chỉ đạo tỉnh Tây Ninh"])
            #expect(found[2] == ["Ban Chỉ đạo phường Quy Nhơn", "Ban Chỉ đạo xã Tân Biên"])
            #expect(found[3].count == 2 && found[4].count == 2 && Set(found[3] + found[4]).count == 4)
        }
    }

    @Test(arguments: Engine.allCases) func aListNamesTheHeadAndWhatIsDone(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let lines = try await CommitteeWorld(world: world).act { store in
                var filter = CommitteeFilter()
                filter.text = "gia lai"
                return try store.list(filter, page: .first).items
            }
            #expect(lines.map(\.head?.seat.title) == ["Bí thư"])
            #expect(lines.map(\.progress.missing) == [[.regulation, .notice, .supportTeam]])
        }
    }

    @Test(arguments: Engine.allCases) func aDissolvedBodyEndsItsCommittee(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (body, uid) = (try world.uid(.wardSteering), try all.uid(.wardSteering))
            let detail = try await all.act { store in
                let end = UnitDissolution(from: store.today, basis: "Quyết định 3")
                _ = try store.units.dissolve(body, end, seen: nil, at: World.start)
                return try store.detail(uid)
            }
            #expect(detail.row.hasEnded(on: world.today))
            #expect(detail.seats(.now).count == 2, "shown as it was last")
            #expect(!detail.rights.mayKeep)
            let live = try await all.act { try $0.list(CommitteeFilter(), page: .first).items.map(\.row.uid) }
            #expect(!live.contains(uid))
        }
    }

    @Test(arguments: Engine.allCases) func aCommitteeStaysACommittee(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let body = try world.uid(.provinceSteering)
            let problems = try await CommitteeWorld(world: world).refusal { store in
                let change = UnitRenaming(name: "Văn phòng", kind: .office, from: CommitteeWorld.day, basis: "x")
                _ = try store.units.rename(body, change, seen: nil, at: World.start)
            }
            #expect(problems == ["kind unit.error.kind_of_committee"])
        }
    }

    @Test(arguments: Engine.allCases) func aChangeFromAnOlderStateIsRefused(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let uid = try all.uid()
            let committee = try await all.detail().row.committee
            let since = Overtaken(
                subject: Subject(.committee, id: committee.id.value, uid: uid), seen: 1, present: 2)
            await #expect(throws: AppError.stale(Message("committee.error.stale"), since)) {
                try await all.act { store in
                    let plan = PaperDraft(item: .plan, reference: "Kế hoạch 2", from: store.today)
                    _ = try store.addPaper(uid, plan, seen: 1, at: World.start)
                    _ = try store.addPaper(uid, plan, seen: 1, at: World.start)
                }
            }
            #expect(try await all.detail().papers.count == 2, "nothing of a refused act stays")
        }
    }
}
