/// Bars of whole numbers, longest value full width; the table below says the same in figures.
func barChart(
    _ page: PageContext, title: String, bars: [(label: String, value: Int, href: String?)]
) -> HTML {
    let top = Double(max(1, bars.map(\.value).max() ?? 1))
    let drawn = bars.enumerated().map { index, bar -> HTML in
        let y = index * 38
        let width = ChartParts.short(Double(max(0, bar.value)) / top * ChartParts.width)
        let row: HTML = """
            <text x="0" y="\(y + 14)">\(ChartParts.clipped(bar.label))</text>\
            <text x="\(Int(ChartParts.width))" y="\(y + 14)" class="n">\(page.number(bar.value))</text>\
            <rect class="ground" x="0" y="\(y + 20)" width="\(Int(ChartParts.width))" height="8" rx="2"/>\
            <rect class="accent" x="0" y="\(y + 20)" width="\(width)" height="8" rx="2"/>
            """
        guard let href = bar.href else { return row }
        return "<a href=\"\(href)\" tabindex=\"-1\"><title>\(bar.label)</title>\(row)</a>"
    }
    let rows = bars.map { bar -> [HTML] in
        let value: HTML = "\(page.number(bar.value))"
        return ["\(bar.label)", bar.href.map { "<a href=\"\($0)\">\(value)</a>" } ?? value]
    }
    return ChartParts.figure(
        page, title: title, height: max(1, bars.count) * 38, drawing: drawn.joined(),
        heads: [Column(page.t("site.chart.what")), Column(page.t("site.chart.value"), numeric: true)], rows: rows)
}

/// What all charts share: the frame, the picture and its figures in a table.
enum ChartParts {
    /// Units of the drawing; its letters stay legible from a phone's width upwards.
    static let width = 400.0

    static func figure(
        _ page: PageContext, title: String, height: Int, width: Int = Int(ChartParts.width), drawing: HTML,
        legend: HTML = .empty, heads: [Column], rows: [[HTML]]
    ) -> HTML {
        let table = dataTable(page, caption: title, columns: heads, rows: rows)
        return """
            <figure class="chart"><figcaption>\(title)</figcaption>\
            <svg viewBox="0 0 \(width) \(height)" role="group" aria-label="\(title)">\(drawing)</svg>\(legend)\
            <details><summary>\(page.t("site.chart.table"))</summary>\(table)</details></figure>
            """
    }

    /// A coordinate with one decimal where it needs one.
    static func short(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1_000_000 else { return "0" }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0
            ? String(tenths / 10) : (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// A label that fits above its bar.
    static func clipped(_ label: String) -> String { label.count > 46 ? label.prefix(45) + "…" : label }
}
