import Storage
import TestSupport
import Testing

@testable import App

/// What becomes of a portfolio when the seat that has it is over.
@Suite struct PortfolioSeatTests {
    private static let day = CommitteeWorld.day

    /// Puts the member in charge of the first field and of Quy Nhơn, from today on.
    private func assign(_ all: CommitteeWorld, from day: Day? = nil) async throws {
        let (uid, seat) = (try all.uid(), try all.world.committee(.provinceSteering).member)
        let ward = try all.world.uid(.quyNhon)
        try await all.act { store in
            let portfolios = PortfolioStore(store)
            let field = try #require(try portfolios.fields(of: try store.find(uid)).first)
            let asked = Assignment(
                seat: seat, reference: "02-TB/BCĐ", from: day ?? store.today, fields: [field.uid], localities: [ward])
            _ = try portfolios.assign(uid, asked, seen: nil, at: World.start)
        }
    }

    private func covered(_ all: CommitteeWorld, on day: Day) async throws -> [Int] {
        let coverage = try await all.detail(on: day).coverage
        return [coverage.fields.count { $0.state == .single }, coverage.localities.count { $0.state == .single }]
    }

    /// Lines of a seat that hold on a day, whether or not the seat does.
    private func lines(_ all: CommitteeWorld, of seat: UID, on day: Day) async throws -> Int {
        try await all.act { store in
            try store.tx.first(
                """
                SELECT COUNT(*) FROM portfolio_line l JOIN committee_seat s ON s.id = l.seat_id
                WHERE s.uid = \(seat) AND l.from_day <= \(day) AND l.to_day > \(day)
                """)?.int(0) ?? -1
        }
    }

    /// The seat goes on, but whoever has it holds no office any more: they are put in charge of nothing new.
    @Test(arguments: Engine.allCases) func aMemberWhoLeftGetsNothing(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world), uid = try all.uid(), today = world.today
            let office = try world.staff(.science).office
            try await world.database.write { tx in
                try PersonStore(tx: tx, viewer: .system("test"), today: today)
                    .endOffice(
                        office, OfficeEnding(from: today, succession: .open(reason: "Chưa có người thay")),
                        at: World.start)
            }
            let left = try #require(try await all.detail().left.first?.seat.uid)
            let problems = try await all.refusal { store in
                let portfolios = PortfolioStore(store)
                let field = try #require(try portfolios.fields(of: try store.find(uid)).first)
                let asked = Assignment(seat: left, reference: "TB 9", from: today, fields: [field.uid])
                _ = try portfolios.assign(uid, asked, seen: nil, at: World.start)
            }
            #expect(problems == ["seat committee.error.person_left"])
        }
    }

    @Test(arguments: Engine.allCases) func itIsOverOnTheDayOfTheSeat(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            try await assign(all)
            #expect(try await covered(all, on: Self.day) == [1, 1])
            #expect(try await lines(all, of: seat, on: Self.day) == 2)
            try await all.act {
                let end = CommitteeEnd(from: Self.day, decision: "QĐ 7")
                _ = try $0.endSeat(uid, seat: seat, end, seen: nil, at: World.start)
            }
            #expect(try await covered(all, on: Self.day.adding(days: -1)) == [1, 1], "until then it holds")
            #expect(try await covered(all, on: Self.day) == [0, 0], "nobody covers it now")
            #expect(try await lines(all, of: seat, on: Self.day) == 0, "and nothing of it is left to come back")
            let detail = try await all.detail(on: Self.day)
            #expect(detail.coverage.members.allSatisfy { $0.seat.uid != seat })
            #expect(detail.papers.contains { $0.reference == "02-TB/BCĐ" }, "the notice itself stays")
            let page = try await world.browser(as: .member).get(
                "/committees/\(uid)/portfolio?on=\(Self.day)&state=nobody")
            #expect(page.status == 200 && page.text.contains("Phường Quy Nhơn"))
        }
    }

    @Test(arguments: Engine.allCases) func aSeatThatIsOverGetsNone(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            try await all.act {
                let end = CommitteeEnd(from: Self.day, decision: "QĐ 7")
                _ = try $0.endSeat(uid, seat: seat, end, seen: nil, at: World.start)
            }
            await #expect(throws: AppError.self) { try await assign(all, from: Self.day) }
            #expect(try await covered(all, on: Self.day) == [0, 0])
            try await assign(all)
            #expect(try await covered(all, on: world.today) == [1, 1], "as long as it lasts")
            #expect(try await covered(all, on: Self.day) == [0, 0], "and no longer")
        }
    }

    @Test(arguments: Engine.allCases) func whoBecomesSomethingElseKeepsIt(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            try await assign(all)
            let asked = Consolidation(
                from: Self.day, decision: "QĐ kiện toàn", changes: [seat: .becomes(.standingMember)])
            try await all.act { _ = try $0.consolidate(uid, asked, seen: nil, at: World.start) }
            let coverage = try await all.detail(on: Self.day).coverage
            #expect(try await lines(all, of: seat, on: Self.day) == 0)
            let member = try #require(coverage.members.first { $0.seat.position == .standingMember })
            #expect(member.seat.uid != seat)
            #expect(coverage.fields(of: member.seat.id).count == 1)
            #expect(coverage.localities(of: member.seat.id).map(\.unit.name) == ["Phường Quy Nhơn"])
            #expect(coverage.notices(of: member.seat.id) == ["02-TB/BCĐ"])
        }
    }
}
