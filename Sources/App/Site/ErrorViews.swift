/// A page about what went wrong: what happened, what to do next, and the number under which the log has it.
///
/// Who has signed in keeps the menu, so that there is a way on; others get a page without one. `whole` is the address of
/// the same page without what was asked of it, `record` that of the record on which the act failed; `written` are the
/// texts of a form that came to nothing, `question` the form of what was asked of a list.
func errorPage(
    _ page: PageContext, status: Int, title: String, text: String, requestID: String, whole: String? = nil,
    record: String? = nil, written: [String] = [], question: HTML = .empty
) -> HTML {
    let request: HTML =
        requestID.isEmpty
        ? "" : "<p class=\"help\">\(page.t("error.request", ["id": requestID]))</p>"
    let body: HTML = """
        <div class="card failure"><p>\(text)</p><p><b>\(page.t("error.next"))</b> \
        \(question.isEmpty ? ErrorWords.next(page, status) : page.t("error.question.next"))</p>\(question)\
        <p class="actions">\(whole.map { linkButton(page.t("error.whole"), href: $0, main: question.isEmpty) } ?? .empty)\
        \(record.map { linkButton(page.t("error.record"), href: $0, main: true) } ?? .empty)\
        \(ErrorWords.way(page, status, main: whole == nil && record == nil))</p>\(request)</div>\
        \(ErrorWords.written(written, page))
        """
    return page.viewer.isSignedIn
        ? sitePage(page, title: title, lead: badge(.bad, page.t("error.code", ["code": String(status)])), body: body)
        : plainPage(page, title: title, body: body)
}

/// The words about a status that every failure of its kind shares.
enum ErrorWords {
    static let statuses = [400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 428, 429, 500, 503]

    static func title(_ page: PageContext, _ status: Int) -> String { page.t("error.\(key(status)).title") }
    static func text(_ page: PageContext, _ status: Int) -> String { page.t("error.\(key(status)).text") }

    /// Without an account there is no search box and no menu.
    static func next(_ page: PageContext, _ status: Int) -> String {
        status == 404 && !page.viewer.isSignedIn
            ? page.t("error.404.next_visitor") : page.t("error.\(key(status)).next")
    }

    /// The status itself when we have words for it, or those of its class.
    static func key(_ status: Int) -> Int {
        statuses.contains(status) ? status : status >= 500 ? 500 : 400
    }

    static func written(_ texts: [String], _ page: PageContext) -> HTML {
        guard !texts.isEmpty else { return .empty }
        return card(page.t("site.form.typed"), texts.map { text -> HTML in "<p>\(textLines(text))</p>" }.joined())
    }

    static func way(_ page: PageContext, _ status: Int, main: Bool = true) -> HTML {
        let home = linkButton(page.t("error.home"), href: "/", main: main && status != 401)
        if status == 401 { return linkButton(page.t("site.sign_in"), href: "/sign-in", main: true) + home }
        // The home page of a visitor is the way in.
        if status == 404, !page.viewer.isSignedIn {
            return linkButton(page.t("site.sign_in"), href: "/sign-in", main: main)
        }
        if status == 403, page.viewer.isSignedIn {
            return home + linkButton(page.t("error.account"), href: "/account")
        }
        return status == 404 ? home + linkButton(page.t("site.menu.units"), href: "/units") : home
    }
}
