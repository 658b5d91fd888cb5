/// The head of a column.
struct Column: Sendable {
    let title: String
    /// Set when the list can be ordered by it.
    let sortKey: String?
    /// Figures stand at the end of their cell.
    let numeric: Bool
    /// Left out where there is little room.
    let hideOnPhone: Bool

    init(_ title: String, sortKey: String? = nil, numeric: Bool = false, hideOnPhone: Bool = false) {
        self.title = title
        self.sortKey = sortKey
        self.numeric = numeric
        self.hideOnPhone = hideOnPhone
    }

    init(title: String, sortKey: String? = nil, numeric: Bool = false, hideOnPhone: Bool = false) {
        self.init(title, sortKey: sortKey, numeric: numeric, hideOnPhone: hideOnPhone)
    }
}

/// How a list is ordered now, and the address of the same list ordered otherwise.
struct Sorting {
    let key: String
    let descending: Bool
    let link: (_ key: String, _ descending: Bool) -> String
}

/// Rows under their heads. The first cell names its row. On a phone each row is a block with the heads as labels.
/// `isFolding`: on a tablet too, where six columns would be one word wide.
func dataTable(
    _ page: PageContext, caption: String, columns: [Column], rows: [[HTML]], sorting: Sorting? = nil,
    isFolding: Bool = false
) -> HTML {
    let heads = columns.map { TableParts.head(page, $0, sorting) }
    // Made once a column, not once a cell: a cell adds only what is in it.
    let openings = columns.enumerated().map { TableParts.opening($1, first: $0 == 0) }
    var body = HTML.empty
    for row in rows {
        body.add("<tr>")
        for (index, cell) in row.prefix(openings.count).enumerated() {
            body += openings[index]
            body += cell
            body.add(index == 0 ? "</th>" : "</td>")
        }
        body.add("</tr>")
    }
    return """
        <table class="data\(isFolding ? " folding" : "")"><caption>\(caption)</caption><thead><tr>\(heads)</tr></thead>\
        <tbody>\(body)</tbody></table>
        """
}

/// Where a list goes on, and how much of it is shown. A total that is a floor is said as "more than".
func pager(
    _ page: PageContext, shown: Int, total: Int, totalIsFloor: Bool, next: String?, first: String?
) -> HTML {
    let numbers = ["shown": page.number(shown), "total": page.number(total)]
    let count = totalIsFloor ? page.t("site.pager.floor", numbers) : page.t("site.pager.exact", numbers)
    let back = first.map { href -> HTML in "<a class=\"button\" href=\"\(href)\">\(page.t("site.pager.first"))</a>" }
    let on = next.map { href -> HTML in
        "<a class=\"button\" rel=\"next\" href=\"\(href)\">\(page.t("site.pager.next"))</a>"
    }
    return "<nav class=\"pager\" aria-label=\"\(page.t("site.pager"))\"><span>\(count)</span>\(back)\(on)</nav>"
}

enum TableParts {
    static func head(_ page: PageContext, _ column: Column, _ sorting: Sorting?) -> HTML {
        let classes = classes(column)
        // A column of buttons needs no head, and an empty head says nothing to a screen reader.
        if column.title.isEmpty { return "<td\(classes)></td>" }
        guard let key = column.sortKey, let sorting else {
            return "<th scope=\"col\"\(classes)>\(column.title)</th>"
        }
        let isUsed = sorting.key == key
        // A second press on the column in use turns the order round.
        let href = sorting.link(key, isUsed && !sorting.descending)
        let state: HTML = isUsed ? " aria-sort=\"\(sorting.descending ? "descending" : "ascending")\"" : ""
        return "<th scope=\"col\"\(classes)\(state)><a href=\"\(href)\">\(column.title)</a></th>"
    }

    static func opening(_ column: Column, first: Bool) -> HTML {
        // A figure that names its row says on a phone what it counts.
        if first, column.numeric { return "<th scope=\"row\"\(classes(column)) data-label=\"\(column.title)\">" }
        if first { return "<th scope=\"row\"\(classes(column))>" }
        return column.title.isEmpty
            ? "<td\(classes(column))>" : "<td\(classes(column)) data-label=\"\(column.title)\">"
    }

    private static func classes(_ column: Column) -> HTML {
        switch (column.numeric, column.hideOnPhone) {
        case (true, true): " class=\"n wide\""
        case (true, false): " class=\"n\""
        case (false, true): " class=\"wide\""
        case (false, false): ""
        }
    }
}
