import Storage
import TestSupport
import Testing

@testable import App

/// Seats: who takes them, who left, and what a viewer may know of them.
@Suite struct CommitteeSeatsTests {
    private static func seat(
        _ position: SeatPosition, _ title: String, person: String = "", office: String = "",
        from: Day = CommitteeWorld.day
    ) -> SeatDraft {
        SeatDraft(position: position, title: title, person: person, office: office, from: from, decision: "QĐ 4")
    }

    @Test(arguments: Engine.allCases) func aPersonIsFoundByNameOrUIDAndTheOnlyOfficeIsTaken(_ engine: Engine)
        async throws
    {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, leader) = (try all.uid(), try world.person(.leader).text)
            try await all.act { store in
                let first = Self.seat(.deputyHead, "Giám đốc Sở", person: "tran thi thu")
                _ = try store.addSeat(uid, first, seen: nil, at: World.start)
                let second = Self.seat(.deputyHead, "Phó Giám đốc", person: leader, office: "chuc vu leader")
                _ = try store.addSeat(uid, second, seen: nil, at: World.start)
            }
            let seats = try await all.detail(on: CommitteeWorld.day).seats(.now).filter {
                $0.seat.position == .deputyHead
            }
            #expect(seats.map(\.person?.name) == ["Trần Thị Thư", "Lê Văn Trưởng"])
            #expect(seats.map(\.office?.title) == ["Chức vụ secretariat", "Chức vụ leader"])
        }
    }

    @Test(arguments: Engine.allCases) func whatStandsInTheWayIsNamed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, member) = (try all.uid(), try world.staff(.science).person.text)
            let cases: [(SeatDraft, String)] = [
                (Self.seat(.secretary, "Thư ký", person: member), "person committee.error.seat_doubled"),
                (Self.seat(.head, "Chủ tịch"), "position committee.error.second_head"),
                (Self.seat(.member, "x", person: "Nguyễn Không Ai"), "person committee.error.person_unknown"),
                (
                    Self.seat(.member, "x", person: try world.uid(.science).text),
                    "person committee.error.person_unknown"
                ),
                (Self.seat(.member, "x", person: "Đỗ Thị Cũ"), "person committee.error.person_left"),
                (
                    Self.seat(.member, "x", person: "Trần Thị Thư", office: "Bộ trưởng"),
                    "office committee.error.office_not_held"
                ),
                (Self.seat(.member, ""), "title field.missing"),
                (Self.seat(.member, "x", from: .beginning), "from committee.error.outside_life"),
            ]
            for (draft, expected) in cases {
                let problems = try await all.refusal { _ = try $0.addSeat(uid, draft, seen: nil, at: World.start) }
                #expect(problems == [expected], "\(draft.title)")
            }
            var backwards = Self.seat(.member, "Chuyên gia")
            backwards.to = backwards.from
            backwards.source = CommitteeSource(article: "", quote: "Nguyên văn")
            let draft = backwards
            let problems = try await all.refusal { _ = try $0.addSeat(uid, draft, seen: nil, at: World.start) }
            #expect(
                problems.sorted() == [
                    "article committee.error.quote_without_article", "to committee.error.to_before_from",
                ])
            #expect(try await all.detail().seats.count == 2, "nothing of a refused act stays")
        }
    }

    /// What is left of a person whose data was erased gets no new seat, not even as an adviser.
    @Test(arguments: Engine.allCases) func anErasedPersonGetsNoSeat(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world), uid = try all.uid(), former = try world.staff(.science).former
            let (viewer, today, now) = (try await world.viewer(.administrator), world.today, world.clock.now)
            try await world.database.write { tx in
                _ = try PersonDataStore(tx: tx, viewer: viewer, today: today).erase(former, reason: "Đề nghị", at: now)
            }
            for position in [SeatPosition.adviser, .member] {
                let draft = Self.seat(position, "Chuyên gia", person: former.text)
                let problems = try await all.refusal { _ = try $0.addSeat(uid, draft, seen: nil, at: World.start) }
                #expect(problems.contains("person person.erased.stays"), "\(position): \(problems)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func anEndIsADayAndADecision(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            let day = CommitteeWorld.day
            try await all.act {
                let end = CommitteeEnd(from: day, decision: "QĐ 5")
                _ = try $0.endSeat(uid, seat: seat, end, seen: nil, at: World.start)
            }
            let (before, after) = (try await all.detail(on: day.adding(days: -1)), try await all.detail(on: day))
            #expect(before.seats(.now).contains { $0.seat.uid == seat })
            #expect(after.seats(.past).map(\.seat.uid) == [seat])
            #expect(after.seats(.past).first?.seat.endDecision == "QĐ 5")
            let again = try await all.refusal {
                let end = CommitteeEnd(from: day.adding(days: 9), decision: "QĐ 6")
                _ = try $0.endSeat(uid, seat: seat, end, seen: nil, at: World.start)
            }
            #expect(again == ["from committee.error.already_ended"])
        }
    }

    @Test(arguments: Engine.allCases) func whoeverEndedTheirOfficeShowsAsLeft(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (office, today) = (try world.staff(.science).office, world.today)
            #expect(try await all.detail().left.isEmpty)
            try await world.database.write { tx in
                try PersonStore(tx: tx, viewer: .system("test"), today: today)
                    .endOffice(
                        office, OfficeEnding(from: today, succession: .open(reason: "Chưa có người thay")),
                        at: World.start)
            }
            let detail = try await all.detail()
            #expect(detail.left.map(\.leftOn) == [today])
            #expect(try await all.detail(on: today.adding(days: -1)).left.isEmpty)
            let page = try await world.browser(as: .secretariat).get("/committees/\(try all.uid())").text
            #expect(page.contains("đã thôi giữ chức vụ") && page.contains("/consolidations/new"))
        }
    }

    /// The seat with its role is known to whoever knows the committee; the person only to whoever may know the person.
    @Test(arguments: Engine.allCases) func anUnknownPersonIsASeatWithoutAName(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, stranger) = (try all.uid(), try world.staff(.otherCommittee))
            try await all.act { store in
                let seat = Self.seat(.deputyHead, "Phó Chủ tịch", person: stranger.person.text, from: store.today)
                _ = try store.addSeat(uid, seat, seen: nil, at: World.start)
            }
            let known = try await all.detail(as: .root).seats.first { $0.seat.position == .deputyHead }
            #expect(known?.person?.uid == stranger.person)
            let hidden = try await all.detail(as: .member).seats.first { $0.seat.position == .deputyHead }
            #expect(hidden?.seat.title == "Phó Chủ tịch")
            #expect(hidden?.person == nil && hidden?.office == nil && hidden?.isPersonHidden == true)
            #expect(try await all.lastEvent(as: .root)?.after["person"] == "Cán bộ otherCommittee")
            #expect(try await all.lastEvent(as: .member)?.after["person"] == EventNames.unknown)
            for path in ["/committees/\(uid)", "/committees/\(uid)/history", "/api/v1/committees/\(uid)", "/events"] {
                let text = try await world.browser(as: .member).get(path).text
                #expect(text.contains("Phó Chủ tịch"), "\(path)")
                #expect(!text.contains("Cán bộ otherCommittee") && !text.contains(stranger.person.text), "\(path)")
            }
        }
    }
}
