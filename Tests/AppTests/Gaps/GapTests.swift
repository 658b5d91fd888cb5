import Storage
import TestSupport
import Testing

@testable import App

/// Documents still to be issued: noted, drafted, closed, dropped; who sees and keeps them.
@Suite struct GapTests {
    private func act<T: Sendable>(
        _ world: DocumentWorld, as who: Who? = nil, _ body: @escaping @Sendable (GapStore) throws -> T
    ) async throws -> T {
        let viewer: Viewer = if let who { try await world.world.viewer(who) } else { .system("test") }
        let today = world.today
        return try await world.world.database.write { tx in
            try body(GapStore(tx: tx, viewer: viewer, today: today))
        }
    }

    private func draft(_ world: DocumentWorld, _ title: String, due: String, owner: Place = .science) throws -> GapDraft
    {
        GapDraft(title: title, type: .regulation, owner: try world.world.uid(owner), due: try world.day(due))
    }

    @Test(arguments: Engine.allCases) func whatIsLateStandsFirst(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now
            var made: [GapRow] = []
            for (title, due) in [("Sau", "2027-01-01"), ("Trễ", "2026-10-01"), ("Trước", "2026-11-30")] {
                let draft = try draft(world, title, due: due)
                made.append(try await act(world, as: .secretariat) { try $0.create(draft, at: now) })
            }
            let own = "Quy chế còn thiếu của science"
            let titles = try await act(world, as: .member) { try $0.list().items.map(\.gap.title) }
            #expect(titles == ["Trễ", "Trước", own, "Quy chế còn thiếu của wardCommittee", "Sau"])
            #expect(try await act(world, as: .member) { try $0.counts() } == GapCounts(open: 5, late: 1, drafting: 0))
            #expect(made[1].gap.daysLate(on: world.today) == 52)
            var filter = GapFilter()
            filter.state = .late
            let late = filter
            #expect(try await act(world, as: .member) { try $0.list(late).items.map(\.gap.title) } == ["Trễ"])
            var names: [String] = [], after: Cursor?
            repeat {
                let cursor = after
                let page = try await act(world, as: .member) {
                    try $0.list(page: PageRequest(after: cursor, limit: 2))
                }
                #expect(page.total == 5)
                names += page.items.map(\.gap.title)
                after = page.next
            } while after != nil
            #expect(names == titles)
            #expect(
                try await act(world, as: .department) { try $0.list().items.map(\.gap.title) } == [
                    "Trễ", "Trước", own, "Sau",
                ])
            #expect(try await act(world, as: .nobody) { try $0.list().items.isEmpty })
        }
    }

    @Test(arguments: Engine.allCases) func aDraftThatIsIssuedClosesIt(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, today = world.today
            let gap = try await act(world, as: .secretariat) {
                [draft = try draft(world, "Quy chế", due: "2026-12-01")] in
                try $0.create(draft, at: now)
            }
            let paper = try await world.draft(.science, "Quy chế dữ liệu", sign: "SKHCN")
            let drafting = try await act(world, as: .secretariat) {
                try $0.decide(gap.uid, .draft(paper.uid), seen: 1, at: now)
            }
            #expect(drafting.gap.state == .drafting && drafting.document?.uid == paper.uid)
            _ = try await world.issue(paper)
            let closed = try await act(world) { try $0.find(gap.uid) }
            #expect(closed.gap.state == .closed && closed.gap.settledOn == today)
            _ = try await world.act {
                try $0.withdraw(paper.uid, DocumentWithdrawal(on: today, reason: "Sai"), seen: nil, at: now)
            }
            let open = try await act(world) { try $0.find(gap.uid) }
            #expect(open.gap.state == .open && open.gap.document == nil)
            let verbs = try await act(world) { try $0.history(of: gap).items.compactMap { $0.verb?.rawValue } }
            #expect(verbs == ["reopened", "closed", "changed", "created"])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsWrongIsTold(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, gap = try world.world.gap(.science)
            let issued = try world.world.documents(.science).issued, draft = try world.world.documents(.science).draft
            func refused(_ decision: GapDecision, as who: Who = .secretariat) async -> [String] {
                await world.refusal {
                    _ = try await act(world, as: who) { try $0.decide(gap, decision, seen: nil, at: now) }
                }
            }
            #expect(await refused(.draft(issued)) == ["document gap.error.not_draft"])
            #expect(await refused(.close(by: draft)) == ["document coverage.error.not_issued"])
            #expect(await refused(.close(by: UID.new(at: now))) == ["document document.error.unknown"])
            #expect(await refused(.drop(reason: "")) == ["reason field.missing"])
            #expect(await refused(.reopen(reason: "x")) == ["conflict gap.error.open"])
            #expect(await refused(.drop(reason: "x"), as: .leader) == ["forbidden"])
            #expect(await refused(.drop(reason: "x"), as: .nobody) == ["not found"])
            #expect(await refused(.drop(reason: "Không còn cần")) == [])
            #expect(await refused(.close(by: issued)) == ["conflict gap.error.settled"])
            let change = try self.draft(world, "Khác", due: "2026-12-01")
            let settled = await world.refusal {
                _ = try await act(world, as: .secretariat) { try $0.change(gap, change, seen: nil, at: now) }
            }
            #expect(settled == ["conflict gap.error.settled"])
            for (day, problem) in [("1970-01-01", "epoch"), ("1999-12-31", "year"), ("2101-01-01", "year")] {
                let asked = try self.draft(world, "Khác", due: day)
                let refused = await world.refusal {
                    _ = try await act(world, as: .secretariat) { try $0.create(asked, at: now) }
                }
                #expect(refused == ["due_on deadline.error.\(problem)"])
            }
            var foreign = try self.draft(world, "Khác", due: "2026-12-01", owner: .otherCommittee)
            foreign.office = try world.world.staff(.wardCommittee).office
            let asked = foreign
            let unknown = await world.refusal {
                _ = try await act(world, as: .secretariat) { try $0.create(asked, at: now) }
            }
            #expect(unknown == ["owner coverage.error.unit_unknown"])
        }
    }

    @Test(arguments: Engine.allCases) func whatItNamesIsShownToWhoMayKnowIt(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now
            var draft = try draft(world, "Quy chế", due: "2026-12-01")
            draft.basis = try world.world.documents(.steering).issued
            draft.paragraph = "III.2"
            draft.office = try world.world.staff(.science).office
            draft.blockedUnits = [try world.world.uid(.quyNhon), try world.world.uid(.otherCommittee)]
            draft.blockedDocuments = [try world.world.documents(.otherCommittee).issued]
            let full = draft
            let gap = try await act(world, as: .root) { try $0.create(full, at: now) }
            let root = try await act(world, as: .root) { try $0.detail(gap.uid) }
            #expect(
                root.basis?.name == "05-KH/BCĐTW" && root.blockedUnits.count == 2 && root.blockedDocuments.count == 1)
            #expect(root.office?.person == "Cán bộ science")
            let member = try await act(world, as: .member) { try $0.detail(gap.uid) }
            #expect(member.basis == nil && member.hasHiddenBasis)
            #expect(member.blockedUnits.map(\.name) == ["Phường Quy Nhơn"] && member.blockedDocuments.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func whatAnEditorMayNotKnowStays(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, hidden = try world.world.documents(.otherCommittee).issued
            var draft = try draft(world, "Quy chế", due: "2026-12-01")
            draft.basis = try world.world.documents(.steering).issued
            draft.blockedUnits = [try world.world.uid(.quyNhon), try world.world.uid(.otherCommittee)]
            draft.blockedDocuments = [hidden, try world.world.documents(.science).issued]
            let full = draft
            let gap = try await act(world, as: .root) { try $0.create(full, at: now).uid }
            var edit = try self.draft(world, "Quy chế mới", due: "2026-12-02")
            edit.blockedUnits = [try world.world.uid(.pleiku)]
            let second = edit
            _ = try await act(world, as: .secretariat) { try $0.change(gap, second, seen: 1, at: now) }
            let kept = try await act(world, as: .root) { try $0.detail(gap) }
            #expect(kept.row.gap.title == "Quy chế mới")
            #expect(kept.basis?.name == "05-KH/BCĐTW")
            #expect(kept.blockedUnits.map(\.name) == ["Phường Pleiku", "Ủy ban nhân dân tỉnh Tây Ninh"])
            #expect(kept.blockedDocuments.map(\.uid) == [hidden])
            edit.basis = try world.world.documents(.science).issued
            let named = edit
            _ = try await act(world, as: .secretariat) { try $0.change(gap, named, seen: 2, at: now) }
            #expect(try await act(world, as: .root) { try $0.detail(gap) }.basis?.name == "05/KH-SKHCN")
            let whole = try self.draft(world, "Quy chế", due: "2026-12-01")
            _ = try await act(world, as: .root) { try $0.change(gap, whole, seen: 3, at: now) }
            let empty = try await act(world, as: .root) { try $0.detail(gap) }
            #expect(empty.basis == nil && empty.blockedUnits.isEmpty && empty.blockedDocuments.isEmpty)
        }
    }

    /// Whoever answers may have left without a successor: another change does not take the name away.
    @Test(arguments: Engine.allCases) func anOfficeThatHasEndedMayGoOnAnswering(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, office = try world.world.staff(.science).office
            var draft = try draft(world, "Quy chế", due: "2026-12-01")
            draft.office = office
            let full = draft
            let gap = try await act(world, as: .secretariat) { try $0.create(full, at: now).uid }
            let yesterday = world.today.adding(days: -1)
            try await world.world.database.write { tx in
                try tx.run("UPDATE office SET to_day = \(yesterday) WHERE uid = \(office)")
            }
            _ = try await act(world, as: .secretariat) { try $0.change(gap, full, seen: 1, at: now) }
            #expect(try await act(world, as: .root) { try $0.detail(gap) }.office?.uid == office)
            let other = await world.refusal {
                _ = try await act(world, as: .secretariat) { try $0.create(full, at: now) }
            }
            #expect(other == ["office gap.error.office_unknown"])
        }
    }

    @Test(arguments: Engine.allCases) func theFiguresAreThoseOfTheOwner(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, (science, ward) = (try world.world.uid(.science), try world.world.uid(.wardCommittee))
            let late = try draft(world, "Trễ", due: "2026-10-01")
            _ = try await act(world, as: .secretariat) { try $0.create(late, at: now) }
            let counts = try await act(world, as: .secretariat) { store in
                try [nil, science, ward].map { try store.counts(of: $0) }
            }
            #expect(counts.map(\.open) == [3, 2, 1] && counts.map(\.late) == [1, 1, 0])
            let page = try await world.world.browser(as: .secretariat).get("/gaps?owner=\(ward)&state=all").text
            #expect(page.contains("<a href=\"/gaps?state=late&amp;owner=\(ward)\"><strong>0</strong>"))
            #expect(page.contains("<a href=\"/gaps?owner=\(ward)\"><strong>1</strong>"))
        }
    }
}
