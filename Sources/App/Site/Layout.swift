/// A step of the way down to a page.
struct Crumb: Sendable {
    let text: String
    let href: String
}

/// A whole page with side menu and top bar.
func sitePage(
    _ page: PageContext, title: String, lead: HTML = .empty, crumbs: [Crumb] = [], actions: HTML = .empty, body: HTML
) -> HTML {
    let acts: HTML = actions.isEmpty ? "" : "<div class=\"actions\">\(actions)</div>"
    let heading: HTML = """
        \(Layout.trail(page, crumbs))<div class="head"><div><h1>\(title)</h1>\(Layout.lead(lead))</div>\(acts)</div>
        """
    return Layout.document(
        page, title: title,
        body: """
            <div class="shell"><div class="side"><nav aria-label="\(page.t("site.menu"))">\(Layout.brand(page))\
            \(Menu.links(page))</nav></div>\
            <div class="rest">\(Layout.topBar(page))\
            <main id="main" tabindex="-1">\(Layout.asOf(page))\(Layout.flash(page))\(heading)\(body)</main></div></div>
            """)
}

/// A whole page without menu: signing in, and errors for those who have not.
func plainPage(_ page: PageContext, title: String, body: HTML) -> HTML {
    Layout.document(
        page, title: title,
        body: """
            <div class="plain"><header>\(Layout.brand(page))<div class="end"><a href="/help">\
            \(page.t("site.menu.help"))</a>\(Layout.languages(page))</div></header>\
            <main id="main" tabindex="-1">\(Layout.asOf(page))\(Layout.flash(page))<h1>\(title)</h1>\(body)</main></div>
            """)
}

/// The parts that every page is put together from.
enum Layout {
    static func document(_ page: PageContext, title: String, body: HTML) -> HTML {
        """
        <!doctype html><html lang="\(page.language.rawValue)" dir="\(page.language.isRightToLeft ? "rtl" : "ltr")">\
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
        <meta name="color-scheme" content="light dark"><title>\(title) · \(page.t("site.name"))</title>\
        <link rel="icon" type="image/svg+xml" href="\(page.asset("favicon.svg"))">\
        <link rel="stylesheet" href="\(page.asset("app.css"))">\
        <script type="module" src="\(page.asset("app.js"))"></script></head>\
        <body data-none="\(page.t("site.suggest.none"))" data-none-go="\(page.t("site.suggest.none_go"))" data-some="\(page.t("site.suggest.some"))" \
        data-ended="\(page.t("site.suggest.ended"))" data-over="\(page.t("site.form.over"))">\
        <a class="skip" href="#main">\(page.t("site.skip"))</a>\(body)</body></html>
        """
    }

    static func brand(_ page: PageContext) -> HTML {
        """
        <a class="brand" href="/"><img src="\(page.asset("brand.svg"))" width="20" height="20" alt="">\
        \(page.t("site.name"))</a>
        """
    }

    /// On a phone the menu is a line of the top bar that opens; it needs no script.
    static func topBar(_ page: PageContext) -> HTML {
        """
        <header class="top"><details class="menu"><summary>\(page.t("site.menu"))</summary>\
        <nav aria-label="\(page.t("site.menu"))">\(Menu.links(page))</nav></details>\
        \(office(page))\(search(page))<div class="end">\(NoticeViews.bell(page))\(languages(page))\
        \(person(page))</div></header>
        """
    }

    /// The office in use, and for whom it acts. It leads to where another can be chosen.
    private static func office(_ page: PageContext) -> HTML {
        guard let office = page.viewer.office else { return .empty }
        let behalf = office.onBehalf.map { other -> HTML in
            let said = page.t("site.behalf.\(other.capacity.rawValue.lowercased())", ["title": other.officeTitle])
            return "<span class=\"badge accent\">\(said)</span>"
        }
        return """
            <a class="office" href="/account" title="\(page.t("site.office.switch"))"><b>\(office.title)</b>\
            <span>\(office.unitName)</span>\(behalf)</a>
            """
    }

    private static func search(_ page: PageContext) -> HTML {
        guard page.viewer.isSignedIn else { return .empty }
        return """
            <form class="search" role="search" action="/search" method="get"><input type="text" name="q" \
            id="search" enterkeyhint="search" data-suggest="go" autocomplete="off" maxlength="200" \
            aria-label="\(page.t("site.search"))" aria-keyshortcuts="/" title="\(page.t("site.search.key"))" \
            placeholder="\(page.t("site.search.hint"))"></form>
            """
    }

    /// One button a language, each in its own words: works without a script and changes nothing by itself.
    static func languages(_ page: PageContext) -> HTML {
        let buttons = Language.allCases.map { language -> HTML in
            let mark: HTML = language == page.language ? " aria-current=\"true\"" : ""
            return """
                <button name="language" value="\(language.rawValue)" lang="\(language.rawValue)"\(mark)>\
                \(language.ownName)</button>
                """
        }
        return """
            <details class="pop"><summary aria-label="\(page.t("site.language", ["name": page.language.ownName]))">\
            \(page.language.ownName)</summary><form method="post" action="/language">\(csrf(page))\
            <input type="hidden" name="return" value="\(page.location)">\(buttons)</form></details>
            """
    }

    private static func person(_ page: PageContext) -> HTML {
        guard page.viewer.isSignedIn else {
            return "<a class=\"button\" href=\"/sign-in\">\(page.t("site.sign_in"))</a>"
        }
        return """
            <a class="person" href="/account">\(page.viewer.name)</a><form method="post" action="/sign-out">\
            \(csrf(page))<button class="quiet">\(page.t("site.sign_out"))</button></form>
            """
    }

    static func csrf(_ page: PageContext) -> HTML {
        page.csrf.isEmpty ? .empty : "<input type=\"hidden\" name=\"csrf\" value=\"\(page.csrf)\">"
    }

    static func flash(_ page: PageContext) -> HTML {
        guard let flash = page.flash else { return .empty }
        return "<div class=\"notice good\" role=\"status\">\(page.t(flash))</div>"
    }

    /// That the clock of a demonstration is not the reader's.
    static func asOf(_ page: PageContext) -> HTML {
        guard page.clock.setTo != nil else { return .empty }
        return """
            <p class="as-of"><span class="badge accent">\(page.t("site.demonstration"))</span> \
            \(page.t("site.as_of", ["day": page.day(page.today)]))</p>
            """
    }

    static func lead(_ lead: HTML) -> HTML { lead.isEmpty ? .empty : "<p class=\"lead\">\(lead)</p>" }

    static func trail(_ page: PageContext, _ crumbs: [Crumb]) -> HTML {
        guard !crumbs.isEmpty else { return .empty }
        let steps = crumbs.map { crumb -> HTML in "<li><a href=\"\(crumb.href)\">\(crumb.text)</a></li>" }
        return "<nav class=\"crumbs\" aria-label=\"\(page.t("site.crumbs"))\"><ol>\(steps)</ol></nav>"
    }
}

extension Language {
    /// Which way lines run; the style sheet uses logical sides only, so that this one word turns the page.
    var isRightToLeft: Bool {
        switch self {
        case .vietnamese, .english: false
        }
    }
}
