/// One line of a line chart. Nil where there is no value: the line has a gap there, not a zero.
struct ChartLine {
    let name: String
    let tone: Tone
    let values: [Int?]
}

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
        [bar.href.map { "<a href=\"\($0)\">\(bar.label)</a>" } ?? "\(bar.label)", "\(page.number(bar.value))"]
    }
    return ChartParts.figure(
        page, title: title, height: max(1, bars.count) * 38, drawing: drawn.joined(),
        heads: [Column(page.t("site.chart.what")), Column(page.t("site.chart.value"), numeric: true)], rows: rows)
}

/// Lines over the same points, each with a dash of its own, so that they can be told apart without colour.
func lineChart(_ page: PageContext, title: String, points: [String], lines: [ChartLine]) -> HTML {
    let scale = LineScale(lines, points: points.count)
    let paths = lines.map { line -> HTML in
        "<path class=\"line \(line.tone.rawValue)\" d=\"\(scale.path(line))\"/>"
    }
    let edge = Int(ChartParts.width)
    let ground: HTML = """
        <path class="axis" d="M0 \(scale.y(0))H\(edge)"/>\
        <text class="scale" x="0" y="12">\(page.number(scale.high))</text>\
        <text x="0" y="200">\(points.first ?? "")</text>\
        <text x="\(edge)" y="200" class="n">\(points.last ?? "")</text>
        """
    let key = lines.map { line -> HTML in
        """
        <li><svg width="28" height="10" aria-hidden="true"><path class="line \(line.tone.rawValue)" d="M0 5H28"/></svg>\
        \(line.name)</li>
        """
    }
    let rows = points.enumerated().map { index, point -> [HTML] in
        let cells = lines.map { line -> HTML in
            guard line.values.indices.contains(index), let value = line.values[index] else { return "–" }
            return "\(page.number(value))"
        }
        return ["\(point)"] + cells
    }
    return ChartParts.figure(
        page, title: title, height: 206, drawing: ground + paths.joined(), legend: "<ul class=\"legend\">\(key)</ul>",
        heads: [Column(page.t("site.chart.what"))] + lines.map { Column($0.name, numeric: true) }, rows: rows)
}

/// From values to points of a line chart. Zero is always in the picture.
struct LineScale {
    let low: Int
    let high: Int
    private let step: Double
    private let points: Int

    init(_ lines: [ChartLine], points: Int) {
        let all = lines.flatMap { $0.values.compactMap { $0 } }
        low = min(0, all.min() ?? 0)
        high = max(1, all.max() ?? 1)
        step = ChartParts.width / Double(max(1, points - 1))
        self.points = points
    }

    func y(_ value: Int) -> String {
        ChartParts.short(20 + (Double(high) - Double(value)) / (Double(high) - Double(low)) * 160)
    }

    /// A value alone between two gaps is a dot: a line of no length with round ends.
    func path(_ line: ChartLine) -> String {
        var path = ""
        var isOn = false
        for (index, value) in line.values.prefix(points).enumerated() {
            guard let value else {
                isOn = false
                continue
            }
            let x = ChartParts.short(Double(index) * step)
            path += isOn ? "L\(x) \(y(value))" : "M\(x) \(y(value))h0"
            isOn = true
        }
        return path
    }
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
