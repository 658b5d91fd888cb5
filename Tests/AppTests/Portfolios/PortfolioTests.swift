import Storage
import TestSupport
import Testing

@testable import App

/// Who is in charge of what: by a notice, from a day; what nobody covers and what two cover.
@Suite struct PortfolioTests {
    private static let day = CommitteeWorld.day

    private func fields(_ all: CommitteeWorld) async throws -> [WorkField] {
        let uid = try all.uid()
        return try await all.act { store in try PortfolioStore(store).fields(of: try store.find(uid)) }
    }

    @Test(arguments: Engine.allCases) func theCommonFieldsAreThere(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let fields = try await fields(CommitteeWorld(world: world))
            #expect(fields.filter { $0.family == .group }.count == 7)
            #expect(fields.filter { $0.family == .pillar }.count == 7)
            #expect(fields.allSatisfy { !$0.name.isEmpty && !$0.english.isEmpty })
            #expect(Set(fields.map(\.uid.text)).count == 14)
        }
    }

    @Test(arguments: Engine.allCases) func whatNobodyAndWhatTwoCoverIsTold(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seats) = (try all.uid(), try world.committee(.provinceSteering))
            let known = try await fields(all)
            let (first, second, ward) = (known[0].uid, known[1].uid, try world.uid(.quyNhon))
            try await all.act { store in
                let portfolios = PortfolioStore(store)
                for (seat, charged) in [(seats.head, [first]), (seats.member, [first, second])] {
                    let charge = Assignment(
                        seat: seat, reference: "02-TB/BCĐ", from: store.today, fields: charged, localities: [ward])
                    _ = try portfolios.assign(uid, charge, seen: nil, at: World.start)
                }
            }
            let detail = try await all.detail()
            let coverage = detail.coverage
            #expect(coverage.fields.prefix(3).map(\.state) == [.several, .single, .nobody])
            #expect(coverage.localities.map(\.what.unit.name) == ["Phường Pleiku", "Phường Quy Nhơn"])
            #expect(coverage.localities.map(\.state) == [.nobody, .several])
            #expect(detail.papers.filter { $0.item == .notice }.count == 1, "one notice, recorded once")
            #expect(detail.progress.has(.notice))
            let event = try await all.lastEvent()
            #expect(event?.verb == .assigned)
            #expect(event?.after["localities"] == "Phường Quy Nhơn")
            #expect(event?.after["fields"] == "\(known[0].name); \(known[1].name)")
            let page = try await world.browser(as: .member).get("/committees/\(uid)/portfolio?state=several").text
            #expect(page.contains(known[0].name) && !page.contains(known[2].name))
            #expect(page.contains("Nhiều người phụ trách") && page.contains("Phường Quy Nhơn"))
        }
    }

    @Test(arguments: Engine.allCases) func aNewNoticeSaysTheWholeFromItsDay(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            let known = try await fields(all)
            let (kept, left, new) = (known[0].uid, known[1].uid, known[2].uid)
            try await all.act { store in
                let first = Assignment(seat: seat, reference: "TB 1", from: store.today, fields: [kept, left])
                _ = try PortfolioStore(store).assign(uid, first, seen: nil, at: World.start)
                let second = Assignment(seat: seat, reference: "TB 2", from: Self.day, fields: [kept, new])
                _ = try PortfolioStore(store).assign(uid, second, seen: nil, at: World.start)
            }
            let before = try await all.detail(on: Self.day.adding(days: -1)), after = try await all.detail(on: Self.day)
            let id = try #require(after.seats.first { $0.seat.uid == seat }).seat.id
            #expect(before.coverage.fields(of: id).map(\.uid) == [kept, left])
            #expect(after.coverage.fields(of: id).map(\.uid) == [kept, new])
            #expect(after.coverage.notices(of: id) == ["TB 1", "TB 2"], "what stays keeps its notice")
            let early = try await all.refusal { store in
                let third = Assignment(seat: seat, reference: "TB 3", from: store.today, fields: [kept])
                _ = try PortfolioStore(store).assign(uid, third, seen: nil, at: World.start)
            }
            #expect(early == ["from portfolio.error.assigned_later"])
            let notice = try #require(after.papers.first { $0.reference == "TB 2" })
            try await all.act {
                let end = CommitteeEnd(from: Self.day, decision: "Thu hồi")
                _ = try $0.endPaper(uid, paper: notice.uid, end, seen: nil, at: World.start)
            }
            #expect(try await all.detail(on: Self.day).coverage.fields(of: id).map(\.uid) == [kept])
        }
    }

    @Test(arguments: Engine.allCases) func aNewEndProlongsOrShortensWhatIsHeld(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            let field = try await fields(all)[0].uid
            func assign(_ reference: String, from: Day, to: Day) async throws {
                let asked = Assignment(seat: seat, reference: reference, from: from, to: to, fields: [field])
                try await all.act { _ = try PortfolioStore($0).assign(uid, asked, seen: nil, at: World.start) }
            }
            func notices(on day: Day) async throws -> [String] {
                let detail = try await all.detail(on: day)
                let id = try #require(detail.seats.first { $0.seat.uid == seat }).seat.id
                return detail.coverage.notices(of: id)
            }
            let soon = Self.day.adding(days: 10), between = Self.day.adding(days: 20)
            let later = Self.day.adding(days: 100)
            try await assign("TB 1", from: world.today, to: soon)
            try await assign("TB 2", from: Self.day, to: .never)
            #expect(try await notices(on: Self.day) == ["TB 1"], "without an end what stays keeps its own")
            #expect(try await notices(on: soon) == [])
            try await assign("TB 3", from: Self.day, to: later)
            let event = try await all.lastEvent()
            #expect(event?.before["to"] == soon.text && event?.after["to"] == later.text)
            #expect(event?.after["reference"] == "TB 3")
            #expect(try await notices(on: Self.day.adding(days: -1)) == ["TB 1"])
            #expect(try await notices(on: Self.day) == ["TB 3"])
            #expect(try await notices(on: later.adding(days: -1)) == ["TB 3"])
            #expect(try await notices(on: later) == [])
            try await assign("TB 4", from: Self.day, to: between)
            #expect(try await notices(on: between.adding(days: -1)) == ["TB 4"])
            #expect(try await notices(on: between) == [])
            try await assign("TB 5", from: Self.day, to: between)
            #expect(try await notices(on: Self.day) == ["TB 4"], "the same end changes nothing")
        }
    }

    @Test(arguments: Engine.allCases) func aFormNamesUnitsAndKeepsWhatIsWrong(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let all = CommitteeWorld(world: world)
            let (uid, seat) = (try all.uid(), try world.committee(.provinceSteering).member)
            let field = try await fields(all)[0].uid
            let browser = try world.browser(as: .secretariat)
            let form = try await browser.get("/committees/\(uid)/assignments/new?seat=\(seat)")
            #expect(form.text.contains("name=\"field.\(field)\""))
            let typed = [
                ("version", "1"), ("seat", seat.text), ("reference", "TB 9"), ("from", "22/11/2026"),
                ("field.\(field)", "1"),
            ]
            let wrong = try await browser.post(
                "/committees/\(uid)/assignments", form: typed + [("localities", "Phường Quy Nhơn\nXã Không Có")])
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("“Xã Không Có”") && wrong.text.contains("name=\"field.\(field)\" checked"))
            let done = try await browser.post(
                "/committees/\(uid)/assignments",
                form: typed + [("localities", "Phường Quy Nhơn;"), ("locality.\(try world.uid(.pleiku))", "1")])
            #expect(done.status == 303)
            let coverage = try await all.detail().coverage
            #expect(coverage.localities.map(\.state) == [.single, .single])
            let again = try await browser.get("/committees/\(uid)/assignments/new?seat=\(seat)").text
            #expect(again.contains("name=\"field.\(field)\" checked"))
            #expect(again.contains("name=\"locality.\(try world.uid(.pleiku))\" checked"))
        }
    }

    @Test(arguments: Engine.allCases) func aFieldOfItsOwnStaysWithTheCommittee(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world)
            let (uid, other) = (try all.uid(), try all.uid(.wardSteering))
            let names = try await all.act { store in
                let draft = FieldDraft(name: "Nông nghiệp số", english: "Digital farming")
                _ = try PortfolioStore(store).addField(uid, draft, seen: nil, at: World.start)
                return try [uid, other].map { try PortfolioStore(store).fields(of: try store.find($0)).last?.name }
            }
            #expect(names == ["Nông nghiệp số", "Nhân lực số"])
            let twice = try await all.refusal { store in
                let draft = FieldDraft(name: "nong nghiep so", english: "")
                _ = try PortfolioStore(store).addField(uid, draft, seen: nil, at: World.start)
            }
            #expect(twice == ["name portfolio.error.field_taken"])
        }
    }
}
