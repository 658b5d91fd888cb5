import Storage
import TestSupport
import Testing

@testable import App

/// Seats that are held for the sake of an office: when it ends, and on the page of the person.
@Suite struct SeatOfficeWorkTests {
    private func give(_ leaving: LeavingWorld, to person: UID, in place: Place) async throws {
        let all = CommitteeWorld(world: leaving.world)
        let uid = try all.uid(place)
        try await all.act { store in
            let seat = SeatDraft(
                position: .adviser, title: "Chuyên gia", person: person.text, from: store.today, decision: "QĐ 4")
            _ = try store.addSeat(uid, seat, seen: nil, at: World.start)
        }
    }

    @Test(arguments: Engine.allCases)
    func aSeatIsShownAndStaysForTheCommitteeToFill(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, committee) = (
                try leaving.world.staff(.wardCommittee), try leaving.world.committee(.wardSteering)
            )
            let (day, now) = (leaving.world.today, leaving.now)
            let work = try await leaving.work("seat", of: staff.office, as: .administrator)
            #expect(work.map(\.href) == ["/committees/\(committee.committee)"])
            #expect(work.map(\.fate) == [.stays] && work.map(\.title.key) == ["office-work.seat.words"])
            let bare = await outcome {
                try await leaving.act(as: .administrator) {
                    try $0.endOffice(staff.deputyOffice, OfficeEnding(from: day), at: now)
                }
            }
            #expect(bare == "invalid successor", "the deputy acts for another")
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            let held = try await leaving.number(
                """
                SELECT COUNT(*) FROM committee_seat s JOIN office o ON o.id = s.office_id
                WHERE s.uid = \(committee.member) AND o.uid = \(staff.office) AND s.to_day = \(Day.never)
                """)
            #expect(held == 1)
            #expect(try await leaving.latest(.ended)?.after["handed_over_seat"] == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func aSeatThatIsOverByThenIsNoWork(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let office = try leaving.world.staff(.science).office
            let record = try leaving.world.committee(.provinceSteering), day = CommitteeWorld.day
            try await CommitteeWorld(world: leaving.world).act {
                let end = CommitteeEnd(from: day, decision: "QĐ 5")
                _ = try $0.endSeat(record.committee, seat: record.member, end, seen: nil, at: World.start)
            }
            #expect(try await leaving.work("seat", of: office, as: .administrator).count == 1)
            #expect(try await leaving.work("seat", of: office, as: .administrator, on: day).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aCommitteeThatIsUnknownIsNotTold(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science)
            try await give(leaving, to: staff.person, in: .otherSteering)
            #expect(try await leaving.work("seat", of: staff.office, as: .administrator).count == 1)
            #expect(try await leaving.work("seat", of: staff.office, as: .root).count == 2)
            let other = "/committees/\(try leaving.world.committee(.otherSteering).committee)"
            let own = "/committees/\(try leaving.world.committee(.provinceSteering).committee)"
            let page = try await leaving.world.browser(as: .administrator).get("/people/\(staff.person)").text
            #expect(page.contains(own) && !page.contains(other))
            #expect(try await leaving.world.browser(as: .root).get("/people/\(staff.person)").text.contains(other))
        }
    }

    @Test(arguments: Engine.allCases)
    func whatTheHolderIsInChargeOfIsCountedAsFarAsItIsKnown(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, record) = (try leaving.world.staff(.science), try leaving.world.committee(.provinceSteering))
            let hidden = try leaving.world.id(.otherCommittee), day = leaving.world.today
            try await leaving.world.database.write { tx in
                for (number, unit) in [nil, hidden].enumerated() {
                    let field: Int64? = unit == nil ? 1 : nil
                    try tx.run(
                        """
                        INSERT INTO portfolio_line
                            (uid, committee_id, seat_id, field_id, unit_id, paper_id, from_day, to_day)
                        SELECT \(UID.new(at: World.start)), s.committee_id, s.id, \(field), \(unit),
                            (SELECT p.id FROM committee_paper p WHERE p.uid = \(record.paper)),
                            \(day.adding(days: -number)), \(Day.never)
                        FROM committee_seat s WHERE s.uid = \(record.member)
                        """)
                }
            }
            for (who, count) in [(Who.administrator, 1), (.root, 2)] {
                let work = try await leaving.work("seat", of: staff.office, as: who)
                #expect(work.map { $0.title.arguments["charges"] } == [.number(count)])
                #expect(work.map(\.title.key) == ["office-work.seat.words.charges"])
            }
            let form = try await leaving.world.browser(as: .administrator).get("/offices/\(staff.office)/end").text
            #expect(form.contains("Số lĩnh vực, địa bàn, nhiệm vụ phụ trách: 1."))
        }
    }

    @Test(arguments: Engine.allCases)
    func thePageOfThePersonShowsTheNewestOnly(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, record) = (try leaving.world.staff(.science), try leaving.world.committee(.provinceSteering))
            let first = try leaving.documents.day("2025-08-01")
            try await leaving.world.database.write { tx in
                for number in 1...PersonSeat.onPage {
                    try tx.run(
                        """
                        INSERT INTO committee_seat (uid, committee_id, position, person_id, office_id, title, from_day,
                            to_day, decision, end_decision, article, quote)
                        SELECT \(UID.new(at: World.start)), s.committee_id, 'adviser', s.person_id, s.office_id,
                            \("Cố vấn \(number)."), \(first.adding(days: number)), \(first.adding(days: number + 1)),
                            '', '', '', '' FROM committee_seat s WHERE s.uid = \(record.member)
                        """)
                }
            }
            let page = try await leaving.world.browser(as: .administrator).get("/people/\(staff.person)").text
            #expect(page.contains("Cố vấn 20.") && page.contains("Cố vấn 1."))
            #expect(!page.contains("Thành viên kiêm nhiệm"), "the oldest is left out")
            #expect(page.contains("Chỉ hiển thị 20 chức danh gần nhất."))
            let titles = try await leaving.act(as: .administrator) { store in
                try CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today)
                    .seats(of: store.find(staff.person).person.id, limit: 2).map(\.title)
            }
            #expect(titles == ["Cố vấn 20.", "Cố vấn 19."])
        }
    }
}
