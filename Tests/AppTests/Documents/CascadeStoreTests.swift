import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// What is read of a cascade: up to the top, down to the end, and of what is counted exactly what the list has.
@Suite struct CascadeStoreTests {
    @Test(arguments: Engine.allCases) func theCascadeGoesUpToTheTopAndDownToTheEnd(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(.steering, "57-NQ/TW", .resolution, on: "2026-01-01", term: 14)
            let plan = try await world.register(.steering, "2-KH/BCĐTW", .plan, on: "2026-02-01", term: 14)
            let province = try await world.register(.committee, "283/KH-UBND", .plan, on: "2026-03-01")
            let ward = try await world.register(.wardCommittee, "30/KH-UBND", .plan, on: "2026-04-01")
            let beside = try await world.register(.otherCommittee, "31/KH-UBND", .plan, on: "2026-04-01")
            try await world.link(plan, .concretises, to: top)
            try await world.link(province, .implements, to: plan)
            try await world.link(ward, .implements, to: province)
            try await world.link(ward, .concretises, to: plan)
            try await world.link(beside, .implements, to: plan)
            try await world.link(ward, .cites, to: beside)
            let cascade = try await world.act { try $0.cascade(province.uid) }
            #expect(cascade.documents.map(\.sign) == ["283/KH-UBND", "57-NQ/TW", "02-KH/BCĐTW", "30/KH-UBND"])
            #expect(
                cascade.edges.map { "\($0.lower.sign) \($0.kind.rawValue) \($0.upper.sign)" } == [
                    "30/KH-UBND implements 283/KH-UBND", "02-KH/BCĐTW concretises 57-NQ/TW",
                    "283/KH-UBND implements 02-KH/BCĐTW", "30/KH-UBND concretises 02-KH/BCĐTW",
                ])
            #expect(!cascade.isCut && cascade.restingCount == 1)
            let browser = try world.world.browser(as: .root)
            let reply = try await browser.get("/documents/\(province.uid)/cascade")
            for sign in ["57-NQ/TW", "02-KH/BCĐTW", "283/KH-UBND", "30/KH-UBND", "cụ thể hóa", "thực hiện"] {
                #expect(reply.text.contains(sign), "\(sign)")
            }
            #expect(!reply.text.contains("31/KH-UBND") && !reply.text.contains("⟦"))
        }
    }

    private func register(
        _ numbers: Range<Int>, by place: Place, on upper: DocumentRow, _ world: DocumentWorld
    ) async throws -> [DocumentRow] {
        let title =
            "Kế hoạch triển khai Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ"
        let (draft, now, day) = (try world.plan(place, title), world.now, try world.day("2026-02-01"))
        return try await world.act { store in
            try numbers.map { number in
                let row = try store.register(
                    DocumentRegistration(draft: draft, sign: "\(number)/KH-UBND", issuedOn: day), at: now)
                try store.insertLink(row.document.id, .implements, to: upper.document.id)
                return row
            }
        }
    }

    /// More than one statement lists.
    @Test(arguments: Engine.allCases) func manyAreCountedAndTheListHasThemAll(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-01-01", title: "Đầu mối")
            let plans = try await register(100..<650, by: .wardCommittee, on: top, world)
            _ = try await register(700..<730, by: .wardCommittee, on: plans[7], world)
            let cascade = try await world.act { try $0.cascade(top.uid) }
            #expect(!cascade.isCut && cascade.restingCount == 580)
            #expect(cascade.groups.map(\.group.count) == [550, 30])
            #expect(cascade.documents.map(\.sign) == ["01/KH-UBND", "107/KH-UBND"])
            let browser = try world.world.browser(as: .root)
            let reply = try await browser.get("/documents/\(top.uid)/cascade")
            #expect(reply.text.contains("550 văn bản") && reply.text.contains("30 văn bản"))
            #expect(reply.text.contains("trong đó") && reply.text.contains("580 văn bản triển khai"))
            #expect(reply.text.contains("/documents?basis=\(top.uid)&amp;type=plan"))
            #expect(reply.bytes.count <= 20_000, "\(reply.bytes.count)")
            let list = try await browser.get("/documents?basis=\(plans[7].uid)&type=plan").text
            #expect(list.contains("Văn bản trực tiếp triển khai 107/KH-UBND") && list.contains("729/KH-UBND"))
            #expect(!list.contains("108/KH-UBND"))
            let api = try await world.world.api(as: .root).get("/api/v1/documents/\(top.uid)/cascade")
            let groups = try #require(api.json["groups"] as? [[String: Any]])
            #expect(groups.map { $0["count"] as? Int } == [550, 30] && api.json["resting_count"] as? Int == 580)
        }
    }

    /// What stands together counts as many as its list has, for whoever knows all and for whoever knows a part.
    @Test(arguments: Engine.allCases) func aGroupCountsWhatItsListHas(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(
                .steering, "7-KH/BCĐTW", .plan, on: "2026-01-01", secrecy: .public, term: 14)
            let own = try await register(10..<18, by: .committee, on: top, world)
            let others = try await register(10..<19, by: .otherCommittee, on: top, world)
            for (index, row) in (own + others).enumerated() {
                _ = try await register(100 + 10 * index..<101 + 10 * index, by: .wardCommittee, on: row, world)
            }
            for (who, counts) in [(Who.root, [17, 17]), (.secretariat, [8, 8])] {
                let viewer = try await world.world.viewer(who)
                let (groups, totals) = try await world.act(as: viewer) { store in
                    let groups = try store.cascade(top.uid).groups.map(\.group)
                    return (groups, try groups.map { try Self.total(of: $0, on: top.uid, store) })
                }
                #expect(groups.map(\.count) == counts && totals == counts, "\(who)")
                #expect(groups.map(\.through) == [[], [.plan]])
            }
        }
    }

    private static func total(of group: CascadeSketch.Group, on top: UID, _ store: DocumentStore) throws -> Int {
        var filter = DocumentFilter()
        (filter.basis, filter.type, filter.through) = (top, group.type, group.through)
        return try store.list(filter).total
    }

    /// Thirty steps down are drawn; that there are more is said, and the list has them.
    @Test(arguments: Engine.allCases) func aLongChainSaysThatItWasCut(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var chain = [try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")]
            for number in 2...(Cascade.depth + 2) {
                chain += try await register(number..<number + 1, by: .committee, on: chain[number - 2], world)
            }
            let (long, whole, upper) = try await world.act { [chain] store in
                (
                    try store.cascade(chain[0].uid), try store.cascade(chain[1].uid),
                    try store.cascade(chain[Cascade.depth + 1].uid)
                )
            }
            #expect(long.isCut && long.documents.count == Cascade.depth + 1)
            #expect(!whole.isCut && whole.documents.count == Cascade.depth + 2)
            #expect(upper.isCut && upper.documents.count == Cascade.depth + 1)
            let page = try await world.world.browser(as: .root).get("/documents/\(chain[0].uid)/cascade").text
            #expect(page.contains("Còn những văn bản khác không vẽ ở đây"))
        }
    }

    @Test func stepsWithoutABasisAreRefused() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            let top = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-02-01")
            let browser = try world.world.browser(as: .root), api = try world.world.api(as: .root)
            for query in ["through=plan", "basis=\(top.uid)&through=plan,nothing"] {
                let reply = try await api.get("/api/v1/documents?\(query)")
                #expect(reply.status == 422 && reply.text.contains("document.error.through"), "\(query)")
            }
            #expect(try await browser.get("/documents?basis=\(top.uid)&through=plan").text.contains("qua: Kế hoạch"))
        }
    }
}
