import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The guide is at hand on every page, for everybody, in their language.
@Suite struct HelpPagesTests {
    @Test func everybodyReadsItInTheirLanguage() async throws {
        try await World.with(.sqlite) { world in
            for browser in [try world.browser(), try world.browser(as: .focal)] {
                for (language, title, first) in [
                    ("vi", "Hướng dẫn sử dụng", "Những bước đầu tiên"), ("en", "User guide", "First steps"),
                ] {
                    let headers: HTTPFields = [.acceptLanguage: language]
                    let index = try await browser.get("/help", headers: headers)
                    #expect(index.status == 200 && index.text.contains("<h1>\(title)</h1>"))
                    #expect(index.text.contains("<a href=\"/help/first-steps\">\(first)</a>"))
                    let page = try await browser.get("/help/first-steps", headers: headers)
                    #expect(page.status == 200 && page.text.contains("<h1>\(first)</h1>"))
                    #expect(page.text.contains("<a href=\"/help/tasks\">"))
                    #expect(!page.text.contains("⟦") && !page.text.contains("href=\"http"))
                }
            }
        }
    }

    @Test func everyPageLeadsThere() async throws {
        try await World.with(.sqlite) { world in
            for (who, path) in [(nil, "/sign-in"), (.focal, "/tasks")] as [(Who?, String)] {
                let page = try await world.browser(as: who).get(path).text
                #expect(page.contains("<a href=\"/help\">Hướng dẫn</a>"), "\(path)")
            }
        }
    }

    @Test func whatIsNoPageIsNotThere() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser()
            for name in ["nothing", "First-Steps", "first-steps.md", "leader-vi.png"] {
                #expect(try await browser.get("/help/\(name)").status == 404, "\(name)")
            }
        }
    }

    @Test func itsPicturesAreServed() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser()
            let text = try await browser.get("/help/demonstration").text
            let source = try #require(text.firstMatch(of: /<img src="(\/assets\/[^"]+leader-vi\.png)"/)).output.1
            let picture = try await browser.get(String(source))
            #expect(picture.status == 200 && picture.header("Content-Type") == "image/png")
        }
    }
}
