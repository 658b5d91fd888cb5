/// Under the form to sign in with: what this is, and as whom it can be looked at.
func demoSignInCard(_ demonstration: DemoSignIns?, _ page: PageContext) -> HTML {
    guard let demonstration else { return .empty }
    let rows = demonstration.lines.map { line -> [HTML] in
        ["\(page.t(line.word))<span class=\"sub\">\(page.name(line.name))</span>", "<code>\(line.signIn)</code>"]
    }
    return card(
        page.t("demo.title"),
        """
        <p>\(page.t("demo.what"))</p><p>\(page.t("demo.passwords"))</p>\
        \(dataTable(
            page, caption: page.t("demo.accounts"),
            columns: [Column(page.t("demo.role")), Column(page.t("signin.name"))],
            rows: rows))
        """)
}
