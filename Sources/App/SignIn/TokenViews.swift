/// The list of one's tokens.
func tokensPage(_ page: PageContext, _ rows: [TokenRow], now: Instant) -> HTML {
    let new = linkButton(page.t("signin.token.new"), href: "/tokens/new", main: true)
    let body =
        rows.isEmpty
        ? emptyState(page, title: page.t("signin.tokens.none"), hint: page.t("signin.tokens.hint"), action: new)
        : dataTable(
            page, caption: page.t("signin.tokens"),
            columns: [
                Column(page.t("signin.token.name")), Column(page.t("signin.token.scope")),
                Column(page.t("signin.office"), hideOnPhone: true), Column(page.t("signin.token.expires")),
                Column(page.t("signin.token.seen")), Column(page.t("signin.token.state")),
            ], rows: rows.map { TokenParts.row(page, $0, now: now) })
    return sitePage(
        page, title: page.t("signin.tokens"), lead: "\(page.t("signin.tokens.lead"))",
        crumbs: [Crumb(text: page.t("signin.account"), href: "/account")], actions: rows.isEmpty ? .empty : new,
        body: body)
}

/// The form for a new token.
func tokenForm(_ page: PageContext, _ values: Fields, _ problems: [Problem] = []) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let scopes = APIToken.Scope.allCases.map { Choice($0.rawValue, page.t("signin.token.scope.\($0.rawValue)")) }
    let most = page.number(TokenStore.longestLife)
    let fields: HTML = """
        \(form.text("name", label: page.t("signin.token.name"), help: page.t("signin.token.name.help"), maxLength: 100))\
        \(form.select("scope", label: page.t("signin.token.scope"), choices: scopes))\
        \(form.text("days", label: page.t("signin.token.days"), help: page.t("signin.token.days.help", ["max": most])))
        """
    return sitePage(
        page, title: page.t("signin.token.new"), lead: "\(page.t("signin.token.new.lead"))",
        crumbs: TokenParts.crumbs(page),
        body: form.form(action: "/tokens", submit: page.t("signin.token.make"), cancel: "/tokens", fields))
}

/// The only page that ever shows the token.
func tokenShownPage(_ page: PageContext, _ token: APIToken, _ secret: Secret) -> HTML {
    sitePage(
        page, title: page.t("signin.token.shown"), crumbs: TokenParts.crumbs(page),
        body: """
            \(notice(.warn, "<p>\(page.t("signin.token.once"))</p>"))\
            <p><code class="secret">\(secret.text)</code></p>\
            \(facts([
                (page.t("signin.token.name"), "\(token.name)"),
                (page.t("signin.token.scope"), "\(page.t("signin.token.scope.\(token.scope.rawValue)"))"),
                (page.t("signin.token.expires"), "\(page.moment(token.expiresAt))"),
            ]))\(linkButton(page.t("signin.token.done"), href: "/tokens"))
            """)
}

enum TokenParts {
    static func crumbs(_ page: PageContext) -> [Crumb] {
        [
            Crumb(text: page.t("signin.account"), href: "/account"),
            Crumb(text: page.t("signin.tokens"), href: "/tokens"),
        ]
    }

    static func row(_ page: PageContext, _ row: TokenRow, now: Instant) -> [HTML] {
        let token = row.token
        let seen = token.seenAt.map { page.moment($0) } ?? page.t("signin.token.never")
        return [
            "\(token.name)", "\(page.t("signin.token.scope.\(token.scope.rawValue)"))", "\(row.officeTitle)",
            "\(page.moment(token.expiresAt))", "\(seen)", state(page, token, now: now),
        ]
    }

    /// A living token can be revoked; a past one says how it ended.
    private static func state(_ page: PageContext, _ token: APIToken, now: Instant) -> HTML {
        if token.revokedAt != nil { return badge(.none, page.t("signin.token.revoked")) }
        if !token.isAlive(at: now) { return badge(.none, page.t("signin.token.expired")) }
        return AccountParts.act(
            page, "/tokens/\(token.uid.text)/revocation", page.t("signin.token.revoke"), .empty)
    }
}
