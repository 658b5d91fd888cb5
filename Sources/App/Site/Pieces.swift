/// What a state means for the reader. A colour never says it alone: each tone has a shape, and a word stands beside it.
enum Tone: String, Sendable, CaseIterable {
    case good, warn, bad, none, accent
}

/// A word about a state.
func badge(_ tone: Tone, _ text: String) -> HTML {
    "<span class=\"badge \(tone.rawValue)\">\(text)</span>"
}

/// A remark that runs across the page.
func notice(_ tone: Tone, _ body: HTML) -> HTML {
    "<div class=\"notice \(tone.rawValue)\">\(body)</div>"
}

/// What a list shows when nothing is in it: that it is empty, and what to do next.
func emptyState(_ page: PageContext, title: String, hint: String, action: HTML = .empty) -> HTML {
    "<div class=\"empty\"><p class=\"what\">\(title)</p><p>\(hint)</p>\(action)</div>"
}

/// A link that looks like what it leads to: an act.
func linkButton(_ text: String, href: String, main: Bool = false) -> HTML {
    "<a class=\"button\(main ? " main" : "")\" href=\"\(href)\">\(text)</a>"
}

/// A part of a page under its own heading.
func card(_ title: String, _ body: HTML) -> HTML {
    "<section class=\"card\"><h2>\(title)</h2>\(body)</section>"
}

/// Labels and their values, one pair a line.
func facts(_ rows: [(label: String, value: HTML)]) -> HTML {
    let lines = rows.map { row -> HTML in "<div><dt>\(row.label)</dt><dd>\(row.value)</dd></div>" }
    return "<dl class=\"facts\">\(lines)</dl>"
}

/// What an auditor or a machine wants and nobody else reads, such as a hash: folded away.
func technicalDetails(_ page: PageContext, _ rows: [(label: String, value: HTML)]) -> HTML {
    guard !rows.isEmpty else { return .empty }
    return """
        <details class="technical"><summary>\(page.t("site.technical"))</summary>\(facts(rows))</details>
        """
}

/// What happened, newest first.
func timeline(_ items: [HTML]) -> HTML {
    let lines = items.map { item -> HTML in "<li>\(item)</li>" }
    return "<ol class=\"timeline\">\(lines)</ol>"
}

/// Two columns on a wide screen, one below the other on a small one; the first is the wider.
func columns(_ first: HTML, _ second: HTML) -> HTML {
    "<div class=\"columns\"><div>\(first)</div><div>\(second)</div></div>"
}

/// A few figures that matter most, each a link to the rows behind it.
func keyFigures(_ figures: [(label: String, value: String, note: String, href: String)]) -> HTML {
    let boxes = figures.map { figure -> HTML in
        let note: HTML = figure.note.isEmpty ? "" : "<small>\(figure.note)</small>"
        return """
            <li><a href="\(figure.href)"><strong>\(figure.value)</strong><span>\(figure.label)</span>\(note)</a></li>
            """
    }
    return "<ul class=\"figures\">\(boxes)</ul>"
}
