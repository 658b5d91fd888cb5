import Storage
import TestSupport
import Testing

@testable import App

/// A unit that must issue something is told of it, and finds it in *Today* until it is issued.
@Suite struct DutyTellingTests {
    private func viewer(_ office: UID, _ world: World) async throws -> Viewer {
        let today = world.today
        return try await world.database.read { tx in
            let row = try #require(try tx.first("SELECT person_id, id FROM office WHERE uid = \(office)"))
            return try ViewerStore(tx: tx).viewer(
                person: try row.id(0), office: try row.id(1), delegation: nil, today: today)
        }
    }

    /// Somebody new with a right over the unit of their office.
    private func hire(_ place: Place, _ title: String, _ role: Role, _ world: World) async throws -> Viewer {
        let (unit, now, today) = (try world.id(place), world.clock.now, world.today)
        let office = try await world.database.write { tx in
            let people = PersonStore(tx: tx, viewer: .system("test"), today: today)
            let person = try people.create(name: "Người \(title) \(place.rawValue)", at: now)
            let office = try people.appoint(person: person.id, unit: unit, title: title, from: today, at: now)
            try people.grant(
                office: office.uid, role: role, hierarchy: .territory, unit: unit, ceiling: .internal, from: today,
                at: now)
            return office.uid
        }
        return try await viewer(office, world)
    }

    private func told(_ viewer: Viewer, _ world: CoverageWorld) async throws -> [NoticeRow] {
        let today = world.today
        return try await world.world.database.read { tx in
            try NoticeStore(tx: tx, viewer: viewer, today: today).list().items.filter { $0.notice.kind == .toIssue }
        }
    }

