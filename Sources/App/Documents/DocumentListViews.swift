/// The list: filter, table, pager.
func documentIndex(_ list: DocumentList, _ asked: DocumentListRequest, _ page: PageContext) -> HTML {
    let links = DocumentListLinks(asked.filter)
    let title = documentListTitle(list, asked.filter, page)
    let crumbs = list.under.map { [Crumb(text: $0.name, href: $0.href)] } ?? []
    return sitePage(
        page, title: title, lead: "\(page.t("document.lead"))", crumbs: crumbs,
        actions: """
            \(list.mayCreate ? documentWaysIn(page) : .empty)\
            \(linkButton(page.t("document.export"), href: links.export))
            """,
        body: """
            \(opinionRequests(list.requests, page))\(documentFilterForm(list, asked.filter, page))\
            \(list.page.items.isEmpty ? documentListEmpty(asked.filter, list, page) : documentListTable(list.page, asked, links, page))
            """)
}

private func documentListTitle(_ list: DocumentList, _ filter: DocumentFilter, _ page: PageContext) -> String {
    guard let under = list.under else { return page.t("document.title") }
    if filter.basis == nil { return page.t("document.list.under", ["name": under.name]) }
    let types = filter.through.map { page.t($0.nameKey) }.joined(separator: ", ")
    return types.isEmpty
        ? page.t("document.list.basis", ["name": under.name])
        : page.t("document.list.through", ["name": under.name, "types": types])
}

/// On which drafts the viewer is asked for an opinion.
func opinionRequests(_ requests: [(row: DocumentRow, opinion: UID)], _ page: PageContext) -> HTML {
    guard !requests.isEmpty else { return .empty }
    let links = requests.map { request -> HTML in
        "<li><a href=\"\(request.row.href)/opinions/\(request.opinion)\">\(request.row.name)</a></li>"
    }
    return notice(.accent, "\(page.t("document.requests"))<ul>\(links)</ul>")
}

private func documentWaysIn(_ page: PageContext) -> HTML {
    """
    \(linkButton(page.t("document.new"), href: "/documents/new", main: true))\
    \(linkButton(page.t("document.register"), href: "/documents/registrations/new"))\
    \(page.viewer.mayImportDocuments ? linkButton(page.t("import.link"), href: "/documents/import") : .empty)
    """
}

private func documentFilterForm(_ list: DocumentList, _ filter: DocumentFilter, _ page: PageContext) -> HTML {
    var values = [
        "q": filter.text, "type": filter.type?.rawValue ?? "", "state": filter.state?.rawValue ?? "",
        "issuer": filter.issuer?.text ?? "",
    ]
    values["year"] = filter.year.map(String.init) ?? ""
    values["files"] = filter.isInFiles ? "1" : ""
    let form = FormView(page, values: Fields(raw: values))
    let any = [Choice("", page.t("document.filter.any"))]
    let states = DocumentFilter.Listed.allCases.map { Choice($0.rawValue, page.t("document.state.\($0.rawValue)")) }
    let kept = [
        ("under", filter.under?.text ?? ""), ("basis", filter.basis?.text ?? ""),
        ("through", filter.through.map(\.rawValue).joined(separator: ",")),
    ].filter { !$0.1.isEmpty }.map { form.hidden($0.0, $0.1) }
    return """
        <form class="filters" method="get" action="/documents" role="search">\(kept)\
        \(form.text("q", label: page.t("document.filter.text"), required: false, type: "search"))\
        \(form.select("type", label: page.t("document.field.type"), choices: any + documentTypes(page), required: false))\
        \(form.unit("issuer", label: page.t("document.field.issuer"), chosen: list.issuer, required: false))\
        \(form.text("year", label: page.t("document.filter.year"), required: false, maxLength: 4))\
        \(form.select("state", label: page.t("document.field.state"), choices: any + states, required: false))\
        \(form.checkbox("files", label: page.t("document.filter.in_files")))\
        <button>\(page.t("document.filter.apply"))</button></form>
        """
}

/// Types in the order in which Decree 30/2020/NĐ-CP lists them, which clerks know by heart.
func documentTypes(_ page: PageContext) -> [Choice] {
    DocumentType.allCases.map { Choice($0.rawValue, page.t($0.nameKey)) }
}

private func documentListEmpty(_ filter: DocumentFilter, _ list: DocumentList, _ page: PageContext) -> HTML {
    if filter.isEmpty {
        return emptyState(
            page, title: page.t("document.empty.registry"), hint: page.t("document.empty.registry_hint"),
            action: list.mayCreate ? documentWaysIn(page) : .empty)
    }
    return emptyState(
        page, title: page.t("document.empty.list"), hint: page.t("document.empty.list_hint"),
        action: linkButton(page.t("document.empty.all"), href: "/documents"))
}

