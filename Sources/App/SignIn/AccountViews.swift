/// What the account page shows.
struct AccountDetail: Sendable {
    let account: Account
    /// The session that asks.
    let session: ID<Session>
    let offices: [ViewerStore.HeldOffice]
    let delegations: [ViewerStore.HeldDelegation]
    /// Where the authorities of the delegations lead to.
    let cited: CitedDocuments
    let sessions: [SessionRow]
}

func accountPage(_ page: PageContext, _ detail: AccountDetail) -> HTML {
    let actions: HTML = """
        \(linkButton(page.t("personal-data.link"), href: "/account/data"))\
        \(linkButton(page.t("signin.tokens"), href: "/tokens"))\
        \(linkButton(page.t("signin.password.change"), href: "/account/password"))
        """
    return sitePage(
        page, title: page.t("signin.account"), actions: actions,
        body: """
            \(AccountParts.who(page, detail))\(AccountParts.offices(page, detail))\
            \(AccountParts.language(page))\(AccountParts.sessions(page, detail))
            """)
}

/// A new password, typed twice.
func passwordPage(_ page: PageContext, _ problems: [Problem]) -> HTML {
    let form = FormView(page, values: Fields(), problems: problems)
    let help = page.t("signin.password.help", ["min": page.number(PasswordRules.length.lowerBound)])
    let fields: HTML = """
        \(form.text("password", label: page.t("signin.password.new"), help: help, type: "password", autocomplete: "new-password"))\
        \(form.text("again", label: page.t("signin.password.again"), type: "password", autocomplete: "new-password"))
        """
    return sitePage(
        page, title: page.t("signin.password.change"), lead: "\(page.t("signin.password.others_end"))",
        crumbs: [Crumb(text: page.t("signin.account"), href: "/account")],
        body: form.form(
            action: "/account/password", submit: page.t("signin.password.change"), cancel: "/account", fields))
}

/// The cards of the account page.
enum AccountParts {
    static func who(_ page: PageContext, _ detail: AccountDetail) -> HTML {
        let none = page.t("signin.office.none")
        let office = page.viewer.office.map { "\($0.title), \($0.unitName)" } ?? none
        return card(
            page.t("signin.who"),
            facts([
                (page.t("signin.person"), "\(detail.account.personName)"),
                (page.t("signin.name"), "\(detail.account.signIn)"),
                (page.t("signin.office.in_use"), "\(office)"),
            ]))
    }

    static func offices(_ page: PageContext, _ detail: AccountDetail) -> HTML {
        guard !detail.offices.isEmpty else {
            return card(
                page.t("signin.offices"),
                emptyState(page, title: page.t("signin.office.none"), hint: page.t("signin.office.none.hint")))
        }
        let inUse = page.viewer.office
        let own = detail.offices.map { office -> [HTML] in
            let isUsed = inUse?.id == office.id && inUse?.onBehalf == nil
            return ["\(office.title)", "\(office.unitName)", .empty, choice(page, office.uid, isUsed)]
        }
        let others = detail.delegations.map { held -> [HTML] in
            let isUsed = inUse?.onBehalf?.delegation == held.onBehalf.delegation
            let title = page.t(
                "signin.office.behalf.\(held.onBehalf.capacity.rawValue.lowercased())",
                ["title": held.onBehalf.officeTitle])
            return [
                "\(title)", "\(held.principalName)", cited(held.onBehalf.authority, detail.cited),
                choice(page, held.uid, isUsed),
            ]
        }
        return card(
            page.t("signin.offices"),
            dataTable(
                page, caption: page.t("signin.offices.caption"),
                columns: [
                    Column(page.t("signin.office")), Column(page.t("signin.office.where")),
                    Column(page.t("signin.office.authority"), hideOnPhone: true), Column(page.t("signin.office.use")),
                ], rows: own + others))
    }

    private static func choice(_ page: PageContext, _ uid: UID, _ isUsed: Bool) -> HTML {
        if isUsed { return badge(.accent, page.t("signin.office.used")) }
        let fields: HTML = """
            <input type="hidden" name="office" value="\(uid)"><input type="hidden" name="return" value="/account">
            """
        return act(page, "/office", page.t("signin.office.choose"), fields)
    }

    static func language(_ page: PageContext) -> HTML {
        let buttons = Language.allCases.map { language -> HTML in
            if language == page.language { return badge(.accent, language.ownName) }
            return """
                <button name="language" value="\(language.rawValue)" lang="\(language.rawValue)">\
                \(language.ownName)</button>
                """
        }
        return card(
            page.t("signin.language"),
            """
            <form method="post" action="/language" class="actions">\(Layout.csrf(page))\
            <input type="hidden" name="return" value="/account">\(buttons)</form>
            """)
    }

    static func sessions(_ page: PageContext, _ detail: AccountDetail) -> HTML {
        let rows = detail.sessions.map { row -> [HTML] in
            let isThis = row.session.id == detail.session
            let agent =
                AgentName(row.agent).map { page.t("signin.session.on", ["browser": $0.browser, "system": $0.system]) }
                ?? (row.agent.isEmpty ? page.t("signin.session.unknown") : String(row.agent.prefix(80)))
            let end = act(page, "/account/sessions/\(row.mark)/end", page.t("signin.session.end"), .empty)
            return [
                "\(agent)", "\(row.address)", "\(page.moment(row.session.createdAt))",
                "\(page.moment(row.session.seenAt))", isThis ? badge(.accent, page.t("signin.session.this")) : end,
            ]
        }
        return card(
            page.t("signin.sessions"),
            dataTable(
                page, caption: page.t("signin.sessions.caption"),
                columns: [
                    Column(page.t("signin.session.browser")), Column(page.t("signin.session.address")),
                    Column(page.t("signin.session.since"), hideOnPhone: true), Column(page.t("signin.session.seen")),
                    Column(page.t("signin.session.act")),
                ], rows: rows))
    }

    /// A form of one button.
    static func act(_ page: PageContext, _ action: String, _ label: String, _ fields: HTML) -> HTML {
        """
        <form method="post" action="\(action)">\(Layout.csrf(page))\(fields)<button>\(label)</button></form>
        """
    }
}
