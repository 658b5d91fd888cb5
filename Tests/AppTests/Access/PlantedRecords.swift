import Storage
import TestSupport

@testable import App

/// Puts records with a word that stands nowhere else beyond somebody's scope, as the system.
struct PlantedRecords: Sendable {
    let world: World
    let word: String

    private func write(_ body: @escaping @Sendable (Transaction, Day, Instant) throws -> Void) async throws {
        let (today, now) = (world.today, world.clock.now)
        try await world.database.write { tx in try body(tx, today, now) }
    }

    /// A body below `parent` with its past: made, renamed, with a child that has ended, with people and rights.
    func body(below parent: Place, secrecy: Secrecy) async throws {
        let (word, above, world) = (word, try world.uid(parent), world)
        try await write { tx, today, now in
            let units = UnitStore(tx: tx, viewer: .system("planted"), today: today)
            let from = try Self.reform()
            var draft = UnitDraft(kind: .department, name: "\(word) Sở", parent: above, from: from, secrecy: secrecy)
            draft.stateParent = above
            (draft.scheme, draft.code) = ("planted", "\(word)-\(parent.rawValue)-\(secrecy.name)")
            draft.place = OrgUnit.Place(latitude: 13_000_000, longitude: 108_000_000)
            let unit = try units.create(draft, at: now)
            let child = UnitDraft(kind: .office, name: "\(word) Phòng", parent: unit.uid, from: from, secrecy: secrecy)
            let below = try units.create(child, at: now)
            _ = try units.rename(
                unit.uid,
                UnitRenaming(name: "\(word) Cục", kind: .agency, from: today, basis: "\(word) căn cứ"), seen: nil,
                at: now)
            _ = try units.dissolve(below.uid, UnitDissolution(from: today, basis: "\(word) căn cứ"), seen: nil, at: now)
            try Self.people(tx, unit: unit.unit.id, word, today, now)
            try Self.documents(tx, of: unit, secrecy, word, today, now, on: try world.documents(.science))
            try Self.committee(tx, host: above, secrecy, word, today, now)
            try Self.duties(tx, of: unit, word, today, now, on: try world.documents(.science))
        }
    }

    /// What the unit has issued and drafts; it rests on, amends and replaces what the viewer knows, and is addressed
    /// where the viewer's own documents are.
    private static func documents(
        _ tx: Transaction, of unit: UnitRow, _ secrecy: Secrecy, _ word: String, _ today: Day, _ now: Instant,
        on known: DocumentSet
    ) throws {
        let store = DocumentStore(tx: tx, viewer: .system("planted"), today: today)
        var draft = DocumentDraft(type: .plan, issuer: unit.uid, title: "\(word) kế hoạch")
        (draft.secrecy, draft.issuerSign) = (max(secrecy, .internal), "\(word.prefix(6).uppercased())")
        draft.aliases = ["\(word) gọi tắt", "57/2024"]
        let drafted = try store.create(draft, at: now)
        try store.ask(drafted.uid, office: try office(in: unit, tx, today), dueOn: nil, at: now)
        let issued = try store.create(draft, at: now)
        for kind in [DocumentLink.Kind.implements, .amends, .replaces, .cites] {
            try store.link(issued, kind, to: known.issued, source: word, quote: word, at: now)
        }
        try store.write(issued.uid, [DocumentParagraph(label: "III.2", text: word)], seen: nil, at: now)
        try store.issue(issued.uid, DocumentIssue(issuedOn: today, signer: word), seen: nil, at: now)
        let withdrawn = try store.create(draft, at: now)
        try store.issue(withdrawn.uid, DocumentIssue(issuedOn: today), seen: nil, at: now)
        try store.withdraw(withdrawn.uid, DocumentWithdrawal(on: today, reason: word), seen: nil, at: now)
        try store.discard(drafted.uid, seen: nil, at: now)
        try store.insertRecipients(of: try store.find(known.issued).document.id, [unit.unit.id.value])
    }

    /// What the unit must issue under what the viewer knows, and what it has not issued yet.
    private static func duties(
        _ tx: Transaction, of unit: UnitRow, _ word: String, _ today: Day, _ now: Instant, on known: DocumentSet
    ) throws {
        let coverage = CoverageStore(tx: tx, viewer: .system("planted"), today: today)
        for type in [DocumentType.plan, .report] {
            var draft = RequirementDraft(document: known.issued, type: type, due: today, audience: .units([unit.uid]))
            (draft.owner, draft.title, draft.paragraph) = (unit.uid, word, word)
            let made = try coverage.require(draft, at: now)
            let decision = DutyDecision.waive(reason: word)
            if type == .report { try coverage.decide(made.uid, unit.uid, decision, seen: nil, at: now) }
        }
        let gaps = GapStore(tx: tx, viewer: .system("planted"), today: today)
        var draft = GapDraft(title: "\(word) quy chế", type: .regulation, owner: unit.uid, due: today)
        (draft.basis, draft.reason, draft.blocks) = (known.issued, word, word)
        draft.blockedDocuments = [known.issued]
        let gap = try gaps.create(draft, at: now)
        try gaps.decide(gap.uid, .drop(reason: word), seen: nil, at: now)
        _ = try gaps.create(draft, at: now)
        try tasks(tx, of: unit, word, today, now, on: known)
    }

