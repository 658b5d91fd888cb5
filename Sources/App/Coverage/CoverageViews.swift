/// The matrix of a document: figures, requirements, filter, units against requirements.
func coveragePage(
    _ matrix: CoverageMatrix, _ asked: CoverageRequest, below: String?, _ page: PageContext
) -> HTML {
    let links = CoverageLinks(asked), document = matrix.document
    return sitePage(
        page, title: page.t("coverage.of", ["document": document.name]),
        lead: documentLead(document),
        crumbs: coverageCrumbs(document, page),
        actions: CoverageViews.actions(matrix, links, page),
        body: matrix.requirements.isEmpty
            ? CoverageViews.nothing(matrix, page)
            : """
            \(CoverageViews.figures(matrix.counts, document.uid, page))\(CoverageViews.requirements(matrix, page))\
            \(CoverageViews.filter(matrix, asked, below: below, page))\(CoverageViews.table(matrix, asked, links, page))
            """)
}

func coverageCrumbs(_ document: DocumentRow, _ page: PageContext) -> [Crumb] {
    documentCrumbs(page) + [Crumb(text: document.name, href: document.href)]
}

/// `Kế hoạch: của xã`, as heads and links call a requirement.
func requirementName(_ requirement: Requirement, _ page: PageContext) -> String {
    ReminderText.wanted(requirement, page)
}

func dutyBadge(_ status: DutyStatus, _ page: PageContext) -> HTML { badge(status.tone, page.t(status.nameKey)) }

enum CoverageViews {
    static func actions(_ matrix: CoverageMatrix, _ links: CoverageLinks, _ page: PageContext) -> HTML {
        let href = matrix.document.href
        var buttons = HTML.empty
        if matrix.mayRequire {
            buttons += linkButton(
                page.t("coverage.require"), href: "\(href)/requirements/new", main: matrix.requirements.isEmpty)
        }
        guard !matrix.requirements.isEmpty else { return buttons }
        if matrix.counts.missing() > 0 {
            buttons += linkButton(page.t("coverage.remind"), href: "\(href)/coverage/reminder?late=1")
        }
        return buttons + linkButton(page.t("coverage.map"), href: links.map)
            + linkButton(page.t("coverage.export"), href: links.export)
    }

    static func nothing(_ matrix: CoverageMatrix, _ page: PageContext) -> HTML {
        let action =
            matrix.mayRequire
            ? linkButton(
                page.t("coverage.require"), href: "\(matrix.document.href)/requirements/new", main: true)
            : HTML.empty
        return emptyState(
            page, title: page.t("coverage.none"),
            hint: page.t(matrix.mayRequire ? "coverage.none_hint" : "coverage.none_hint_reader"), action: action)
    }

    /// Each figure leads to the rows behind it.
    static func figures(_ counts: CoverageCounts, _ document: UID, _ page: PageContext) -> HTML {
        func link(_ state: CoverageFilter.State?) -> String {
            URLText.link("/documents/\(document)/coverage", ["state": state?.rawValue ?? ""])
        }
        let share = counts.share().map { page.t("coverage.share", ["share": percent($0, page)]) } ?? ""
        var figures = [
            (
                label: page.t("coverage.figure.all"), value: page.number(counts.total()), note: "", href: link(nil)
            ),
            (
                label: page.t("coverage.figure.done"), value: page.number(counts.issued()), note: share,
                href: link(.done)
            ),
            (
                label: page.t("coverage.figure.late"), value: page.number(counts.count(.late)), note: "",
                href: link(.late)
            ),
            (
                label: page.t("coverage.figure.missing"), value: page.number(counts.missing()),
                note: page.t("coverage.figure.missing_note"), href: link(.missing)
            ),
        ]
        if counts.count(.waived) > 0 {
            figures.append(
                (
                    label: page.t("coverage.figure.waived"), value: page.number(counts.count(.waived)), note: "",
                    href: link(.waived)
                ))
        }
        return keyFigures(figures)
    }

    /// `83,5 %` of tenths of a percent.
    static func percent(_ tenths: Int, _ page: PageContext) -> String {
        page.t("coverage.percent", ["number": NumberText.scaled(Int64(tenths), decimals: 1, page.language)])
    }

