import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentIssuingTests {
    @Test(arguments: Engine.allCases) func numbersAreGivenOneAfterTheOtherInEachSeries(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var signs: [String] = []
            for title in ["Một", "Hai"] {
                signs.append(try await world.issue(try await world.draft(.committee, title)).name)
            }
            // Another issuer, another type and another year count for themselves.
            signs.append(try await world.issue(try await world.draft(.finance, "Ba", sign: "STC")).name)
            var decision = try world.plan(.committee, "Bốn")
            decision.type = .decision
            let made = decision
            signs.append(try await world.issue(try await world.act { try $0.create(made, at: World.start) }).name)
            let past = try await world.draft(.committee, "Năm")
            signs.append(try await world.issue(past, on: try world.day("2025-12-30")).name)
            #expect(signs == ["01/KH-UBND", "02/KH-UBND", "01/KH-STC", "01/QĐ-UBND", "01/KH-UBND"])
        }
    }

    @Test(arguments: Engine.allCases) func thePartyNumbersWithinATermAndNotAYear(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var plan = try world.plan(.party, "Chương trình hành động", sign: "TU")
            (plan.type, plan.numbering, plan.term) = (.programme, .party, 17)
            var signs: [String] = []
            for (day, term) in [("2025-12-30", 17), ("2026-01-04", 17), ("2026-03-01", 18)] {
                plan.term = term
                let draft = plan
                let row = try await world.act { try $0.create(draft, at: World.start) }
                let issued = try await world.issue(row, on: try world.day(day))
                signs.append("\(issued.name) \(issued.document.series)")
            }
            #expect(signs == ["01-CTr/TU term-17", "02-CTr/TU term-17", "01-CTr/TU term-18"])
        }
    }

    @Test(arguments: Engine.allCases) func aLegalDocumentBearsItsYear(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var draft = try world.plan(.committee, "Quy định")
            (draft.type, draft.numbering) = (.decision, .law)
            let made = draft
            let row = try await world.act { try $0.create(made, at: World.start) }
            #expect(try await world.issue(row).name == "01/2026/QĐ-UBND")
        }
    }

    @Test(arguments: Engine.allCases) func aNumberIsNotUsedAgainAfterAWithdrawal(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let first = try await world.issue(try await world.draft(.committee, "Một"))
            let (today, now) = (world.today, world.now)
            let withdrawn = try await world.act {
                try $0.withdraw(first.uid, DocumentWithdrawal(on: today, reason: "Nhầm"), seen: nil, at: now)
            }
            #expect(withdrawn.force(on: today).name == "withdrawn")
            #expect(withdrawn.document.sign == "01/KH-UBND")
            #expect(try await world.issue(try await world.draft(.committee, "Hai")).name == "02/KH-UBND")
        }
    }

    /// Fifty people press the button at once.
    @Test(arguments: Engine.allCases) func fiftyAtOnceGetFiftyNumbers(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var drafts: [UID] = []
            for index in 1...50 { drafts.append(try await world.draft(.committee, "Dự thảo \(index)").uid) }
            let viewer = try await world.world.viewer(.leader)
            let (today, now) = (world.today, world.now)
            let signs = try await withThrowingTaskGroup(of: String.self) { group in
                for draft in drafts {
                    group.addTask {
                        try await world.act(as: viewer) {
                            try $0.issue(draft, DocumentIssue(issuedOn: today), seen: nil, at: now).name
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let expected = (1...50).map { ($0 < 10 ? "0\($0)" : "\($0)") + "/KH-UBND" }
            #expect(signs.sorted() == expected.sorted())
        }
    }

    /// Two register the same number at once: one gets it, the other is told the next.
    @Test(arguments: Engine.allCases) func aNumberTakenAtTheSameMomentIsTakenOnce(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let day = try world.day("2026-03-01"), issuer = try world.world.uid(.committee), now = world.now
            let results = await withTaskGroup(of: String.self) { group in
                for title in ["Của An", "Của Bình"] {
                    group.addTask {
                        let draft = DocumentDraft(type: .plan, issuer: issuer, title: title)
                        let paper = DocumentRegistration(draft: draft, sign: "283/KH-UBND", issuedOn: day)
                        return await world.words {
                            _ = try await world.act { try $0.register(paper, at: now) }
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0.isEmpty } == 1)
            let told = results.first { !$0.isEmpty } ?? ""
            #expect(told.contains("283/KH-UBND belongs to: Của ") && told.contains("284/KH-UBND"), "\(told)")
        }
    }

    @Test(arguments: Engine.allCases) func nothingIsIssuedTomorrowOrBeforeItsBasis(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let basis = try await world.register(.steering, "02-KH/BCĐTW", .plan, on: "2026-06-19", term: 14)
            let draft = try await world.draft(.committee, "Kế hoạch tỉnh")
            try await world.link(draft, .implements, to: basis)
            let tomorrow = world.today.adding(days: 1)
            await world.refuses([
                "issued_on document.error.ahead"
            ]) { _ = try await world.issue(draft, on: tomorrow) }
            let early = await world.words { _ = try await world.issue(draft, on: try world.day("2026-06-18")) }
            #expect(
                early.contains(
                    "Kế hoạch tỉnh is dated 18\u{A0}Jun\u{A0}2026, before 02-KH/BCĐTW of 19\u{A0}Jun\u{A0}2026"),
                "\(early)")
            #expect(try await world.issue(draft, on: try world.day("2026-06-19")).name == "01/KH-UBND")
        }
    }

    @Test(arguments: Engine.allCases) func aRefusedIssueTakesNoNumber(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let basis = try await world.draft(.steering, "Chưa ban hành")
            let draft = try await world.draft(.committee, "Kế hoạch")
            try await world.link(draft, .implements, to: basis)
            await world.refuses(["issued_on document.error.basis_draft"]) { _ = try await world.issue(draft) }
            #expect(try await world.issue(try await world.draft(.committee, "Khác")).name == "01/KH-UBND")
        }
    }

    @Test(arguments: Engine.allCases) func issuersAndLeadersIssueOthersDoNot(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let today = world.today, now = world.now
            for (who, expected) in [
                (Who.administrator, []), (.secretariat, []), (.leader, []), (.member, ["forbidden"]),
                (.focal, ["forbidden"]), (.supervisor, ["forbidden"]), (.nobody, ["not found"]),
            ] {
                let draft = try await world.draft(.science, "Của \(who.rawValue)", sign: "SKHCN")
                let refusal = await world.refusal {
                    _ = try await world.act(as: who) {
                        try $0.issue(draft.uid, DocumentIssue(issuedOn: today), seen: nil, at: now)
                    }
                }
                #expect(refusal == expected, "\(who.rawValue)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func anIssuedDocumentIsNotIssuedAgain(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.committee, "Một")
            _ = try await world.issue(draft)
            await world.refuses(["conflict document.error.state.issued"]) { _ = try await world.issue(draft) }
            let now = world.now
            await world.refuses(["conflict document.error.state.issued"]) {
                try await world.act { try $0.discard(draft.uid, seen: nil, at: now) }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aChangeFromAnOldStateIsRefused(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.committee, "Một")
            var plan = try world.plan(.committee, "Hai")
            let (first, now) = (plan, world.now)
            _ = try await world.act { try $0.edit(draft.uid, first, seen: 1, at: now) }
            plan.title = "Ba"
            let second = plan
            await world.refuses(["stale"]) {
                _ = try await world.act { try $0.edit(draft.uid, second, seen: 1, at: now) }
            }
            #expect(try await world.act { try $0.find(draft.uid).document.title } == "Hai")
        }
    }

    @Test(arguments: Engine.allCases) func aDraftThatIsGivenUpLeavesItsHistoryAlone(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.science, "Bỏ đi", sign: "SKHCN")
            let now = world.now
            try await world.act(as: .secretariat) { try $0.discard(draft.uid, seen: nil, at: now) }
            await world.refuses(["not found"]) { _ = try await world.act { try $0.find(draft.uid) } }
            #expect(try await world.names { $0.text = "bo di" } == [])
            for (who, verbs) in [(Who.member, ["discarded", "created"]), (.nobody, [])] {
                let found = try await world.act(as: who) { store in
                    try ActivityStore(tx: store.tx, viewer: store.viewer).history(of: draft.document.subject)
                        .items.compactMap { $0.verb?.rawValue }
                }
                #expect(found == verbs, "\(who.rawValue)")
            }
        }
    }
}
