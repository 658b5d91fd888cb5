import Foundation
import Testing

@testable import App

/// The guide is whole in each language, leads nowhere wrong, and shows no mark that its reader does not know.
@Suite struct GuideTests {
    private static let resources = WallsTests.root.appending(path: "Resources")
    private static let assets = Result { try Assets.load(from: resources) }
    private static let guide = Result { try Guide.load(from: resources, GuideTests.assets.get()) }

    private func folder(_ language: Language) -> URL {
        GuideTests.resources.appending(path: "guide/\(language.rawValue)")
    }

    private func source(_ name: String, _ language: Language) throws -> String {
        try String(contentsOf: folder(language).appending(path: "\(name).md"), encoding: .utf8)
    }

    @Test(arguments: Language.allCases) func everyPageIsOfferedInEachLanguage(_ language: Language) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder(language).path)
        #expect(Set(files) == Set(Guide.names.map { "\($0).md" }))
        let pages = try GuideTests.guide.get().pages(in: language)
        #expect(pages.map(\.name) == Guide.names && Set(pages.map(\.title)).count == Guide.names.count)
        #expect(pages.allSatisfy { !$0.title.isEmpty && $0.body.text.contains("<p>") })
    }

    @Test(arguments: Language.allCases) func everyLinkLeadsSomewhere(_ language: Language) throws {
        let guide = try GuideTests.guide.get(), assets = try GuideTests.assets.get()
        for name in Guide.names {
            for match in try source(name, language).matches(of: /\]\(([^)]+)\)/) {
                let target = String(match.output.1)
                if target.hasSuffix(".png") {
                    #expect(assets.file(String(target.split(separator: "/").last ?? "")) != nil, "\(name): \(target)")
                    continue
                }
                let file = target.prefix { $0 != "#" }, heading = target.dropFirst(file.count + 1)
                if target.hasPrefix("../") {
                    let place = folder(language).appending(path: String(file)).standardizedFileURL
                    #expect(FileManager.default.fileExists(atPath: place.path), "\(name): \(target)")
                } else {
                    let page = file.isEmpty ? name : String(file.dropLast(3))
                    let body = try #require(guide.page(page, in: language), "\(name): \(target)").body.text
                    #expect(heading.isEmpty || body.contains("id=\"\(heading)\""), "\(name): \(target)")
                }
            }
        }
    }

    @Test(arguments: Language.allCases) func noMarkIsLeftOver(_ language: Language) throws {
        for page in try GuideTests.guide.get().pages(in: language) {
            let said = page.body.text.replacing(/<pre>(?s:.*?)<\/pre>/, with: "")
                .replacing(/<code>[^<]*<\/code>/, with: "")
            for mark in ["**", "`", "](", "|", "*", "<p>#", "<p>- "] {
                #expect(!said.contains(mark), "\(page.name): \(mark)")
            }
        }
    }

    @Test func aMissingPageIsNamed() throws {
        let error = #expect(throws: StartError.self) {
            try Guide.load(from: URL(filePath: "/nowhere/at/all"), GuideTests.assets.get())
        }
        #expect(error?.description.contains("guide/vi/first-steps.md") == true)
    }
}

/// The reader of the guide, mark by mark.
@Suite struct GuideTextTests {
    private let text = GuideText(
        link: { $0.hasPrefix("a") ? "/help/\($0)" : nil }, picture: { $0 == "x.png" ? "/x.png" : nil })

    private func body(_ lines: String...) -> String { text.page(lines.joined(separator: "\n")).body.text }

    @Test func wordsAreEscapedAndMarksRead() {
        #expect(text.page("# Tên & <b>\n\nMột\nhai").title == "Tên & <b>")
        #expect(body("Một", "hai <script>") == "<p>Một hai &lt;script&gt;</p>")
        #expect(
            body("*Nút* và **đậm** `a*b*` [trang](a#b) [khác](http://x)")
                == "<p><em>Nút</em> và <strong>đậm</strong> <code>a*b*</code> "
                + "<a href=\"/help/a#b\">trang</a> khác</p>")
        #expect(body("2 * 3 và [1] ` (x)") == "<p>2 * 3 và [1] ` (x)</p>")
        #expect(body("[\"onclick=](a\"x)") == "<p><a href=\"/help/a&quot;x\">&quot;onclick=</a></p>")
    }

    @Test func headingsListsAndCode() {
        #expect(body("## Khi *ai đó* đổi, sửa") == "<h2 id=\"khi-ai-đó-đổi-sửa\">Khi <em>ai đó</em> đổi, sửa</h2>")
        #expect(body("- một", "  tiếp", "- hai", "", "Hết.") == "<ul><li>một tiếp</li><li>hai</li></ul><p>Hết.</p>")
        #expect(
            body("1. một", "", "   ![Ảnh](y/x.png)", "", "2. hai", "   ![Ảnh](x.png)")
                == "<ol><li><p>một</p></li><li><p>hai</p>"
                + "<p><img src=\"/x.png\" alt=\"Ảnh\" loading=\"lazy\"></p></li></ol>")
        #expect(body("```", "a <b", "# c", "```") == "<pre><code>a &lt;b\n# c</code></pre>")
        #expect(body("```", "a") == "<pre><code>a</code></pre>", "what is never closed ends with the page")
    }

    @Test func tablesNameTheirRowsAndColumns() {
        #expect(
            body("| cột | *ý* |", "| --- | --- |", "| `a` | b |")
                == "<table class=\"data\"><thead><tr><th scope=\"col\">cột</th>"
                + "<th scope=\"col\"><em>ý</em></th></tr></thead><tbody><tr><th scope=\"row\"><code>a</code></th><td data-label=\"ý\">b</td></tr></tbody></table>"
        )
        #expect(
            body("| | |", "| --- | --- |", "| a | b |")
                == "<table class=\"data\"><tbody><tr><th scope=\"row\">a</th><td>b</td></tr></tbody></table>")
    }
}
