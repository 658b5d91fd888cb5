/// A person's views: opened, named, shared, made the first one, deleted.
func savedViewsPage(_ page: PageContext, _ views: [SavedView]) -> HTML {
    sitePage(
        page, title: page.t("saved-view.title"), lead: "\(page.t("saved-view.lead"))", crumbs: TaskViews.crumbs(page),
        actions: linkButton(page.t("saved-view.to_list"), href: TaskFilter.plain),
        body: views.isEmpty
            ? emptyState(page, title: page.t("saved-view.none"), hint: page.t("saved-view.none_hint"))
            : SavedViewParts.table(page, views))
}

/// Name, whom it is shown to, and whether the list begins with it. The filters are those of the list it was made from,
/// said in words.
func savedViewForm(
    _ page: PageContext, _ view: SavedView?, _ typed: Fields, _ said: TaskFilterWords, _ problems: [Problem] = []
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let title = page.t(view == nil ? "saved-view.new" : "saved-view.edit")
    let asked: HTML = problems.contains { $0.field == "query" } ? TaskViews.refusal(problems, page) : .empty
    return sitePage(
        page, title: title,
        crumbs: TaskViews.crumbs(page) + [Crumb(text: page.t("saved-view.title"), href: "/tasks/views")],
        body: asked
            + form.form(
                action: view?.path ?? "/tasks/views", submit: page.t("saved-view.save"), cancel: "/tasks/views",
                """
                \(form.hidden("query", typed["query"]))\(form.hidden("version", typed["version"]))\
                <p class="chosen">\(page.t("saved-view.saves", ["filter": said.text]))</p>\
                \(form.text("name", label: page.t("saved-view.name"), maxLength: SavedView.nameLength))\
                \(form.checkbox("is_shared", label: page.t("saved-view.share"), help: page.t("saved-view.share_help")))\
                \(form.checkbox("is_default", label: page.t("saved-view.begin")))
                """))
}

enum SavedViewParts {
    /// On the list of tasks: the views, one press each, and the way to keep what is on the screen.
    static func bar(_ page: PageContext, _ views: [SavedView], _ filter: TaskFilter) -> HTML {
        let asked = filter.queryText
        let links = views.map { view -> HTML in
            let mark: HTML = view.query == asked ? " aria-current=\"true\"" : .empty
            return "<li><a href=\"\(view.href)\"\(mark)>\(view.name)</a></li>"
        }
        let href = filter.href("/tasks/views/new")
        let isKept = views.contains { $0.query == asked }
        let keep: HTML = isKept ? .empty : "<li><a href=\"\(href)\">\(page.t("saved-view.new"))</a></li>"
        let all: HTML =
            views.isEmpty ? .empty : "<li><a href=\"/tasks/views\">\(page.t("saved-view.manage"))</a></li>"
        return """
            <nav class="tabs" aria-label="\(page.t("saved-view.title"))"><ul>\(links)\(keep)\(all)</ul></nav>
            """
    }

    static func table(_ page: PageContext, _ views: [SavedView]) -> HTML {
        let rows = views.map { view -> [HTML] in
            let mark: HTML = view.isDefault ? " \(badge(.accent, page.t("saved-view.first")))" : .empty
            let whose = page.t(
                view.isOwn ? view.isShared ? "saved-view.own_shared" : "saved-view.own" : "saved-view.shared")
            let first = button(
                page, "\(view.path)/default", page.t(view.isDefault ? "saved-view.unbegin" : "saved-view.begin_short"),
                on: !view.isDefault, of: view)
            let own: HTML =
                view.isOwn
                ? """
                <a class="button" href="\(view.path)" aria-label="\(page.t("saved-view.edit")): \(view.name)">\
                \(page.t("saved-view.edit"))</a>\
                \(button(page, "\(view.path)/removal", page.t("saved-view.remove"), on: true, of: view))
                """ : .empty
            return [
                "<a href=\"\(view.href)\">\(view.name)</a>\(mark)", "\(whose)",
                "<div class=\"actions\">\(first)\(own)</div>",
            ]
        }
        return dataTable(
            page, caption: page.t("saved-view.title"),
            columns: [
                Column(page.t("saved-view.name")), Column(page.t("saved-view.whose")),
                Column(page.t("saved-view.acts")),
            ], rows: rows)
    }

    private static func button(
        _ page: PageContext, _ action: String, _ text: String, on: Bool, of view: SavedView
    ) -> HTML {
        """
        <form method="post" action="\(action)">\(Layout.csrf(page))<input type="hidden" name="on" \
        value="\(on ? "1" : "0")"><button aria-label="\(text): \(view.name)">\(text)</button></form>
        """
    }
}
