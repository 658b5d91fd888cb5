import Testing

@testable import App

/// The frame around every page.
@Suite struct LayoutTests {
    private func page(_ context: PageContext) -> HTML {
        sitePage(context, title: "Tỉnh <Gia Lai>", crumbs: [Crumb(text: "Đơn vị", href: "/units")], body: "<p>body</p>")
    }

    @Test(arguments: Language.allCases) func aPageNamesItsLanguageAndTitle(_ language: Language) throws {
        let html = page(try SamplePage.context(language))
        #expect(html.text.hasPrefix("<!doctype html><html lang=\"\(language.rawValue)\" dir=\"ltr\">"))
        #expect(html.has("<title>Tỉnh &lt;Gia Lai&gt; · Resolute</title>"))
        #expect(html.count(of: "<h1>") == 1 && html.count(of: "<main id=\"main\"") == 1)
        #expect(!html.has("⟦") && !html.has("&lt;div") && !html.has("&quot;"))
    }

    @Test func theSkipLinkIsTheFirstStopAndLeadsToTheContent() throws {
        let text = page(try SamplePage.context()).text
        let body = try #require(text.firstRange(of: "<body"))
        let first = try #require(text[body.upperBound...].firstRange(of: "<a "))
        #expect(text[first.lowerBound...].hasPrefix("<a class=\"skip\" href=\"#main\">"))
    }

    @Test func assetsCarryTheirVersionAndNothingComesFromElsewhere() throws {
        let html = page(try SamplePage.context())
        #expect(html.has("href=\"/assets/v1/app.css\"") && html.has("src=\"/assets/v1/app.js\""))
        #expect(!html.has("http://") && !html.has("https://") && !html.has("//cdn"))
    }

    @Test func theOfficeInUseAndForWhomItActsAreShown() throws {
        let html = page(try SamplePage.context())
        #expect(html.has("<b>Phó Chủ tịch</b>") && html.has("UBND &lt;tỉnh&gt; Gia Lai"))
        #expect(html.has("<span class=\"badge accent\">KT. Chủ tịch</span>"))
    }

    @Test func theMenuShowsWhatTheRoleNeeds() throws {
        let administrator = Menu.items(for: try SamplePage.deputy(.administrator)).map(\.href)
        let focal = Menu.items(for: try SamplePage.deputy(.focal)).map(\.href)
        #expect(
            administrator == [
                "/", "/today", "/leader", "/tasks", "/units", "/committees", "/people", "/documents", "/coverage",
                "/gaps", "/events", "/account", "/help",
            ])
        #expect(
            focal == [
                "/", "/today", "/leader", "/tasks", "/units", "/committees", "/documents", "/coverage", "/gaps",
                "/account", "/help",
            ])
        #expect(Menu.items(for: .anonymous).map(\.href) == ["/help"])
    }

    @Test(arguments: [
        ("/units", "page"), ("/units?q=a", "page"), ("/units/new", "true"), ("/unitsx", ""), ("/", ""),
    ]) func theMenuMarksWhereWeAre(_ location: String, _ mark: String) throws {
        let links = Menu.links(try SamplePage.context(at: location))
        let expected = mark.isEmpty ? "" : " aria-current=\"\(mark)\""
        #expect(links.has("<a href=\"/units\"\(expected)>"))
    }

    @Test func everyFormThatChangesCarriesTheToken() throws {
        let html = page(try SamplePage.context())
        let posts = html.count(of: "method=\"post\"")
        #expect(posts == 2 && html.count(of: "name=\"csrf\" value=\"secret-token\"") == posts)
        #expect(!page(try SamplePage.context(csrf: "")).has("name=\"csrf\""))
    }

    @Test func theLanguageSwitchComesBackToThisPage() throws {
        let html = page(try SamplePage.context(.english, at: "/units?q=%22&sort=name"))
        #expect(html.has("name=\"return\" value=\"/units?q=%22&amp;sort=name\""))
        #expect(html.has("value=\"en\" lang=\"en\" aria-current=\"true\">English"))
    }

    @Test func whatWasDoneIsSaidOnceAsAStatus() throws {
        let html = page(try SamplePage.context(flash: Message("error.taken")))
        #expect(html.count(of: "<div class=\"notice good\" role=\"status\">") == 1)
        #expect(!page(try SamplePage.context()).has("role=\"status\""))
    }

    @Test(arguments: ErrorWords.statuses + [418, 502]) func anErrorSaysWhatHappenedAndWhatToDo(_ status: Int) throws {
        for language in Language.allCases {
            for viewer in [Viewer.anonymous, try SamplePage.deputy()] {
                let context = try SamplePage.context(language, as: viewer)
                let html = errorPage(
                    context, status: status, title: ErrorWords.title(context, status),
                    text: ErrorWords.text(context, status), requestID: "0189-abc")
                #expect(!html.has("⟦"), "\(status) \(language)")
                #expect(html.has("0189-abc") && html.has("<h1>") && html.has("href=\"/\""))
                #expect(html.has("class=\"side\"") == viewer.isSignedIn)
                if status == 404 { #expect(html.has("href=\"/sign-in\"") != viewer.isSignedIn) }
            }
        }
    }
}