private func documentListTable(
    _ list: Page<DocumentRow>, _ asked: DocumentListRequest, _ links: DocumentListLinks, _ page: PageContext
) -> HTML {
    let sorting = Sorting(
        key: asked.filter.order.rawValue, descending: asked.filter.isDescending, link: links.sorted)
    return """
        \(documentTable(list.items, caption: page.t("document.list.caption"), sorting: sorting, page))\
        \(pager(
            page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
            next: list.next.map(links.next), first: asked.page.after == nil ? nil : links.first))
        """
}

/// Documents under their heads.
func documentTable(
    _ rows: [DocumentRow], caption: String, sorting: Sorting? = nil, _ page: PageContext
) -> HTML {
    let columns = [
        Column(page.t("document.field.sign")),
        Column(page.t("document.field.title"), sortKey: DocumentFilter.Order.title.rawValue),
        Column(page.t("document.field.issuer")),
        Column(page.t("document.field.issued_on"), sortKey: DocumentFilter.Order.issued.rawValue),
        Column(page.t("document.field.state")),
    ]
    let cells = rows.map { row -> [HTML] in
        [
            documentLink(row, page), documentTitle(row, page), "\(row.document.issuerName)",
            "\(page.day(row.document.issuedOn))", forceBadge(row.force(on: page.today), page),
        ]
    }
    return dataTable(page, caption: caption, columns: columns, rows: cells, sorting: sorting)
}

/// A document as a link: its number, or that it has none yet; its type stands below.
func documentLink(_ row: DocumentRow, _ page: PageContext) -> HTML {
    let document = row.document
    let none = document.state == .draft ? "document.no_number_yet" : "document.no_number"
    let name = document.sign.isEmpty ? page.t(none) : document.sign
    return "<a href=\"\(row.href)\">\(name)</a> <span class=\"sub\">\(page.t(document.type.nameKey))</span>"
}

/// What it is about; of a state secret, that it is one.
func documentTitle(_ row: DocumentRow, _ page: PageContext) -> HTML {
    if row.document.isReference { return "\(badge(.accent, page.t("document.reference")))" }
    return row.document.secrecy == .public
        ? "\(row.document.title)" : "\(row.document.title) \(secrecyWord(row.document.secrecy, page))"
}

func secrecyWord(_ secrecy: Secrecy, _ page: PageContext) -> HTML {
    secrecy == .public ? .empty : badge(.accent, page.t("secrecy.\(secrecy.name)"))
}

/// How a document stands, in a word with its day.
func forceBadge(_ force: DocumentForce, _ page: PageContext) -> HTML {
    let tone: Tone
    switch force {
    case .inForce: tone = .good
    case .notYet, .draft: tone = .none
    case .expired, .replaced, .withdrawn: tone = .warn
    }
    return badge(tone, forceWord(force, page))
}

func forceWord(_ force: DocumentForce, _ page: PageContext) -> String {
    page.t("document.force.\(force.name)", force.day.map { ["day": page.day($0)] } ?? [:])
}

/// Addresses of the same list ordered otherwise, or further on.
struct DocumentListLinks {
    private let filter: DocumentFilter

    init(_ filter: DocumentFilter) { self.filter = filter }

    var first: String { link("/documents", filter.order.rawValue, filter.isDescending, after: nil) }
    var export: String { link("/documents.csv", filter.order.rawValue, filter.isDescending, after: nil) }
    func next(_ cursor: Cursor) -> String {
        link("/documents", filter.order.rawValue, filter.isDescending, after: cursor)
    }
    func sorted(_ key: String, _ descending: Bool) -> String { link("/documents", key, descending, after: nil) }

    private func link(_ path: String, _ order: String, _ isDescending: Bool, after: Cursor?) -> String {
        let standard = order == DocumentFilter.Order.issued.rawValue
        return URLText.link(
            path,
            [
                "q": filter.text, "files": filter.isInFiles ? "1" : "", "type": filter.type?.rawValue ?? "",
                "issuer": filter.issuer?.text ?? "", "year": filter.year.map(String.init) ?? "",
                "state": filter.state?.rawValue ?? "",
                "under": filter.under?.text ?? "", "basis": filter.basis?.text ?? "",
                "through": filter.through.map(\.rawValue).joined(separator: ","), "sort": standard ? "" : order,
                "desc": isDescending == standard ? "" : isDescending ? "1" : "0", "after": after?.text ?? "",
            ])
    }
}
