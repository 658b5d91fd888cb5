import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct CascadeTests {
    private func node(_ id: Int64, _ sign: String = "") throws -> Cascade.Node {
        Cascade.Node(
            id: id, uid: UID.new(at: World.start), type: .plan, sign: sign.isEmpty ? "\(id)/KH-UBND" : sign,
            title: "Kế hoạch số \(id)", issuerName: "UBND", issuedOn: World.start.day(plus: Int(id)), force: .inForce,
            isReference: false)
    }

    private func edge(_ lower: Int64, _ upper: Int64, _ kind: DocumentLink.Kind = .implements) -> Cascade.Edge {
        Cascade.Edge(lower: lower, upper: upper, kind: kind)
    }

    private func layout(_ count: Int64, _ edges: [Cascade.Edge], root: Int64 = 1) throws -> CascadeLayout {
        let cascade = Cascade(root: root, nodes: try (1...count).map { try node($0) }, edges: edges, isCut: false)
        return CascadeLayout(CascadeSketch(CascadeOutline(cascade)))
    }

    private func told(_ place: CascadeLayout.Place) -> String {
        switch place.branch.box {
        case .document(let node): "\(node.id)"
        case .several(let type, let count, let under): "\(count) \(type.rawValue) under \(under.id)"
        }
    }

    @Test func eachStandsOneColumnToTheRightOfWhatItHangsOn() throws {
        // 1 ← 2 ← 3, and 3 rests on 1 as well; 4 rests on 1.
        let layout = try layout(4, [edge(2, 1), edge(3, 2), edge(3, 1), edge(4, 1)])
        #expect(layout.places.map(told) == ["1", "2", "3", "4"])
        #expect(layout.places.map(\.above) == [nil, 0, 1, 0])
        for place in layout.places {
            guard let above = place.above.map({ layout.places[$0] }) else { continue }
            #expect(place.x == above.x + CascadeLayout.box.width + CascadeLayout.gap.across && place.y >= above.y)
        }
    }

    @Test func noTwoBoxesTouch() throws {
        var edges: [Cascade.Edge] = []
        for lower in Int64(2)...60 { edges.append(edge(lower, max(1, lower / 3))) }
        let layout = try layout(60, edges)
        #expect(layout.places.count == 60)
        for places in Dictionary(grouping: layout.places, by: \.x).values {
            let sorted = places.map(\.y).sorted()
            for (upper, lower) in zip(sorted, sorted.dropFirst()) {
                #expect(lower - upper >= CascadeLayout.box.height + CascadeLayout.gap.down)
            }
            #expect((sorted.last ?? 0) + CascadeLayout.box.height <= layout.height)
        }
    }

    /// Nine plans below one document are one box, and so are the nine that rest on one of them each; the way to the
    /// document whose cascade it is stays open.
    @Test func manyOfOneTypeStandTogether() throws {
        let edges = (Int64(2)...10).flatMap { [edge($0, 1), edge($0 + 9, $0)] }
        #expect(try layout(19, edges).places.map(told) == ["1", "9 plan under 1", "9 plan under 1"])
        #expect(
            try layout(19, edges, root: 15).places.map(told) == ["1", "8 plan under 1", "8 plan under 1", "6", "15"])
        let few = (Int64(2)...5).map { edge($0, 1) }
        #expect(try layout(5, few).places.map(told) == ["1", "2", "3", "4", "5"])
    }

    @Test func theListTellsWhatRestsOnSeveralOnce() throws {
        let nodes = try (1...4).map { try node($0) }
        let cascade = Cascade(
            root: 1, nodes: nodes, edges: [edge(2, 1), edge(3, 1), edge(4, 2), edge(4, 3, .cites)], isCut: false)
        let outline = CascadeOutline(cascade)
        #expect(outline.tops.map(\.node.id) == [1])
        let below = outline.tops[0].children
        #expect(below.map(\.node.id) == [2, 3])
        #expect(below[0].children.map(\.isRepeated) == [false])
        #expect(below[1].children.map(\.isRepeated) == [true])
    }

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
            try await world.link(beside, .implements, to: plan)
            try await world.link(ward, .cites, to: beside)
            let cascade = try await world.act { try $0.cascade(province.uid) }
            #expect(cascade.nodes.map(\.sign) == ["283/KH-UBND", "02-KH/BCĐTW", "57-NQ/TW", "30/KH-UBND"])
            #expect(cascade.edges.count == 3 && !cascade.isCut)
            let browser = try world.world.browser(as: .root)
            let reply = try await browser.get("/documents/\(province.uid)/cascade")
            for sign in ["57-NQ/TW", "02-KH/BCĐTW", "283/KH-UBND", "30/KH-UBND", "cụ thể hóa", "thực hiện"] {
                #expect(reply.text.contains(sign), "\(sign)")
            }
            #expect(!reply.text.contains("31/KH-UBND") && !reply.text.contains("⟦"))
        }
    }

    @Test(arguments: Engine.allCases) func aLargeCascadeShowsSomeAndTheWayToTheRest(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(.committee, "1/KH-UBND", .plan, on: "2026-01-01", title: "Đầu mối")
            let title =
                "Kế hoạch triển khai Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ"
            let (draft, now) = (try world.plan(.wardCommittee, title), world.now)
            let day = try world.day("2026-02-01")
            try await world.act { store in
                for number in 100..<350 {
                    let paper = DocumentRegistration(draft: draft, sign: "\(number)/KH-UBND", issuedOn: day)
                    let row = try store.register(paper, at: now)
                    try store.insertLink(row.document.id, .implements, to: top.document.id)
                }
            }
            let cascade = try await world.act { try $0.cascade(top.uid) }
            #expect(cascade.nodes.count == Cascade.limit && cascade.isCut)
            let reply = try await world.world.browser(as: .root).get("/documents/\(top.uid)/cascade")
            #expect(reply.text.contains("Còn những văn bản khác không vẽ ở đây"))
            #expect(reply.text.contains("/documents?under=\(top.uid)"))
            #expect(reply.bytes.count <= 100_000, "\(reply.bytes.count)")
            #expect(
                try await world.act {
                    try $0.list(
                        {
                            var f = DocumentFilter(); f.under = top.uid; return f
                        }()
                    ).total
                } == 250)
        }
    }
}

extension Instant {
    fileprivate func day(plus days: Int) -> Day { (Day(parsing: "2026-01-01") ?? .beginning).adding(days: days) }
}