    /// An overdue task, one that is due soon, a closed one and a draft.
    private static func tasks(
        _ tx: Transaction, of unit: UnitRow, _ word: String, _ today: Day, _ now: Instant, on known: DocumentSet
    ) throws {
        let store = TaskStore(tx: tx, viewer: .system("planted"), today: today)
        for (days, acts) in [(-3, [TaskWorkflow.Act.issue]), (3, [.issue]), (3, [.issue, .cancel]), (3, [])] {
            var draft = TaskDraft(title: "\(word) khảo sát hạ tầng", leadUnit: unit.uid)
            (draft.description, draft.document, draft.paragraph) = (word, known.issued, word)
            draft.deadline = .day(today.adding(days: days))
            draft.start = today.adding(days: -30)
            draft.secrecy = unit.unit.secrecy
            let offices = try PersonStore(tx: tx, viewer: .system("planted"), today: today).offices(in: unit.unit.id)
            draft.performer = offices.first?.office.uid
            draft.leader = offices.first { $0.office.person != offices.first?.office.person }?.office.uid
            draft.tags = [word]
            draft.products = [TaskProduct(name: word, kind: .report, criterion: "\(word) đủ số liệu mọi thôn")]
            let task = try store.create(draft, assigning: unit.unit.id, at: now)
            let file = KeptFile(
                name: "\(word).txt", kind: .txt, size: 1, sha256: String(repeating: "a", count: 64))
            _ = try store.attach([file], to: task.uid, at: now)
            for act in acts where draft.leader != nil || acts.isEmpty {
                _ = try store.act(act, task.uid, TaskReport(text: word), seen: nil, at: now)
            }
        }
    }

    private static func office(in unit: UnitRow, _ tx: Transaction, _ today: Day) throws -> UID {
        let people = PersonStore(tx: tx, viewer: .system("planted"), today: today)
        guard let office = try people.offices(in: unit.unit.id).first else { throw AppError.notFound }
        return office.office.uid
    }

    /// A steering committee below `host` with all that can hang on one.
    private static func committee(
        _ tx: Transaction, host: UID, _ secrecy: Secrecy, _ word: String, _ today: Day, _ now: Instant
    ) throws {
        let store = CommitteeStore(tx: tx, viewer: .system("planted"), today: today)
        let day = try reform()
        let person = try PersonStore(tx: tx, viewer: .system("planted"), today: today)
            .list(PersonFilter(words: TextFold.words(word)), page: PageRequest(after: nil, limit: 1)).items.first
        let body = CommitteeDraft.Body.new(
            host: host, name: "\(word) Ban Chỉ đạo", english: "\(word) Committee", secrecy: secrecy)
        let row = try store.create(
            CommitteeDraft(body: body, programme: "\(word) 57", from: day, decision: "\(word) 1"), at: now)
        let seats = [
            SeatDraft(position: .head, title: "\(word) Trưởng", from: day, decision: ""),
            SeatDraft(
                position: .member, title: "\(word) Viên", person: person?.person.uid.text ?? "", from: day,
                decision: ""),
        ]
        _ = try store.consolidate(
            row.uid, Consolidation(from: day, decision: "\(word) 2", additions: seats), seen: nil, at: now)
        let team = OrganDraft(kind: .supportTeam, name: "\(word) Tổ", from: day, decision: "\(word) 3")
        _ = try store.addOrgan(row.uid, team, seen: nil, at: now)
        _ = try store.addPaper(
            row.uid, PaperDraft(item: .plan, reference: "\(word) 4", from: day), seen: nil, at: now)
        _ = try store.setRules(
            row.uid, RulesDraft(reference: "\(word) 5", from: day, rules: .standard), seen: nil, at: now)
        let portfolios = PortfolioStore(store)
        _ = try portfolios.addField(row.uid, FieldDraft(name: "\(word) lĩnh vực", english: ""), seen: nil, at: now)
        let head = try store.detail(row.uid).seats.first?.seat.uid ?? row.uid
        _ = try portfolios.assign(
            row.uid, Assignment(seat: head, reference: "\(word) 6", from: day, localities: [host]), seen: nil, at: now)
    }

