import Testing

/// No view carries words of its own, and no markup slips through as text.
@Suite struct WordsInViewsTests {
    /// A file that makes HTML is a view, whatever it is called.
    static func views() throws -> [SourceFile] {
        try WallsTests.files(in: "Sources/App", [".swift"]).filter { $0.text.contains("-> HTML") }
    }

    /// What is told to whoever starts the program is English, and so is the log; header fields are for browsers.
    private static func isForOthers(_ literal: SwiftLiteral) -> Bool {
        ["StartError(", "logger.", "Logger(", ".contentType", ".cacheControl"].contains { literal.before.contains($0) }
    }

    @Test func noViewHasWordsOfItsOwn() throws {
        let views = try WordsInViewsTests.views()
        #expect(views.count >= 10)
        var bare: [String] = []
        for view in views {
            for literal in SwiftLiteral.all(in: view.text) where !WordsInViewsTests.isForOthers(literal) {
                if let words = literal.bareWords { bare.append("\(view.path):\(literal.line): \(words)") }
            }
        }
        #expect(bare.isEmpty, "\(bare.joined(separator: "\n"))")
    }

    /// Inside an interpolation a bare literal is a String and gets escaped: `\(x ? "<b>" : "")` shows `&lt;b&gt;`.
    @Test func markupInsideAnInterpolationIsTypedAsMarkup() throws {
        var found: [String] = []
        for view in try WordsInViewsTests.views() {
            let lines = view.text.split(separator: "\n", omittingEmptySubsequences: false)
            for literal in SwiftLiteral.all(in: view.text) where literal.isLeftToDefault && literal.text.contains("<") {
                let typed = [" as HTML", "HTML.empty", "-> HTML"].contains { lines[literal.line - 1].contains($0) }
                if !typed { found.append("\(view.path):\(literal.line): \(literal.text)") }
            }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test func nothingIsStyledOrScriptedInline() throws {
        var found: [String] = []
        for view in try WordsInViewsTests.views() {
            for literal in SwiftLiteral.all(in: view.text)
            where literal.text.contains(/\s(style|on[a-z]+)="|<style|javascript:/) {
                found.append("\(view.path):\(literal.line): \(literal.text)")
            }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    // The scan itself sees what it is for.

    @Test(arguments: [
        ##""<p>Nothing here</p>""##, ##""<b>\(count)</b> rows""##, ##""Save the form""##,
        ##""<p>\(x ? "a" : "Không")</p>""##,
        "\"\"\"\n    <td>\\(a)</td>\\\n    Ghi nhận\n    \"\"\"",
    ]) func aBareWordIsSeen(_ code: String) {
        #expect(SwiftLiteral.all(in: "let a: HTML = \(code)").contains { $0.bareWords != nil })
    }

    @Test(arguments: [
        ##""<p class=\"a b\">\(page.t("unit.name"))</p>""##, ##"" aria-current=\"page\"""##, ##""site.menu.home""##,
        ##""<th scope=\"col\"\(classes)>\(title)</th>""##, ##""M\(x) \(y)h0""##, ##""· \(a) →""##,
        ##""\">&nbsp;</a>""##,
        "// <p>Words in a comment</p>\n", ##""<pre><code>resolute unit list</code></pre>""##,
    ]) func markupAloneIsNotTakenForWords(_ code: String) {
        #expect(!SwiftLiteral.all(in: "let a: HTML = \(code)").contains { $0.bareWords != nil })
    }

    @Test func aLiteralInsideAnInterpolationIsTold() {
        let all = SwiftLiteral.all(in: ##"let a = "<p>\(x ? "<b>" : "")</p>"; let b = "plain""##)
        #expect(all.filter(\.isNested).map(\.text).sorted() == ["", "<b>"])
        #expect(all.filter(\.isLeftToDefault).map(\.text).sorted() == ["", "<b>"])
        let handed = SwiftLiteral.all(in: ##"let a = "\(card(x, "<p>")) \(y ?? "<i>")""##)
        #expect(handed.filter(\.isLeftToDefault).map(\.text) == ["<i>"])
        #expect(all.filter { !$0.isNested }.map(\.text).contains("plain"))
    }
}