    static func requirements(_ matrix: CoverageMatrix, _ page: PageContext) -> HTML {
        // A reader below may know of no owner at all: an empty column says nothing.
        let hasOwners = matrix.requirements.contains { $0.owner != nil }
        let rows = matrix.requirements.map { row -> [HTML] in
            let requirement = row.requirement, counts = matrix.counts
            let issued = page.t(
                "coverage.of_all",
                [
                    "count": page.number(counts.issued(of: requirement.id)),
                    "all": page.number(
                        counts.total(of: requirement.id) - counts.count(.waived, of: requirement.id)),
                ])
            let share = counts.share(of: requirement.id).map { percent($0, page) } ?? ""
            return [
                "<a href=\"\(row.href)\">\(requirementName(requirement, page))</a>",
                "\(page.day(requirement.due))\(moved(requirement, page))", "\(issued)", "\(share)",
                late(counts.count(.late, of: requirement.id), row, page),
            ] + (hasOwners ? [row.owner.map { "<a href=\"\($0.href)\">\($0.name)</a>" } ?? .empty] : [])
        }
        return card(
            page.t("coverage.requirements"),
            dataTable(
                page, caption: page.t("coverage.requirements"),
                columns: [
                    Column(page.t("coverage.column.wanted")), Column(page.t("coverage.column.due_on")),
                    Column(page.t("coverage.column.issued"), numeric: true),
                    Column(page.t("coverage.column.share"), numeric: true),
                    Column(page.t("coverage.column.late"), numeric: true),
                ] + (hasOwners ? [Column(page.t("coverage.column.owner"), hideOnPhone: true)] : []), rows: rows))
    }

    /// That the deadline is not the first one.
    static func moved(_ requirement: Requirement, _ page: PageContext) -> HTML {
        guard requirement.due != requirement.firstDue else { return .empty }
        return """
            <span class="sub">\(page.t("coverage.first_due", ["day": page.day(requirement.firstDue)]))</span>
            """
    }

    private static func late(_ count: Int, _ row: RequirementRow, _ page: PageContext) -> HTML {
        guard count > 0 else { return "\(page.number(0))" }
        return "<a href=\"?state=late&amp;requirement=\(row.uid)\">\(page.number(count))</a>"
    }

    static func filter(
        _ matrix: CoverageMatrix, _ asked: CoverageRequest, below: String?, _ page: PageContext
    ) -> HTML {
        let filter = asked.filter
        let states = CoverageFilter.State.allCases.map { Choice($0.rawValue, page.t("coverage.state.\($0.rawValue)")) }
        let wanted = matrix.requirements.map {
            Choice($0.uid.text, requirementName($0.requirement, page))
        }
        let place = filter.below.map { uid -> HTML in
            "<input type=\"hidden\" name=\"below\" value=\"\(uid)\">"
        }
        let narrowed = below.map { name -> HTML in
            """
            <p>\(page.t("coverage.below", ["name": name])) <a href="\(matrix.document.href)/coverage">\
            \(page.t("coverage.all"))</a></p>
            """
        }
        let columns: HTML =
            wanted.count > 1
            ? """
            <label>\(page.t("coverage.column.wanted"))\
            \(choices("requirement", wanted, filter.requirement?.text ?? "", page))</label>
            """ : .empty
        return """
            <form class="filter" method="get" action="\(matrix.document.href)/coverage" role="search">\(place)\
            <label>\(page.t("coverage.filter.text"))<input type="search" name="q" value="\(filter.text)"></label>\
            <label>\(page.t("coverage.column.status"))\(choices("state", states, filter.state?.rawValue ?? "", page))\
            </label>\(columns)<button>\(page.t("coverage.filter.apply"))</button></form>\(narrowed)
            """
    }

    static func choices(_ name: String, _ all: [Choice], _ chosen: String, _ page: PageContext) -> HTML {
        let options = all.map { choice -> HTML in
            "<option value=\"\(choice.value)\"\(choice.value == chosen ? " selected" : HTML.empty)>\(choice.text)</option>"
        }
        return
            "<select name=\"\(name)\"><option value=\"\">\(page.t("coverage.filter.any"))</option>\(options)</select>"
    }