    private static func reform() throws -> Day {
        guard let day = Day(year: 2025, month: 7, day: 1) else { throw AppError.notFound }
        return day
    }

    private static func people(
        _ tx: Transaction, unit: ID<OrgUnit>, _ word: String, _ today: Day, _ now: Instant
    ) throws {
        let store = PersonStore(tx: tx, viewer: .system("planted"), today: today)
        var offices: [Office] = []
        for name in ["\(word) An", "\(word) Bình"] {
            let person = try store.create(name: name, unit: unit, at: now)
            offices.append(
                try store.appoint(person: person.id, unit: unit, title: "\(word) Trưởng", from: reform(), at: now))
            try store.grant(
                office: offices[0].uid, role: name.hasSuffix("An") ? .focal : .member, hierarchy: .territory,
                unit: unit,
                ceiling: .internal, from: today, at: now)
        }
        try store.delegate(
            principal: offices[0].uid, agent: offices[1].uid, capacity: .kt, authority: "\(word) quyết định",
            from: today,
            at: now)
    }

    /// Somebody without an office, with an account that is closed again.
    func personWithoutOffice() async throws {
        let word = word
        try await write { tx, today, now in
            let person = try PersonStore(tx: tx, viewer: .system("planted"), today: today)
                .create(name: "\(word) Không", at: now)
            let accounts = AccountStore(tx: tx, viewer: .system("planted"), today: today)
            try accounts.create(person: person.id, signIn: word.lowercased(), passwordHash: "x", at: now)
            try accounts.disable(person.id, at: now)
        }
    }

    /// Somebody whom the viewer knows takes a second office in a body that the viewer does not know.
    func secondOffice(of staff: Staff, in place: Place) async throws {
        let (word, unit) = (word, try world.id(place))
        try await write { tx, today, now in
            let store = PersonStore(tx: tx, viewer: .system("planted"), today: today)
            let person = try store.find(staff.person).person
            _ = try store.appoint(person: person.id, unit: unit, title: "\(word) Ủy viên", from: today, at: now)
        }
    }

    /// Acts on what the viewer knows that name what the viewer does not: the act may show, the name may not.
    func references(to place: Place, from staff: Staff) async throws {
        let (uid, stranger) = (try world.uid(place), try world.staff(place))
        let word = word
        try await write { tx, today, now in
            let units = UnitStore(tx: tx, viewer: .system("planted"), today: today)
            _ = try units.rename(
                uid, UnitRenaming(name: "\(word) Ủy ban", kind: .peoplesCommittee, from: today, basis: "x"), seen: nil,
                at: now)
            let people = PersonStore(tx: tx, viewer: .system("planted"), today: today)
            _ = try people.rename(stranger.person, to: "\(word) Người", at: now)
            try people.grant(
                office: staff.office, role: .supervisor, hierarchy: .territory, unit: try units.find(uid).unit.id,
                ceiling: .internal, from: today, at: now)
            try people.delegate(
                principal: staff.office, agent: stranger.office, capacity: .tuq, authority: "Quyết định 8", from: today,
                at: now)
        }
    }

    /// The unknown sits in a committee that the viewer knows, works for it and is what a member is in charge of.
    func references(to place: Place, in committee: Place) async throws {
        let (uid, stranger, known) = (try world.uid(place), try world.staff(place), try world.committee(committee))
        let (task, word) = (try world.tasks(place).before("progress"), word)
        try await write { tx, today, now in
            let store = CommitteeStore(tx: tx, viewer: .system("planted"), today: today)
            let list = Consolidation(
                from: today, decision: "Quyết định 10",
                additions: [
                    SeatDraft(
                        position: .deputyHead, title: "Phó Chủ tịch", person: stranger.person.text,
                        office: stranger.office.text, from: today, decision: "")
                ])
            _ = try store.consolidate(known.committee, list, seen: nil, at: now)
            let organ = OrganDraft(kind: .supportTeam, unit: uid, from: today, decision: "Quyết định 11")
            _ = try store.addOrgan(known.committee, organ, seen: nil, at: now)
            let deputy = try store.detail(known.committee).seats(.now).first { $0.seat.position == .deputyHead }
            let seat = deputy?.seat.uid ?? known.member
            try tx.run("UPDATE task SET title = \("\(word) việc") WHERE uid = \(task)")
            _ = try PortfolioStore(store).assign(
                known.committee,
                Assignment(seat: seat, reference: "Thông báo 12", from: today, localities: [uid], tasks: [task]),
                seen: nil, at: now)
            _ = try store.endSeat(
                known.committee, seat: seat, CommitteeEnd(from: today.adding(days: 30), decision: "Quyết định 13"),
                seen: nil, at: now)
        }
    }
}
