import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The page and the API through the door, asked well and badly.
@Suite struct SearchPagesTests {
    @Test(arguments: Engine.allCases) func badInputIsAnswered(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let long = String(repeating: "a", count: 10_000)
            let asked: [(String, Int)] = [
                ("", 200), ("a", 200), ("!!!---", 200), ("\"", 200), ("'", 200), ("a\" OR \"b", 200),
                ("NEAR(a b)", 200),
                ("words:a*", 200), ("-a ^b", 200), ("%_\\", 200), ("😀", 200), ("t.s4.2", 200), ("{a,b}", 200),
                ("\\", 200), ("NULL", 200), ("' ' || 1", 200), (long, 422), ("a\u{0}b", 422), ("٣٤", 200),
                ("ⓐ 𝔞 ½", 200),
                (String(repeating: "a b ", count: 49), 200), (String(repeating: "ế", count: 200), 200),
            ]
            for (typed, status) in asked {
                let q = URLText.query(typed)
                for path in ["/search?q=\(q)", "/search?q=\(q)&order=relevance&reach=all"] {
                    let page = try await world.browser(as: .focal).get(path)
                    #expect(page.status == status, "\(typed.prefix(30))")
                    #expect(!page.text.contains("⟦"), "\(typed.prefix(30))")
                }
                let reply = try await world.api(as: .root).get("/api/v1/search?q=\(q)")
                #expect(reply.status == status, "\(typed.prefix(30)): \(reply.text.prefix(300))")
            }
        }
    }

    @Test func whatIsNoChoiceIsNamed() async throws {
        try await World.with(.sqlite) { world async throws in
            for query in [
                "kind=unit", "kind=x", "status=task.flying", "status=draft", "year=abc", "year=99999", "order=size",
                "reach=mine", "unit=x", "after=xyz", "limit=0",
            ] {
                let reply = try await world.api(as: .root).get("/api/v1/search?q=van&\(query)")
                #expect(reply.status == 422, "\(query)")
                let name = query.split(separator: "=").first.map(String.init) ?? ""
                #expect(reply.text.contains("\"\(name)\""), "\(query): \(reply.text)")
            }
            let other = try await world.api(as: .root).get("/api/v1/search?q=van&unit=\(UID.new(at: world.clock.now))")
            #expect(other.status == 404)
        }
    }

    /// What is typed stands in the page as it was typed, never as markup; what answers it is marked.
    @Test func hitsAreMarkedAndNothingIsMarkup() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            _ = try await tasks.issued { $0.title = "Số hóa <b>hồ sơ</b> & \"giấy tờ\"" }
            let page = try await tasks.world.browser(as: .secretariat).get(
                "/search?q=\(URLText.query("ho so <script>"))")
            #expect(page.text.contains("ho so &lt;script&gt;"))
            let found = try await tasks.world.browser(as: .secretariat).get("/search?q=ho+so+giay")
            #expect(
                found.text.contains("&lt;b&gt;<mark>hồ</mark> <mark>sơ</mark>&lt;/b&gt; &amp; &quot;<mark>giấy</mark>"))
        }
    }

    /// Nothing can be narrowed where all hits are alike.
    @Test(arguments: Engine.allCases) func whatCannotBeNarrowedHasNoHeadingOfIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued { $0.title = "Khảo sát độc đáo" }
            let browser = try tasks.world.browser(as: .secretariat), path = "/search?q=doc+dao&kind=task"
            let one = try await browser.get(path).text
            #expect(one.contains("class=\"hits\"") && !one.contains("class=\"facets\""))
            let second = try await tasks.issued { $0.title = "Báo cáo độc đáo" }
            try await tasks.does(.accept, second.uid, as: tasks.performer.viewer)
            #expect(try await browser.get(path).text.contains("class=\"facets\""))
        }
    }

    @Test func theHeaderLeadsToSearch() async throws {
        try await World.with(.sqlite) { world async throws in
            let page = try await world.browser(as: .focal).get("/")
            #expect(page.text.contains("action=\"/search\""))
        }
    }
}
