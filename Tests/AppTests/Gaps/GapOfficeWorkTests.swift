import Storage
import TestSupport
import Testing

@testable import App

/// Gaps that an office answers for, when the office ends.
@Suite struct GapOfficeWorkTests {
    /// Notes gaps that an office of a unit answers for.
    @discardableResult
    private func note(
        _ count: Int, _ leaving: LeavingWorld, office: UID, owner: Place = .science
    ) async throws -> [UID] {
        let (owner, now) = (try leaving.world.uid(owner), leaving.now)
        let due = try leaving.documents.day("2026-12-31")
        return try await leaving.act { store in
            let gaps = GapStore(tx: store.tx, viewer: store.viewer, today: store.today)
            return try (1...count).map { number in
                var draft = GapDraft(title: "Quy chế \(number)", type: .regulation, owner: owner, due: due)
                draft.office = office
                return try gaps.create(draft, at: now).uid
            }
        }
    }

    private func held(_ leaving: LeavingWorld, by office: UID) async throws -> Int {
        try await leaving.number(
            "SELECT COUNT(*) FROM gap g JOIN office o ON o.id = g.office_id WHERE o.uid = \(office)")
    }

    @Test(arguments: Engine.allCases)
    func aSuccessorOfTheSameUnitAnswersForThemFromThenOn(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science), now = leaving.now
            let gaps = try await note(2, leaving, office: staff.office)
            try await leaving.act { store in
                let all = GapStore(tx: store.tx, viewer: store.viewer, today: store.today)
                _ = try all.decide(gaps[1], .drop(reason: "Không cần"), seen: nil, at: now)
            }
            let work = try await leaving.work("gap", of: staff.office, as: .administrator)
            #expect(work.map(\.href) == ["/gaps/\(gaps[0])"], "what is settled is no work")
            #expect(work.map(\.fate) == [.handedOver])
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await held(leaving, by: staff.deputyOffice) == 1)
            #expect(try await leaving.number("SELECT version FROM gap WHERE uid = \(gaps[0])") == 2)
            let event = try await leaving.latest(.changed)
            #expect(event?.after["successor"]?.hasPrefix("Phó science, Phó trưởng phòng science") == true)
            #expect(event?.after["moved_from"]?.hasPrefix("Cán bộ science") == true)
            #expect(try await leaving.latest(.ended)?.after["handed_over_gap"] == "1")
        }
    }

    @Test(arguments: Engine.allCases)
    func aSuccessorInAnotherUnitLeavesThemWhereTheyAre(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, ward) = (try leaving.world.staff(.science), try leaving.world.staff(.wardCommittee))
            let gaps = try await note(1, leaving, office: staff.office)
            #expect(try await leaving.end(staff.office, to: ward.office) == "done")
            #expect(try await held(leaving, by: staff.office) == 1)
            #expect(try await leaving.number("SELECT version FROM gap WHERE uid = \(gaps[0])") == 1)
        }
    }

    /// The form must not lose a successor whose office begins later.
    @Test(arguments: Engine.allCases)
    func aSuccessorToComeAnswersAtOnceAndCanBeKept(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, owner) = (try leaving.world.staff(.science), try leaving.world.uid(.science))
            let (day, now) = (leaving.world.today.adding(days: 30), leaving.now)
            let gap = try await note(1, leaving, office: staff.office)[0]
            let next = try await leaving.act(as: .administrator) { store in
                let ending = OfficeEnding(from: day, succession: .person(staff.former))
                try store.endOffice(staff.office, ending, at: now)
                return try store.offices(of: store.find(staff.former).person.id).filter { $0.office.from == day }
            }
            let office = try #require(next.first?.office.uid)
            #expect(try await held(leaving, by: office) == 1)
            try await leaving.act(as: .secretariat) { store in
                let gaps = GapStore(tx: store.tx, viewer: store.viewer, today: store.today)
                #expect(try gaps.offices(in: owner).contains { $0.uid == office })
                var draft = GapDraft(title: "Quy chế mới", type: .regulation, owner: owner, due: day)
                draft.office = office
                _ = try gaps.change(gap, draft, seen: 2, at: now)
            }
            #expect(try await held(leaving, by: office) == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func manyShareOneLineAndAllGoOver(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science), count = OfficeWork.batch + 5
            try await note(OfficeWork.ownLines, leaving, office: staff.office)
            let few = try await leaving.work("gap", of: staff.office, as: .administrator)
            #expect(few.count == OfficeWork.ownLines)
            try await note(count - OfficeWork.ownLines, leaving, office: staff.office)
            let work = try await leaving.work("gap", of: staff.office, as: .administrator)
            #expect(work.map(\.count) == [count])
            #expect(work.map(\.href) == ["/gaps?owner=\(try leaving.world.uid(.science))"])
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await held(leaving, by: staff.deputyOffice) == count)
            #expect(try await held(leaving, by: staff.office) == 0)
            let changed = try await leaving.number(
                "SELECT COUNT(*) FROM event WHERE verb = 'changed' AND subject_kind = 'gap'")
            #expect(changed == count)
        }
    }

    /// What a unit owes is internal, so that rights over what is public alone do not tell of it, not even by a number.
    @Test(arguments: Engine.allCases)
    func whoMayNotKnowOfThemIsNotAskedForASuccessor(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (unit, person) = (try leaving.world.id(.giaLai), try leaving.world.staff(.science).former)
            let (day, now) = (leaving.world.today, leaving.now)
            let office = try await leaving.act { store in
                try store.appoint(
                    person: try store.find(person).person.id, unit: unit, title: "Cán bộ tỉnh", from: day, at: now)
            }
            try await note(1, leaving, office: office.uid, owner: .giaLai)
            let narrow = Viewer(
                identity: try await leaving.world.viewer(.administrator).identity,
                grants: [Viewer.Grant(role: .administrator, hierarchy: .territory, unit: unit, ceiling: .public)],
                day: day)
            let seen = try await leaving.act(as: narrow) { store in
                try store.openWork(of: try store.office(office.uid), on: day, at: now).count
            }
            #expect(seen == 0)
            #expect(try await leaving.work("gap", of: office.uid, as: .administrator).count == 1)
            let end = await outcome {
                try await leaving.act(as: narrow) { try $0.endOffice(office.uid, OfficeEnding(from: day), at: now) }
            }
            #expect(end == "done")
            #expect(try await held(leaving, by: office.uid) == 1)
        }
    }
}
