import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The page of a cascade: a drawing, and the same as a list.
@Suite struct CascadePageTests {
    private func count(_ what: String, in text: some StringProtocol) -> Int {
        text.components(separatedBy: what).count - 1
    }

    private func between(_ start: String, _ end: String, of page: String) throws -> String {
        let rest = try #require(page.components(separatedBy: start).dropFirst().first)
        return rest.components(separatedBy: end).first ?? ""
    }

    /// 57 ← plan ← province ← ward, and the ward's plan rests on the plan above too: four boxes, a line to each but
    /// the first; in the list the ward stands twice, the second time without what is below.
    @Test(arguments: Engine.allCases) func theDrawingHasEachOnceAndTheListSaysTheSame(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(.steering, "57-NQ/TW", .resolution, on: "2026-01-01", term: 14)
            let plan = try await world.register(.steering, "2-KH/BCĐTW", .plan, on: "2026-02-01", term: 14)
            let province = try await world.register(.committee, "283/KH-UBND", .plan, on: "2026-03-01")
            let ward = try await world.register(.wardCommittee, "30/KH-UBND", .plan, on: "2026-04-01")
            try await world.link(plan, .concretises, to: top)
            try await world.link(province, .implements, to: plan)
            try await world.link(ward, .implements, to: province)
            try await world.link(ward, .concretises, to: plan)
            let page = try await world.world.browser(as: .root).get("/documents/\(plan.uid)/cascade").text
            let drawing = try between("<figure class=\"chart cascade\">", "</figure>", of: page)
            #expect(count("<use href=\"#n\"/>", in: drawing) == 4)
            #expect(count("<path d=\"", in: drawing) == 3)
            for row in [top, plan, province, ward] {
                #expect(count("href=\"/documents/\(row.uid)\"", in: drawing) == 1, "\(row.name)")
            }
            #expect(count(" class=\"here\"", in: drawing) == 1)
            let list = try between("<ul class=\"tree\">", "</main>", of: page)
            #expect(count("<li>", in: list) == 5 && count("đã nêu ở trên", in: list) == 1)
            #expect(count("aria-current=\"true\"", in: list) == 1, "where one is")
            for (row, times) in [(top, 1), (province, 1), (ward, 2)] {
                #expect(count("href=\"/documents/\(row.uid)\"", in: list) == times, "\(row.name)")
            }
        }
    }

    @Test func whatHangsOnNothingHasNoDrawing() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            let alone = try await world.register(.committee, "9/KH-UBND", .plan, on: "2026-03-01")
            let page = try await world.world.browser(as: .root).get("/documents/\(alone.uid)/cascade")
            #expect(page.status == 200 && !page.text.contains("<svg viewBox=\"0 0 "))
            #expect(page.text.contains("Chưa có văn bản liên quan"))
        }
    }
}