    @Test(arguments: Engine.allCases) func aUnitIsToldUntilItIsSettled(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let staff = try world.world.staff(.wardCommittee), other = try world.world.staff(.communeCommittee)
            let head = try await viewer(staff.office, world.world)
            let row = try await world.require(), now = world.now
            let first = try #require(try await told(head, world).first)
            #expect(first.subject.title == "05/NQ-UBND · Đột phá khoa học, công nghệ")
            #expect(first.subject.href == row.href && first.notice.due == row.requirement.due)
            // Without a right there, and in another province, nobody is told; nor is whoever has required it.
            for office in [staff.deputyOffice, other.office] {
                #expect(try await told(viewer(office, world.world), world).isEmpty)
            }
            #expect(try await told(world.world.viewer(.secretariat), world).isEmpty)

            let later = try world.documents.day("2026-12-20")
            let change = RequirementChange(title: "của phường", paragraph: "", due: later, reason: "Bão")
            _ = try await world.act(as: .secretariat) { try $0.change(row.uid, change, seen: nil, at: now) }
            let moved = try await told(head, world)
            #expect(moved.map(\.notice.due) == [later] && moved.first?.subject.title == "05/NQ-UBND · của phường")
            let steps: [(DutyDecision, Int)] = [
                (.waive(reason: "Sáp nhập"), 0), (.unwaive(reason: "Vẫn cần"), 1), (.release(reason: "Nhầm"), 0),
            ]
            for (decision, count) in steps {
                try await world.decide(row, .quyNhon, decision)
                #expect(try await told(head, world).count == count, "\(decision)")
            }
            let ward = try world.world.uid(.quyNhon)
            _ = try await world.act(as: .secretariat) {
                try $0.address(row.uid, to: .units([ward]), seen: nil, at: now).added
            }
            #expect(try await told(head, world).count == 1)
            try await world.issuePlan()
            #expect(try await told(head, world).isEmpty, "it is issued")

            let report = try await world.require(.report)
            #expect(try await told(head, world).count == 1)
            _ = try await world.act(as: .secretariat) {
                try $0.withdraw(report.uid, reason: "Thôi", seen: nil, at: now)
            }
            #expect(try await told(head, world).isEmpty)
        }
    }

    /// What is there already is no news, and leaders are told where nobody writes the papers.
    @Test(arguments: Engine.allCases) func whoWritesThePapersIsToldAndElseTheLeaders(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let leader = try await hire(.pleiku, "Chủ tịch", .leader, world.world)
            let head = try await viewer(world.world.staff(.wardCommittee).office, world.world)
            try await world.issuePlan()
            _ = try await world.require()
            #expect(try await told(leader, world).count == 1)
            #expect(try await told(head, world).isEmpty, "theirs is issued")
            let focal = try await hire(.pleiku, "Đầu mối", .focal, world.world)
            _ = try await world.require(.report)
            #expect(try await told(focal, world).count == 1)
            #expect(try await told(leader, world).count == 1, "the focal person sees to it")
        }
    }

    private func today(_ viewer: Viewer, _ world: CoverageWorld) async throws -> [String] {
        let (today, document) = (world.today, world.resolution.uid)
        return try await world.world.database.read { tx in
            let own = try CoverageStore(tx: tx, viewer: viewer, today: today).ownDuties(limit: 5)
            return own.duties.filter { $0.document.uid == document }.map {
                "\($0.requirement.requirement.type.rawValue) \($0.cell.status.rawValue) \($0.cell.due.text)"
            }
        }
    }

    @Test(arguments: Engine.allCases) func todayHasItLateOnesFirst(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let staff = try world.world.staff(.wardCommittee)
            let head = try await viewer(staff.office, world.world), now = world.today
            _ = try await world.require()
            #expect(try await today(head, world) == ["plan due 2026-12-01"])
            _ = try await world.require(.report, due: "2026-11-10")
            #expect(try await today(head, world) == ["report late 2026-11-10", "plan due 2026-12-01"])
            let deputy = try await viewer(staff.deputyOffice, world.world)
            #expect(try await today(deputy, world) == [], "who sees to no papers")
            #expect(try await today(world.world.viewer(.secretariat), world) == [], "another unit's")
            let (page, listed) = try await world.world.database.read { tx in
                let store = TaskStore(tx: tx, viewer: head, today: now)
                let read = try Today(store, limit: 5)
                let all = try CoverageStore(tx: tx, viewer: head, today: now).duties(of: #require(read.duties.unit))
                #expect(all.page.items.map(\.requirement.uid) == read.duties.duties.map(\.requirement.uid))
                return (read, all.page.total)
            }
            #expect(page.duties.isLate && !page.duties.hasMore && page.duties.duties.count == listed)
            let html = try todayPage(page, SamplePage.context(as: head)).text
            let place = try #require(html.firstRange(of: "Văn bản phải ban hành"))
            #expect(html[place.upperBound...].contains("5/NQ-UBND"))
            try await world.issuePlan()
            #expect(try await today(head, world) == ["report late 2026-11-10"])
        }
    }

    /// A department does not issue the plan of its province; what speaks for the province does.
    @Test(arguments: Engine.allCases) func aDepartmentDoesNotSpeakForItsProvince(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let office = try await hire(.committee, "Chánh Văn phòng", .secretariat, world.world)
            let department = try await world.world.viewer(.department)
            _ = try await world.require(.programme, .units([try world.world.uid(.giaLai)]), as: .root)
            #expect(try await today(office, world) == ["programme due 2026-12-01"])
            #expect(try await told(office, world).count == 1)
            #expect(try await today(department, world) == [])
            #expect(try await told(department, world).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aHundredAndThirtyFiveCommunesAreToldInOneAct(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let units = try await tasks.communes(135)
            var draft = RequirementDraft(
                document: try tasks.world.documents(.science).issued, type: .plan, due: tasks.due,
                audience: .units(units))
            draft.owner = try tasks.world.uid(.science)
            let (asked, now) = (draft, tasks.now)
            try await tasks.act { store in
                try CoverageStore.queue(store.tx)
                let clock = ContinuousClock(), start = clock.now
                try CoverageStore(tx: store.tx, viewer: .system("test"), today: store.today).require(asked, at: now)
                print("requirement (\(engine.rawValue)): \(units.count) units in \(clock.now - start)")
            }
            let told = try await tasks.number(
                """
                SELECT COUNT(*) FROM notice n JOIN office o ON o.id = n.office_id
                WHERE n.kind = 'to-issue' AND o.title = 'Đầu mối'
                """)
            #expect(told == 135)
            #expect(try await tasks.number("SELECT COUNT(*) FROM notice WHERE kind = 'to-issue'") == 135)
        }
    }
}
