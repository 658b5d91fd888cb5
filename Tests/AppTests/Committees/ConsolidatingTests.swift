import Storage
import TestSupport
import Testing

@testable import App

/// One decision, one day, one event: the list as it was and as it is.
@Suite struct ConsolidatingTests {
    private static let day = CommitteeWorld.day

    private static func additions(_ drafts: [(SeatPosition, String, String)]) -> [SeatDraft] {
        drafts.map { SeatDraft(position: $0.0, title: $0.1, person: $0.2, from: day, decision: "") }
    }

    @Test(arguments: Engine.allCases) func endsChangesAndAdditionsAreOneAct(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seats) = (try all.uid(), try world.committee(.provinceSteering))
            let asked = Consolidation(
                from: Self.day, decision: "QĐ kiện toàn",
                changes: [seats.head: .leaves, seats.member: .becomes(.standingMember)],
                additions: Self.additions([
                    (.head, "Bí thư mới", ""), (.deputyHead, "Giám đốc Sở", "Trần Thị Thư"),
                ]))
            try await all.act { _ = try $0.consolidate(uid, asked, seen: 1, at: World.start) }
            let (before, after) = (
                try await all.detail(on: Self.day.adding(days: -1)), try await all.detail(on: Self.day)
            )
            #expect(before.seats(.now).map(\.seat.title) == ["Bí thư", "Thành viên kiêm nhiệm"])
            #expect(after.seats(.now).map(\.seat.title) == ["Bí thư mới", "Giám đốc Sở", "Thành viên kiêm nhiệm"])
            #expect(after.seats(.now).map(\.seat.position) == [.head, .deputyHead, .standingMember])
            #expect(after.seats(.now).allSatisfy { $0.seat.decision == "QĐ kiện toàn" })
            #expect(after.seats(.past).map(\.seat.endDecision) == ["QĐ kiện toàn", "QĐ kiện toàn"])
            #expect(after.row.committee.version == 2, "one act")
            let event = try await all.lastEvent()
            #expect(event?.verb == .consolidated)
            #expect(event?.before["seats-head"] == "Bí thư" && event?.after["seats-head"] == "Bí thư mới")
            #expect(event?.after["seats-deputy-head"] == "Giám đốc Sở (Trần Thị Thư)")
            #expect(event?.before["seats-member"] == "Thành viên kiêm nhiệm (Cán bộ science)")
            #expect(event?.after["seats-member"] == nil)
            #expect(event?.after["seats-standing-member"] == "Thành viên kiêm nhiệm (Cán bộ science)")
        }
    }

    @Test(arguments: Engine.allCases) func aWrongLineRefusesTheWholeAndIsNamed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seats) = (try all.uid(), try world.committee(.provinceSteering))
            let member = try world.staff(.science).person.text
            let cases: [([UID: Consolidation.SeatChange], [(SeatPosition, String, String)], [String])] = [
                ([:], [], [" committee.error.nothing_changes"]),
                ([seats.head: .becomes(.head)], [], ["seat.\(seats.head) committee.error.same_position"]),
                ([seats.organ: .leaves], [], ["seat.\(seats.organ) committee.error.seat_not_held"]),
                (
                    [seats.member: .becomes(.head)], [],
                    ["seat.\(seats.member) committee.error.second_head"]
                ),
                (
                    [:], [(.member, "A", ""), (.head, "B", ""), (.secretary, "C", member)],
                    [
                        "additions.1.position committee.error.second_head",
                        "additions.2.person committee.error.seat_doubled",
                    ]
                ),
            ]
            for (changes, additions, expected) in cases {
                let asked = Consolidation(
                    from: Self.day, decision: "QĐ", changes: changes, additions: Self.additions(additions))
                let problems = try await all.refusal { _ = try $0.consolidate(uid, asked, seen: nil, at: World.start) }
                #expect(problems == expected)
            }
            #expect(try await all.detail().seats.count == 2)
        }
    }

    /// Two decisions at the same moment: one is done, the other is told that the list has changed.
    @Test(arguments: Engine.allCases) func twoAtOnceDoNotMakeTwoHeads(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seats) = (try all.uid(), try world.committee(.provinceSteering))
            let done = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let asked = Consolidation(
                            from: Self.day, decision: "QĐ \(number)", changes: [seats.head: .leaves],
                            additions: Self.additions([(.head, "Bí thư \(number)", "")]))
                        let row = try? await all.act { try $0.consolidate(uid, asked, seen: nil, at: World.start) }
                        return row != nil
                    }
                }
                return await group.reduce(into: 0) { if $1 { $0 += 1 } }
            }
            #expect(done == 1)
            let heads = try await all.detail(on: Self.day).seats(.now).filter { $0.seat.position == .head }
            #expect(heads.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func whatAMemberWasInChargeOfGoesWithThem(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seats, ward) = (
                try all.uid(), try world.committee(.provinceSteering), try world.uid(.pleiku)
            )
            try await all.act { store in
                for seat in [seats.head, seats.member] {
                    let charge = Assignment(
                        seat: seat, reference: "TB 02", from: store.today, localities: [ward])
                    _ = try PortfolioStore(store).assign(uid, charge, seen: nil, at: World.start)
                }
                let asked = Consolidation(
                    from: Self.day, decision: "QĐ", changes: [seats.head: .leaves, seats.member: .becomes(.deputyHead)])
                _ = try store.consolidate(uid, asked, seen: nil, at: World.start)
            }
            let (before, after) = (
                try await all.detail(on: Self.day.adding(days: -1)), try await all.detail(on: Self.day)
            )
            func covering(_ detail: CommitteeDetail) -> [SeatPosition] {
                detail.coverage.localities.filter { $0.what.unit.uid == ward }.flatMap(\.members).map(\.seat.position)
            }
            #expect(covering(before) == [.head, .member])
            #expect(covering(after) == [.deputyHead])
        }
    }

    @Test(arguments: Engine.allCases) func thePageShowsBothListsBeforeAnythingIsStored(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let (uid, seats) = (try all.uid(), try world.committee(.provinceSteering))
            let browser = try world.browser(as: .leader)
            let form = try await browser.get("/committees/\(uid)/consolidations/new")
            #expect(form.status == 200 && form.text.contains("seat.\(seats.head)"))
            let fields = [
                ("version", "1"), ("from", "1/12/2026"), ("decision", "QĐ 12"), ("seat.\(seats.head)", "leaves"),
                ("additions.0.position", ""), ("additions.0.title", ""), ("additions.2.position", "head"),
                ("additions.2.title", "Bí thư <mới>"), ("additions.2.person", ""),
            ]
            let preview = try await browser.post(
                "/committees/\(uid)/consolidations", form: fields + [("preview", "1")])
            #expect(preview.status == 200)
            #expect(preview.text.contains("<del>Trưởng ban: Bí thư</del>"))
            #expect(preview.text.contains("<ins>Trưởng ban: Bí thư &lt;mới&gt;</ins>"))
            #expect(try await all.detail(on: CommitteeWorld.day).head?.seat.title == "Bí thư")
            let more = try await browser.post("/committees/\(uid)/consolidations", form: fields + [("more", "1")])
            #expect(more.status == 200 && more.text.contains("additions.5.title"))
            let wrong = try await browser.post(
                "/committees/\(uid)/consolidations",
                form: fields.filter { $0.0 != "seat.\(seats.head)" })
            #expect(wrong.status == 422 && wrong.text.contains("id=\"f-additions.2.position-reason\""))
            #expect(wrong.text.contains("value=\"Bí thư &lt;mới&gt;\""), "nothing typed is lost")
            let done = try await browser.post("/committees/\(uid)/consolidations", form: fields)
            #expect(done.status == 303)
            #expect(try await all.detail(on: CommitteeWorld.day).head?.seat.title == "Bí thư <mới>")
        }
    }
}
