/// What the guide speaks of.
func helpIndex(_ pages: [Guide.Page], _ page: PageContext) -> HTML {
    let lines = pages.map { one -> HTML in "<li><a href=\"/help/\(one.name)\">\(one.title)</a></li>" }
    return sitePage(
        page, title: page.t("help.title"), lead: "\(page.t("help.lead"))",
        body: "<div class=\"card guide\"><ul class=\"plain-list\">\(lines)</ul></div>")
}

/// One page of the guide.
func helpPage(_ shown: Guide.Page, _ page: PageContext) -> HTML {
    sitePage(
        page, title: shown.title, crumbs: [Crumb(text: page.t("help.title"), href: "/help")],
        body: "<article class=\"card guide\">\(shown.body)</article>")
}
