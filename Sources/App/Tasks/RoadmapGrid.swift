/// What all bars of a roadmap share: the lines of the calendar, today, and the shapes at their ends; drawn once, and
/// used in every row.
struct RoadmapGrid {
    let span: RoadmapSpan
    let page: PageContext

    /// The head of the column of bars.
    var axis: HTML {
        let names = span.periods.map { period -> HTML in
            """
            <text x="\(RoadmapBar.share(span.place(period.firstDay)))" dx="5" y="13">\
            \(TaskWords.period(period, page))</text>
            """
        }
        let parts = span.parts.map { part -> HTML in
            let middle = (span.place(part.firstDay) + span.end(part.lastDay)) / 2
            return "<text class=\"part\" x=\"\(RoadmapBar.share(middle))\" y=\"29\">\(short(part))</text>"
        }
        let mark: HTML =
            span.contains(page.today) ? "<use href=\"#rm-today\" x=\"\(RoadmapBar.share(today))\"/>" : .empty
        return "<svg class=\"axis\"><defs>\(shapes)</defs><use href=\"#rm-lines\"/>\(names)\(parts)\(mark)</svg>"
    }

    private var today: Int { (span.place(page.today) + span.end(page.today)) / 2 }

    /// `7`, or `III` in a year.
    private func short(_ part: Period) -> String {
        part.kind == .month ? String(part.number) : ["I", "II", "III", "IV"][min(max(part.number, 1), 4) - 1]
    }

    private var shapes: HTML {
        let lines = span.periods.dropFirst().map { line("whole", span.place($0.firstDay)) }
        let thin = span.parts.map { span.place($0.firstDay) }.filter { place in
            !span.periods.contains { span.place($0.firstDay) == place }
        }.map { line("part", $0) }
        let now: HTML = span.contains(page.today) ? line("today", today) : .empty
        return """
            <g id="rm-lines">\(thin)\(lines)</g><g id="rm-grid"><use href="#rm-lines"/>\(now)</g>\
            <path id="rm-today" d="M-5 33h10l-5 6z"/>\
            <circle id="rm-good" cy="14" r="6"/><path id="rm-warn" d="M-7 20h14l-7-13z"/>\
            <path id="rm-bad" d="M-6 8h12v12h-12z"/><path id="rm-accent" d="M0 7l7 7-7 7-7-7z"/>\
            <circle id="rm-none" cy="14" r="5"/><path id="rm-first" d="M0 4v20"/>
            """
    }

    private func line(_ name: StaticString, _ place: Int) -> HTML {
        let x = RoadmapBar.share(place)
        // Longer than the picture: the cell cuts it off, so that the lines of its rows meet.
        return "<line class=\"\(name.description)\" x1=\"\(x)\" x2=\"\(x)\" y1=\"-100\" y2=\"130\"/>"
    }
}
