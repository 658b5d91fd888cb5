import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentLinkingTests {
    private func refusal(
        _ world: DocumentWorld, _ lower: DocumentRow, _ kind: DocumentLink.Kind, _ upper: DocumentRow,
        as who: Who? = nil
    ) async -> [String] {
        let now = world.now
        return await world.refusal {
            _ = try await world.act(as: who) { try $0.link(lower.uid, kind, to: upper.uid, seen: nil, at: now) }
        }
    }

    @Test(arguments: Engine.allCases) func linksStandOnBothSides(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let upper = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")
            let lower = try await world.register(.finance, "1/KH-STC", .plan, on: "2026-03-01")
            try await world.link(lower, .implements, to: upper)
            let (down, up) = try await world.act { (try $0.detail(lower.uid), try $0.detail(upper.uid)) }
            #expect(down.links.map { "\($0.kind) \($0.other.name)" } == ["implements 01/KH-UBND"])
            #expect(up.backLinks.map { "\($0.kind) \($0.other.name)" } == ["implements 01/KH-STC"])
            let now = world.now
            _ = try await world.act { try $0.unlink(lower.uid, .implements, to: upper.uid, seen: nil, at: now) }
            #expect(try await world.act { try $0.detail(upper.uid).backLinks.isEmpty })
            let verbs = try await world.act { try $0.history(of: lower).items.compactMap { $0.verb?.rawValue } }
            #expect(verbs == ["unlinked", "linked", "registered"])
        }
    }

    @Test(arguments: Engine.allCases) func nothingRestsOnItself(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var chain: [DocumentRow] = []
            for number in 1...4 {
                chain.append(try await world.register(.committee, "\(number)/KH-UBND", .plan, on: "2026-02-01"))
            }
            try await world.link(chain[1], .implements, to: chain[0])
            try await world.link(chain[2], .concretises, to: chain[1])
            try await world.link(chain[3], .amends, to: chain[2])
            #expect(await refusal(world, chain[0], .implements, chain[3]) == ["document document.error.cycle"])
            #expect(await refusal(world, chain[0], .replaces, chain[1]) == ["document document.error.cycle"])
            #expect(await refusal(world, chain[0], .implements, chain[0]) == ["document document.error.link_self"])
            #expect(await refusal(world, chain[1], .implements, chain[0]) == ["document document.error.link_there"])
            // A citation may go both ways.
            #expect(await refusal(world, chain[0], .cites, chain[3]) == [])
            #expect(await refusal(world, chain[3], .cites, chain[0]) == [])
            let told = await world.words {
                let (first, last, now) = (chain[0].uid, chain[3].uid, world.now)
                _ = try await world.act { try $0.link(first, .implements, to: last, seen: nil, at: now) }
            }
            #expect(told.contains("04/KH-UBND rests on 01/KH-UBND"), "\(told)")
        }
    }

    /// Two writers at once, each of whom would be right alone.
    @Test(arguments: Engine.allCases) func twoAtOnceDoNotCloseACircle(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            for round in 1...5 {
                let a = try await world.register(.committee, "\(round)/KH-UBND", .plan, on: "2026-02-01")
                let b = try await world.register(.committee, "\(round)/QĐ-UBND", .decision, on: "2026-02-01")
                async let first = refusal(world, a, .implements, b)
                async let second = refusal(world, b, .implements, a)
                let results = await [first, second].sorted { $0.count < $1.count }
                #expect(results == [[], ["document document.error.cycle"]])
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDocumentIsNotOlderThanWhatItRestsOn(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let old = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")
            let new = try await world.register(.committee, "2/KH-UBND", .plan, on: "2026-02-02")
            for kind in [DocumentLink.Kind.implements, .concretises, .amends, .replaces] {
                #expect(await refusal(world, old, kind, new) == ["document document.error.before_basis"], "\(kind)")
            }
            #expect(await refusal(world, old, .cites, new) == [])
            let draft = try await world.draft(.committee, "Dự thảo")
            #expect(await refusal(world, new, .implements, draft) == ["document document.error.basis_draft"])
            #expect(await refusal(world, draft, .implements, new) == [])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsReplacedSaysByWhatAndFromWhichDay(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let old = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")
            var paper = DocumentRegistration(
                draft: try world.plan(.committee, "Kế hoạch mới"), sign: "2/KH-UBND",
                issuedOn: try world.day("2026-03-01"))
            paper.draft.effectFrom = try world.day("2026-04-01")
            let (new, now) = (paper, world.now)
            let row = try await world.act { try $0.register(new, at: now) }
            try await world.link(row, .replaces, to: old)
            let found = try await world.act { try $0.find(old.uid) }
            #expect(found.force(on: try world.day("2026-03-31")) == .inForce)
            #expect(found.force(on: try world.day("2026-04-01")) == .replaced(on: try world.day("2026-04-01")))
            let browser = try world.world.browser(as: .secretariat)
            let text = try await browser.get("/documents/\(old.uid)", headers: [.acceptLanguage: "en"]).text
            #expect(text.contains("02/KH-UBND"))
        }
    }

    @Test(arguments: Engine.allCases) func whoeverKeepsTheLowerOneLinksToWhatTheyKnow(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let own = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")
            let hidden = try await world.register(.otherCommittee, "1/KH-UBND", .plan, on: "2026-01-01")
            let open = try await world.register(
                .steering, "7-KH/BCĐTW", .plan, on: "2026-01-01", secrecy: .public, term: 14)
            #expect(await refusal(world, own, .implements, open, as: .leader) == ["forbidden"])
            #expect(
                await refusal(world, own, .implements, hidden, as: .secretariat) == ["document document.error.unknown"])
            #expect(await refusal(world, own, .implements, open, as: .secretariat) == [])
            #expect(await refusal(world, open, .implements, own, as: .secretariat) == ["forbidden"])
        }
    }
}