    static func table(
        _ matrix: CoverageMatrix, _ asked: CoverageRequest, _ links: CoverageLinks, _ page: PageContext
    ) -> HTML {
        guard !matrix.units.items.isEmpty else {
            return emptyState(
                page, title: page.t("coverage.empty"), hint: page.t("coverage.empty_hint"),
                action: linkButton(page.t("coverage.all"), href: "\(matrix.document.href)/coverage"))
        }
        let shown = matrix.requirements.filter { asked.filter.requirement == nil || asked.filter.requirement == $0.uid }
        let columns =
            [Column(page.t("coverage.column.unit"), sortKey: CoverageFilter.Order.name.rawValue)]
            + shown.map { Column(requirementName($0.requirement, page)) }
        let rows = matrix.units.items.map { line -> [HTML] in
            let ended: HTML = line.hasEnded ? " \(badge(.none, page.t("coverage.unit_ended")))" : .empty
            return ["<a href=\"\(line.unit.href)\">\(line.unit.name)</a>\(ended)"]
                + shown.map { cell(line.cells[$0.requirement.id], line, $0, matrix, page) }
        }
        let sorting = Sorting(
            key: asked.filter.order.rawValue, descending: asked.filter.isDescending, link: links.sorted)
        return """
            \(dataTable(page, caption: page.t("coverage.caption"), columns: columns, rows: rows, sorting: sorting))\
            \(pager(
                page, shown: matrix.units.items.count, total: matrix.units.total,
                totalIsFloor: matrix.units.totalIsFloor, next: matrix.units.next.map(links.next),
                first: asked.page.after == nil ? nil : links.first))
            """
    }

    /// The state with its day, and the document; for keepers the way to change it.
    private static func cell(
        _ cell: CoverageMatrix.Cell?, _ line: CoverageMatrix.UnitLine, _ row: RequirementRow,
        _ matrix: CoverageMatrix, _ page: PageContext
    ) -> HTML {
        guard let cell else { return "<span class=\"sub\">\(page.t("coverage.not_addressed"))</span>" }
        let day = cell.issuedOn ?? cell.due
        let words = page.t(cell.issuedOn == nil ? "coverage.until" : "coverage.issued_on", ["day": page.day(day)])
        let document = cell.document.map { link -> HTML in " <a href=\"\(link.href)\">\(link.name)</a>" }
        let status: HTML =
            matrix.kept.contains(row.uid)
            ? "<a href=\"\(row.href)/units/\(line.unit.uid)\">\(dutyBadge(cell.status, page))</a>"
            : dutyBadge(cell.status, page)
        return "\(status) \(cell.status == .waived ? "" : words)\(document)"
    }
}

/// Addresses of the same matrix ordered otherwise, or further on.
struct CoverageLinks {
    private let asked: CoverageRequest

    init(_ asked: CoverageRequest) { self.asked = asked }

    private var filter: CoverageFilter { asked.filter }
    var first: String { link("", filter.order, filter.isDescending, after: nil) }
    var export: String { link(".csv", filter.order, filter.isDescending, after: nil) }
    var map: String { link("/map", .urgency, false, after: nil) }
    func next(_ cursor: Cursor) -> String { link("", filter.order, filter.isDescending, after: cursor) }
    func sorted(_ key: String, _ descending: Bool) -> String {
        link("", CoverageFilter.Order(rawValue: key) ?? .urgency, descending, after: nil)
    }

    private func link(
        _ end: String, _ order: CoverageFilter.Order, _ isDescending: Bool, after: Cursor?
    ) -> String {
        URLText.link(
            "/documents/\(asked.document)/coverage\(end)",
            [
                "state": filter.state?.rawValue ?? "", "requirement": filter.requirement?.text ?? "",
                "q": filter.text, "below": filter.below?.text ?? "",
                "sort": order == .urgency ? "" : order.rawValue, "desc": isDescending ? "1" : "",
                "after": after?.text ?? "",
            ])
    }
}
