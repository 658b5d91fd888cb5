/// The page of one requirement: what is asked, how far it has come, what was done to it.
func requirementPage(_ detail: RequirementDetail, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    let row = detail.row, requirement = row.requirement
    return sitePage(
        page, title: requirementName(requirement, page),
        lead:
            "\(page.t("requirement.lead", ["document": detail.document.name, "issuer": detail.document.document.issuerName]))",
        crumbs: RequirementViews.crumbs(detail, page), actions: RequirementViews.actions(detail, page),
        body: """
            \(requirement.isWithdrawn
                ? notice(.warn, "\(page.t("requirement.withdrawn", ["reason": requirement.withdrawalReason]))")
                : CoverageViews.figures(detail.counts, detail.document.uid, page))\
            \(RequirementViews.facts(detail, page))\
            \(RequirementViews.history(detail, events, page))
            """)
}

func requirementHistory(_ detail: RequirementDetail, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("requirement.history", ["name": requirementName(detail.row.requirement, page)]),
        crumbs: RequirementViews.crumbs(detail, page) + [RequirementViews.crumb(detail, page)],
        body: """
            \(historySection(events.items, page, more: nil))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(detail.row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}

/// The way to the form in which a unit registers what it has issued under a higher document.
func registerButton(_ document: UID, _ type: DocumentType, _ page: PageContext) -> HTML {
    let href = URLText.link("/documents/registrations/new", ["implements": document.text, "type": type.rawValue])
    return linkButton(page.t("document.register"), href: href, main: true)
}

/// The way to the form of a draft that implements a higher document.
func draftButton(_ document: UID, _ type: DocumentType, _ page: PageContext) -> HTML {
    let href = URLText.link("/documents/new", ["implements": document.text, "type": type.rawValue])
    return linkButton(page.t("document.new"), href: href)
}

enum RequirementViews {
    static func crumbs(_ detail: RequirementDetail, _ page: PageContext) -> [Crumb] {
        coverageCrumbs(detail.document, page)
            + [Crumb(text: page.t("coverage.matrix"), href: "\(detail.document.href)/coverage")]
    }

    static func crumb(_ detail: RequirementDetail, _ page: PageContext) -> Crumb {
        Crumb(text: requirementName(detail.row.requirement, page), href: detail.row.href)
    }

    /// Who may know of a requirement need not know of what was done to it: to them nothing is said of it.
    static func history(_ detail: RequirementDetail, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
        guard !events.items.isEmpty else { return .empty }
        let more: String? = events.next == nil ? nil : "\(detail.row.href)/history"
        return historySection(events.items, page, more: more)
    }

    static func actions(_ detail: RequirementDetail, _ page: PageContext) -> HTML {
        let href = detail.row.href
        guard detail.rights.mayKeep else {
            guard page.viewer.keepsDocuments, !detail.row.requirement.isWithdrawn else { return .empty }
            let document = detail.document.uid, type = detail.row.requirement.type
            return registerButton(document, type, page) + draftButton(document, type, page)
        }
        return linkButton(page.t("requirement.change"), href: "\(href)/edit")
            + linkButton(page.t("requirement.address"), href: "\(href)/units/new")
            + linkButton(page.t("requirement.withdraw"), href: "\(href)/withdrawal/new")
    }

    static func facts(_ detail: RequirementDetail, _ page: PageContext) -> HTML {
        let row = detail.row, requirement = row.requirement
        var rows: [(label: String, value: HTML)] = [
            (
                page.t("coverage.column.higher"),
                "<a href=\"\(detail.document.href)\">\(detail.document.name)</a>"
            ),
            (page.t("coverage.column.type"), "\(page.t(requirement.type.nameKey))"),
            (
                page.t("coverage.column.due_on"),
                "\(page.day(requirement.due))\(CoverageViews.moved(requirement, page))"
            ),
            (page.t("requirement.made_on"), "\(page.day(requirement.madeOn))"),
        ]
        if !requirement.paragraph.isEmpty {
            rows.append((page.t("requirement.field.paragraph"), "\(requirement.paragraph)"))
        }
        if let owner = row.owner {
            rows.append((page.t("coverage.column.owner"), "<a href=\"\(owner.href)\">\(owner.name)</a>"))
        }
        let matrix = URLText.link("\(detail.document.href)/coverage", ["requirement": row.uid.text])
        let more: HTML =
            requirement.isWithdrawn
            ? .empty : "<p><a href=\"\(matrix)\">\(page.t("requirement.units"))</a></p>"
        return card(page.t("requirement.facts"), App.facts(rows) + more)
    }
}
