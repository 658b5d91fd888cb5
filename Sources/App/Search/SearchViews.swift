/// The page of search: the words, what is found, and how it can be narrowed.
func searchPage(_ result: SearchResult, _ asked: SearchRequest, _ fields: [WorkField], _ page: PageContext) -> HTML {
    let body: HTML =
        result.words.isEmpty
        ? emptyState(page, title: page.t("search.ask"), hint: page.t("search.ask_hint"))
        : result.total == 0
            ? "\(SearchFacetViews.narrowed(result, asked, fields, page))\(SearchViews.nothing(result, asked, page))"
            : """
            \(SearchViews.said(result, asked, page))\(SearchFacetViews.narrowed(result, asked, fields, page))\
            \(SearchFacetViews.all(result, asked, fields, page))\(SearchViews.list(result, asked, page))
            """
    return sitePage(
        page, title: page.t("search.title"), lead: "\(page.t("search.lead"))",
        body: "\(SearchViews.form(asked, page))\(body)")
}

enum SearchViews {
    static func form(_ asked: SearchRequest, _ page: PageContext) -> HTML {
        let form = FormView(page, values: Fields(raw: asked.filter.query))
        let kept = ["kind", "status", "type", "pillar", "unit", "year"].map { name -> HTML in
            asked.filter.query[name].map { $0.isEmpty ? .empty : form.hidden(name, $0) } ?? .empty
        }
        let orders = SearchFilter.Order.allCases.map { order in
            Choice(order == .date ? "" : order.rawValue, page.t("search.order.\(order.rawValue)"))
        }
        let reaches = [Choice("", page.t("search.reach.own")), Choice("all", page.t("search.reach.all"))]
        return """
            <form class="filters" method="get" action="/search" role="search">\(kept)\
            \(form.text("q", label: page.t("search.words"), required: false, type: "search"))\
            \(form.select("order", label: page.t("search.order"), choices: orders, required: false))\
            \(form.select("reach", label: page.t("search.reach"), choices: reaches, required: false))\
            <button>\(page.t("search.apply"))</button></form>
            """
    }

    /// How many there are, and where that is not the whole truth.
    static func said(_ result: SearchResult, _ asked: SearchRequest, _ page: PageContext) -> HTML {
        let cap = ["count": page.number(SearchStore.Limits().cap)]
        let capped: HTML =
            result.isCapped ? "<p class=\"notice warn\" role=\"note\">\(page.t("search.capped", cap))</p>" : .empty
        let scored: HTML =
            result.scoredFew
            ? "<p class=\"help\">\(page.t("search.scored", ["count": page.number(SearchStore.Limits().scored)]))</p>"
            : .empty
        let cut: HTML =
            result.filesCut
            ? "<p class=\"help\">\(page.t("search.files_cut", ["count": page.number(SearchStore.Limits().files)]))</p>"
            : .empty
        let isMore = result.isCapped || result.isShallow
        let count =
            isMore
            ? page.t("search.found_more", ["count": page.number(result.total)])
            : page.t("search.found", count: result.total)
        return "<p><b>\(count)</b></p>\(capped)\(shallow(result, page))\(scored)\(cut)"
    }

    /// Not all that have the words could be looked through.
    private static func shallow(_ result: SearchResult, _ page: PageContext) -> HTML {
        let depth = ["count": page.number(SearchStore.Limits().depth)]
        return result.isShallow
            ? "<p class=\"notice warn\" role=\"note\">\(page.t("search.shallow", depth))</p>" : .empty
    }

    static func nothing(_ result: SearchResult, _ asked: SearchRequest, _ page: PageContext) -> HTML {
        let depth = ["count": page.number(SearchStore.Limits().depth)]
        let hint = result.isShallow ? page.t("search.none_of_newest", depth) : page.t("search.none_hint")
        let others = URLText.query(asked.filter.text)
        return emptyState(
            page, title: page.t("search.none", ["words": asked.filter.text]), hint: hint,
            action: """
                \(linkButton(page.t("search.everywhere"), href: asked.link(
                    ["reach": "all", "kind": "", "status": "", "type": "", "pillar": "", "unit": "", "year": ""])))\
                \(linkButton(page.t("search.in_units"), href: "/units?q=\(others)"))\
                \(linkButton(page.t("search.in_files"), href: "/documents?files=1&q=\(others)"))
                """)
    }

    static func list(_ result: SearchResult, _ asked: SearchRequest, _ page: PageContext) -> HTML {
        let mark = SearchMark(result.words)
        let items = result.cards.map { hit($0, mark, page) }
        return """
            <ol class="hits">\(items)</ol>\(pager(
                page, shown: result.cards.count, total: result.total, totalIsFloor: result.isCapped || result.isShallow,
                next: result.next.map { asked.link(after: $0) },
                first: asked.page.after == nil ? nil : asked.link()))
            """
    }

    private static func hit(_ card: SearchCard, _ mark: SearchMark, _ page: PageContext) -> HTML {
        let kind = card.subject.kind
        let snippet = mark.snippet(title: card.title, card.passages)
        let passage: HTML = snippet.isEmpty ? .empty : "<p>\(snippet.html)</p>"
        let file = card.file.map { "<p class=\"sub\">\(page.t("search.file", ["name": $0]))</p>" as HTML } ?? .empty
        let day = card.day.map { " · \(page.t("search.day.\(kind.rawValue)", ["day": page.day($0)]))" } ?? ""
        let due = card.due.map { " · \(page.t("search.due", ["day": page.day($0)]))" } ?? ""
        let state = card.states?(page) ?? "\(page.t("\(kind.rawValue).state.\(card.state)"))"
        return """
            <li><a href="\(card.href)">\(mark.pieces(card.title).html)</a>\(passage)\(file)\
            <p class="sub">\(badge(.none, page.t("search.kind.\(kind.rawValue)"))) \
            \(state) · \(card.unit)\(day)\(due)</p></li>
            """
    }
}
