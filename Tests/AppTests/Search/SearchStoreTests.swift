import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// What is found, in which order, and how much of it is said.
@Suite struct SearchStoreTests {
    @Test(arguments: Engine.allCases) func accentsDoNotMatter(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued { $0.title = "Đẩy mạnh chuyển đổi số ở cấp xã" }
            let decomposed = "Đẩy mạnh chuyển đổi".decomposedStringWithCanonicalMapping
            for typed in [
                "đẩy mạnh", "day manh", "DAY MANH", "ĐẨY", "xa so doi", "chuyển-đổi", "\"chuyen\" AND doi", decomposed,
                decomposed.precomposedStringWithCanonicalMapping, "  cấp   xã ", "đổi (số)*",
            ] {
                let found = try await tasks.world.search(typed, as: tasks.secretariat)
                let expected = typed.contains("AND") ? 0 : 1
                #expect(found.total == expected, "\(typed)")
            }
            #expect(try await tasks.world.search("chuyê", as: tasks.secretariat).total == 0)
        }
    }

    /// Words of description and product find a task too, and are shown where they stand.
    @Test(arguments: Engine.allCases) func wordsBeyondTheTitleFind(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued {
                $0.title = "Rà soát hạ tầng"
                $0.description = "Trước hết là các trạm phát sóng ở vùng lõm, sau đó là cáp quang."
            }
            let found = try await tasks.world.search("ha tang vung lom", as: tasks.secretariat)
            let card = try #require(found.cards.first)
            let snippet = SearchMark(found.words).snippet(title: card.title, card.passages)
            #expect(snippet.filter(\.isHit).map(\.text) == ["vùng", "lõm"] || snippet.contains { $0.text == "vùng" })
            #expect(try await tasks.world.search("nền tảng dữ liệu", as: tasks.secretariat).total == 1)
        }
    }

    @Test(arguments: Engine.allCases) func theBestMatchStandsFirst(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let today = tasks.today
            for (days, title) in [
                (-40, "Dữ liệu số"), (-30, "Số hóa dữ liệu của tỉnh"), (-20, "Báo cáo về kết nối dữ liệu số"),
                (-10, "Liệu có số nào trong dữ trữ"),
            ] {
                _ = try await tasks.issued {
                    $0.title = title
                    $0.start = today.adding(days: days)
                }
            }
            let viewer = tasks.secretariat
            #expect(
                try await tasks.world.walk("dữ liệu số", as: viewer, .relevance) == [
                    "Dữ liệu số", "Báo cáo về kết nối dữ liệu số", "Số hóa dữ liệu của tỉnh",
                    "Liệu có số nào trong dữ trữ",
                ])
            #expect(
                try await tasks.world.walk("dữ liệu số", as: viewer, .date) == [
                    "Liệu có số nào trong dữ trữ", "Báo cáo về kết nối dữ liệu số", "Số hóa dữ liệu của tỉnh",
                    "Dữ liệu số",
                ])
        }
    }

    /// Of more hits than are looked at the newest are shown and counted, and it is said; by either way to find them.
    @Test(arguments: Engine.allCases) func moreThanIsLookedAtIsSaid(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let today = tasks.today
            for number in 0..<14 {
                _ = try await tasks.issued {
                    $0.title = "Khảo sát thôn \(number)"
                    $0.start = today.adding(days: -39 + 3 * number)
                }
            }
            for few in [-1, 1_500] {
                for cap in [5, 13, 14] {
                    let found = try await tasks.world.search("khảo sát", as: tasks.secretariat) { _, store in
                        (store.limits.few, store.limits.cap) = (few, cap)
                    }
                    #expect(found.isCapped == (cap < 14))
                    #expect(found.total == cap)
                    #expect(found.facets.statuses == [.init(value: "task.issued", count: cap)])
                    #expect(
                        found.cards.map(\.title) == (0..<cap).map { "Khảo sát thôn \(13 - $0)" },
                        "\(engine), \(few), \(cap)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func pagesAreByKeyInBothOrders(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for number in 0..<7 {
                _ = try await tasks.issued { $0.title = "Tập huấn \(number % 2 == 0 ? "số " : "")cho xã" }
            }
            for order in SearchFilter.Order.allCases {
                let whole = try await tasks.world.walk("tập huấn", as: tasks.secretariat, order, limit: 200)
                #expect(whole.count == 7)
                #expect(try await tasks.world.walk("tập huấn", as: tasks.secretariat, order, limit: 2) == whole)
            }
            // A page behind the last hit is empty; behind a record that is none, or is not known, there is no page.
            let last = try await tasks.world.search("tập huấn", as: tasks.secretariat)
            let card = try #require(last.cards.last)
            let beyond = PageRequest(after: Cursor(["0", "task", card.subject.uid.text]), limit: 5)
            let found = try await tasks.world.search("tập huấn", as: tasks.secretariat, page: beyond)
            #expect(found.cards.isEmpty && found.next == nil && found.total == 7)
            let hidden = try await tasks.given(by: .science, .open) { $0.secrecy = .restricted }
            for parts in [
                ["0", "task", hidden.uid.text], ["0", "task", UID.new(at: tasks.now).text], ["x", "task", ""],
                ["0", "unit", card.subject.uid.text],
            ] {
                let page = PageRequest(after: Cursor(parts), limit: 5)
                await #expect(throws: AppError.self) {
                    try await tasks.world.search("tập huấn", as: tasks.secretariat, page: page)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func conditionsNarrowAndCount(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let year = tasks.today.parts.year, today = tasks.today
            _ = try await tasks.issued {
                $0.title = "Nâng cấp phòng họp"
                $0.start = today.adding(days: -400)
            }
            let other = try await tasks.issued { $0.title = "Nâng cấp đường truyền" }
            _ = try await tasks.does(.accept, other.uid, as: tasks.performer.viewer)
            let documents = DocumentWorld(world: tasks.world)
            _ = try await documents.register(
                .giaLai, "01/KH-UBND", .plan, on: "2026-01-05", title: "Kế hoạch nâng cấp", secrecy: .public)
            func count(_ change: @escaping @Sendable (inout SearchFilter) -> Void) async throws -> [Int] {
                var counts: [Int] = []
                for few in [-1, 1_500] {
                    counts.append(
                        try await tasks.world.search("nâng cấp", as: tasks.secretariat) { filter, store in
                            store.limits.few = few
                            change(&filter)
                        }.total)
                }
                return counts
            }
            #expect(try await count { _ in } == [3, 3])
            #expect(try await count { $0.kind = .task } == [2, 2])
            #expect(try await count { $0.kind = .document } == [1, 1])
            #expect(try await count { $0.status = "task.accepted" } == [1, 1])
            #expect(try await count { $0.status = "document.issued" } == [1, 1])
            #expect(try await count { $0.type = "plan" } == [1, 1])
            #expect(try await count { $0.year = year } == [2, 2])
            #expect(try await count { $0.year = year - 1 } == [1, 1])
            #expect(try await count { $0.year = 1999 } == [0, 0])
            #expect(try await count { $0.type = "no-such" } == [0, 0])
            let finance = try tasks.world.uid(.finance)
            #expect(try await count { $0.unit = finance } == [2, 2])
            let facets = try await tasks.world.search("nang cap", as: tasks.secretariat).facets
            #expect(facets.kinds == [.init(value: "task", count: 2), .init(value: "document", count: 1)])
            #expect(facets.years.map(\.count) == [2, 1])
            #expect(facets.units.map(\.count) == [2, 1])
        }
    }

    /// What is chosen beside the words is looked for among all that have them, not among the newest only; by either way
    /// to find them.
    @Test(arguments: Engine.allCases) func narrowingReachesWhatIsOlder(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let today = tasks.today, finance = try tasks.world.uid(.finance), front = try tasks.world.uid(.front)
            for number in 0..<14 {
                let row = try await tasks.issued {
                    $0.title = "Khảo sát thôn \(number)"
                    $0.start = today.adding(days: -39 + 3 * number)
                }
                if number < 3 { try await tasks.does(.accept, row.uid, as: tasks.performer.viewer) }
            }
            func found(
                _ few: Int, depth: Int = 50_000, _ change: @escaping @Sendable (inout SearchFilter) -> Void
            ) async throws -> SearchResult {
                try await tasks.world.search("khảo sát", as: tasks.secretariat) { filter, store in
                    (store.limits.few, store.limits.cap, store.limits.depth) = (few, 5, depth)
                    change(&filter)
                }
            }
            for few in [-1, 1_500] {
                let accepted = try await found(few) { $0.status = "task.accepted" }
                #expect(accepted.total == 3 && !accepted.isCapped && !accepted.isShallow, "\(few)")
                #expect(accepted.cards.map(\.title) == (0..<3).map { "Khảo sát thôn \(2 - $0)" })
                #expect(accepted.facets.statuses == [.init(value: "task.accepted", count: 3)])
                let issued = try await found(few) { $0.status = "task.issued" }
                #expect(issued.total == 5 && issued.isCapped)
                #expect(try await found(few) { $0.unit = finance }.total == 5)
                #expect(try await found(few) { $0.unit = front }.total == 0)
                #expect(try await found(few) { $0.pillar = "khong-co" }.total == 0)
                #expect(try await found(few) { $0.status = "document.issued" }.total == 0)
                let scored = try await found(few) { ($0.status, $0.order) = ("task.accepted", .relevance) }
                #expect(scored.total == 3)
            }
            // Where hits are found one after the other, the search ends somewhere, and says so.
            let shallow = try await found(-1, depth: 8) { $0.status = "task.accepted" }
            #expect(shallow.isShallow == (engine == .sqlite))
            #expect(shallow.total == (engine == .sqlite ? 0 : 3))
            let whole = try await found(-1, depth: 14) { $0.status = "task.accepted" }
            #expect(whole.total == 3)
        }
    }

    /// Hits stand in the order of the day that is shown first.
    @Test(arguments: Engine.allCases) func theDayThatOrdersIsTheDayThatIsShown(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let today = tasks.today
            for (start, due) in [(-9, 40), (-3, 20), (-6, 30)] {
                _ = try await tasks.issued {
                    ($0.title, $0.start) = ("Khảo sát thôn \(due)", today.adding(days: start))
                    $0.deadline = .day(today.adding(days: due))
                }
            }
            let cards = try await tasks.world.search("khảo sát", as: tasks.secretariat).cards
            #expect(cards.map(\.day) == [-3, -6, -9].map { today.adding(days: $0) })
            #expect(cards.map(\.due) == [20, 30, 40].map { today.adding(days: $0) })
            let page = try await tasks.world.browser(as: .secretariat).get("/search?q=khao+sat").text
            #expect(page.contains("bắt đầu 19/11/2026 · hạn 12/12/2026") && !page.contains("⟦"), "\(page)")
        }
    }
}
