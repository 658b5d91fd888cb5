/// The form by which an administrator makes a link.
func newInvitationPage(
    _ page: PageContext, _ invited: InvitedRow, _ values: Fields, _ problems: [Problem] = []
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let most = page.number(Invitation.days.upperBound)
    return sitePage(
        page, title: InvitationParts.title(page, invited),
        lead: "\(page.t(invited.hasAccount ? "invitation.reset.lead" : "invitation.new.lead"))",
        crumbs: InvitationParts.crumbs(page, invited),
        body: form.form(
            action: "\(invited.row.href)/invitations", submit: page.t("invitation.make"), cancel: invited.row.href,
            form.text("days", label: page.t("invitation.days"), help: page.t("invitation.days.help", ["max": most]))))
}

/// The only page that ever shows the link.
func invitationShownPage(
    _ page: PageContext, _ invited: InvitedRow, _ invitation: Invitation, link: String
) -> HTML {
    sitePage(
        page, title: page.t("invitation.shown"), crumbs: InvitationParts.crumbs(page, invited),
        body: """
            \(notice(.warn, "<p>\(page.t("invitation.once"))</p>"))<p><code class="secret">\(link)</code></p>\
            \(facts([
                (page.t("signin.person"), "\(page.name(invited.row.person.name))"),
                (page.t("invitation.purpose"), "\(page.t("invitation.purpose.\(invitation.purpose.rawValue)"))"),
                (page.t("signin.token.expires"), "\(page.moment(invitation.expiresAt))"),
            ]))<p class="help">\(page.t("invitation.hand_over"))</p>\
            <div class="actions">\(linkButton(page.t("invitation.done"), href: invited.row.href))</div>
            """)
}

/// What whoever has the link is shown: who they are, and what to choose. A password never comes back.
func acceptPage(
    _ page: PageContext, _ invited: InvitedPerson, _ secret: Secret, _ values: Fields, _ problems: [Problem] = []
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let isNew = invited.invitation.purpose == .account
    let name =
        isNew
        ? form.text(
            "sign_in", label: page.t("signin.name"), help: page.t("invitation.sign_in.help"), maxLength: 64,
            autocomplete: "username")
        : facts([(page.t("signin.name"), "\(invited.signIn ?? "")")])
    let help = page.t("signin.password.help", ["min": page.number(PasswordRules.length.lowerBound)])
    let fields: HTML = """
        \(form.hidden("key", secret.text))\(name)\
        \(form.text("password", label: page.t("signin.password.new"), help: help, type: "password", autocomplete: "new-password"))\
        \(form.text("again", label: page.t("signin.password.again"), type: "password", autocomplete: "new-password"))
        """
    let key = isNew ? "invitation.accept" : "invitation.reset"
    return plainPage(
        page, title: page.t("\(key).title", ["name": page.name(invited.name)]),
        body: """
            <p>\(page.t("\(key).text", ["moment": page.moment(invited.invitation.expiresAt)]))</p>\
            \(form.form(action: "/invitation", submit: page.t("\(key).submit"), fields))
            """)
}

/// What every link says that is good no longer, and what to do then.
func deadLinkPage(_ page: PageContext, _ key: String) -> HTML {
    plainPage(
        page, title: page.t("invitation.dead.title"),
        body: "<p>\(page.t(key))</p><p><a href=\"/sign-in\">\(page.t("signin.title"))</a></p>")
}

enum InvitationParts {
    static func title(_ page: PageContext, _ invited: InvitedRow) -> String {
        page.t(
            invited.hasAccount ? "invitation.reset.for" : "invitation.new.for",
            ["name": page.name(invited.row.person.name)])
    }

    static func crumbs(_ page: PageContext, _ invited: InvitedRow) -> [Crumb] {
        [PersonViews.home(page), PersonViews.crumb(page, invited.row)]
    }

    /// The links of a person that are still good, each with the way to take it back.
    static func living(_ page: PageContext, _ invitations: [Invitation]) -> HTML {
        let lines = invitations.map { invitation -> HTML in
            let words = [
                "purpose": page.t("invitation.purpose.\(invitation.purpose.rawValue)"),
                "made": page.moment(invitation.createdAt), "expires": page.moment(invitation.expiresAt),
            ]
            let revoke = PersonPage.button(
                page, "/invitations/\(invitation.uid)/revocation", page.t("invitation.revoke"), danger: true)
            return "<li>\(page.t("invitation.living", words)) \(revoke)</li>"
        }
        return lines.isEmpty ? .empty : "<ul class=\"plain-list\">\(lines)</ul>"
    }
}
