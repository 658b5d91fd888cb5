/// The page to sign in with. What was typed as a sign-in stays; a password never comes back.
func signInPage(
    _ page: PageContext, _ values: Fields, _ problems: [Problem] = [], carried: CarriedForm? = nil,
    demonstration: DemoSignIns? = nil
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields: HTML = """
        \(form.text("sign_in", label: page.t("signin.name"), autocomplete: "username"))\
        \(form.text("password", label: page.t("signin.password"), type: "password", autocomplete: "current-password"))\
        \(form.hidden("return", values["return"]))\(carried?.hiddenWithin ?? .empty)
        """
    let kept = carried.map { _ in notice(.warn, "<p>\(page.t("signin.carried.over"))</p>") }
    return plainPage(
        page, title: page.t("signin.title"),
        body: """
            \(kept)\(form.form(action: "/sign-in", submit: page.t("signin.submit"), fields))\
            <p class="help">\(page.t("signin.lost"))</p>\(demoSignInCard(demonstration, page))
            """)
}

/// Asks for the password again, and says why.
func confirmationPage(
    _ page: PageContext, _ values: Fields, _ problems: [Problem] = [], carried: CarriedForm? = nil
) -> HTML {
    let form = FormView(page, values: values, problems: problems)
    let fields: HTML = """
        \(form.text("password", label: page.t("signin.password"), type: "password", autocomplete: "current-password"))\
        \(form.hidden("return", values["return"]))\(carried?.hiddenWithin ?? .empty)
        """
    let kept = carried.map { _ in notice(.accent, "<p>\(page.t("signin.carried.kept"))</p>") }
    return sitePage(
        page, title: page.t("signin.confirm.title"), lead: "\(page.t("signin.confirm.why"))",
        body: """
            \(kept)\(form.form(
                action: "/confirmation", submit: page.t("signin.confirm.submit"), cancel: "/", fields))
            """)
}
