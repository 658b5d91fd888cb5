import Foundation

/// One place on a map.
struct MapDot {
    /// Degrees.
    let latitude: Double
    let longitude: Double
    let tone: Tone
    let label: String
    let href: String?

    init(latitude: Double, longitude: Double, tone: Tone, label: String, href: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.tone = tone
        self.label = label
        self.href = href
    }
}

/// Places as dots, each tone in a shape of its own. Every dot is inside the frame, far islands too.
///
/// Up to 400 dots each is a link with its name, and the table lists them. Above, one path per tone keeps a whole
/// country near 30 kB; then the table counts each tone, and `list` leads to the rows. A dot with no other within some
/// degrees, as an island far out, has its name beside it.
/// - Parameters:
///   - legend: what each tone means; a tone without words here is left out of the legend.
func dotMap(
    _ page: PageContext, title: String, dots: [MapDot], legend: [(tone: Tone, text: String)] = [],
    list: String? = nil
) -> HTML {
    let dots = MapParts.apart(dots)
    guard let frame = MapFrame(dots) else {
        return emptyState(page, title: title, hint: page.t("site.map.empty"))
    }
    let drawing = MapDrawing(dots, frame)
    guard dots.count <= MapParts.separate else {
        return dotMap(page, title: title, drawing, legend: legend, list: list)
    }
    return MapParts.figure(page, title, drawing, legend, MapParts.places(page, dots, legend), list)
}

/// A map that is drawn already, whose table counts each tone.
func dotMap(
    _ page: PageContext, title: String, _ drawing: MapDrawing, legend: [(tone: Tone, text: String)],
    list: String? = nil
) -> HTML {
    MapParts.figure(page, title, drawing, legend, MapParts.counts(page, drawing, legend), list)
}

/// Degrees to points of the drawing: equirectangular, narrowed by the cosine of the middle latitude.
struct MapFrame {
    static let longSide = 1_000.0
    static let margin = 30.0

    let width: Int
    let height: Int
    private let north: Double
    private let west: Double
    private let narrowing: Double
    private let scale: Double

    /// Around all dots; nil without any.
    init?(_ dots: [MapDot]) {
        guard let north = dots.map(\.latitude).max(), let south = dots.map(\.latitude).min(),
            let west = dots.map(\.longitude).min(), let east = dots.map(\.longitude).max()
        else { return nil }
        narrowing = max(0.05, cos((north + south) / 2 * .pi / 180))
        // A single place still needs some ground around it.
        let spanX = max(0.02, (east - west) * narrowing)
        let spanY = max(0.02, north - south)
        scale = (MapFrame.longSide - 2 * MapFrame.margin) / max(spanX, spanY)
        width = Int((spanX * scale + 2 * MapFrame.margin).rounded(.up))
        height = Int((spanY * scale + 2 * MapFrame.margin).rounded(.up))
        self.north = north
        self.west = west
    }

    func point(_ dot: MapDot) -> (x: Int, y: Int) {
        let x = (dot.longitude - west) * narrowing * scale + MapFrame.margin
        let y = (north - dot.latitude) * scale + MapFrame.margin
        return (Int(x.rounded()), Int(y.rounded()))
    }
}

extension MapParts {
    /// Degrees between two dots that have one place, as the departments of a province in its capital.
    private static let spread = 0.02

    /// Dots of one place stand side by side around it, on the spiral by which sunflowers set their seeds.
    static func apart(_ all: [MapDot]) -> [MapDot] {
        let dots = all.filter { $0.latitude.magnitude <= 90 && $0.longitude.magnitude <= 180 }
        struct Place: Hashable {
            let latitude: Double
            let longitude: Double
        }
        var there: [Place: Int] = [:]
        return dots.map { dot in
            let place = Place(latitude: dot.latitude, longitude: dot.longitude)
            let before = there[place, default: 0]
            there[place] = before + 1
            guard before > 0 else { return dot }
            let turn = Double(before) * 2.399_963, reach = spread * Double(before).squareRoot()
            return MapDot(
                latitude: min(90, max(-90, dot.latitude + reach * sin(turn))),
                longitude: min(180, max(-180, dot.longitude + reach * cos(turn))),
                tone: dot.tone, label: dot.label, href: dot.href)
        }
    }
}

enum MapParts {
    /// So many dots are links of their own.
    static let separate = 400

    /// Dots more than so many degrees away from every other one.
    static let lonely = 2.0

    /// The dots that lie alone, a few at most: counted by squares of the grid, so that a whole country costs little.
    static func far(_ dots: [MapDot]) -> [MapDot] {
        struct Square: Hashable {
            let row: Int
            let column: Int
        }
        func square(_ dot: MapDot) -> Square {
            Square(
                row: Int((dot.latitude / lonely).rounded(.down)), column: Int((dot.longitude / lonely).rounded(.down)))
        }
        guard dots.count > 1 else { return [] }
        let crowd = Dictionary(grouping: dots, by: square)
        let alone = dots.filter { dot in
            let middle = square(dot)
            guard crowd[middle]?.count == 1 else { return false }
            let around = (-1...1).flatMap { down in
                (-1...1).flatMap { right in
                    crowd[Square(row: middle.row + down, column: middle.column + right)] ?? []
                }
            }
            return around.count { other in
                hypot(other.latitude - dot.latitude, other.longitude - dot.longitude) < lonely
            } == 1
        }
        return Array(alone.prefix(12))
    }

    /// Links for the pointer; the keyboard has the same links in the table, not four hundred stops on the way.
    static func links(_ dots: [MapDot], _ frame: MapFrame) -> HTML {
        let drawn = dots.map { dot -> HTML in
            let (x, y) = frame.point(dot)
            let shape: HTML
            switch dot.tone {
            case .bad: shape = "<path class=\"bad\" d=\"M\(x - 8) \(y - 8)h16v16h-16z\"/>"
            case .warn: shape = "<path class=\"warn\" d=\"M\(x - 10) \(y + 8)h20l-10-18z\"/>"
            case .accent: shape = "<path class=\"accent\" d=\"M\(x) \(y - 10)l10 10-10 10-10-10z\"/>"
            case .none: shape = "<circle class=\"none\" cx=\"\(x)\" cy=\"\(y)\" r=\"7\"/>"
            case .good: shape = "<circle class=\"\(dot.tone.rawValue)\" cx=\"\(x)\" cy=\"\(y)\" r=\"8\"/>"
            }
            guard let href = dot.href else { return "<g><title>\(dot.label)</title>\(shape)</g>" }
            return "<a href=\"\(href)\" tabindex=\"-1\"><title>\(dot.label)</title>\(shape)</a>"
        }
        return drawn.joined()
    }

    /// One path per tone. A line of no length with round caps is a disc, with square caps a square.
    static func paths(_ dots: [MapDot], _ frame: MapFrame) -> HTML {
        Tone.allCases.map { tone -> HTML in
            let points = dots.filter { $0.tone == tone }.map(frame.point)
                // In bands, so that each step to the next dot is short and takes few digits.
                .sorted { ($0.y / 12, $0.x) < ($1.y / 12, $1.x) }
            return points.isEmpty ? .empty : path(tone, points)
        }.joined()
    }

    private static func path(_ tone: Tone, _ points: [(x: Int, y: Int)]) -> HTML {
        var data = "M0 0"
        var last = (x: 0, y: 0)
        for point in points {
            let (right, down) = (point.x - last.x, point.y - last.y)
            data += down < 0 ? "m\(right)\(down)" : "m\(right) \(down)"
            data += tone == .warn ? "h6l-3-6z" : "h0"
            last = point
        }
        return "<path class=\"dots \(tone.rawValue)\" d=\"\(data)\"/>"
    }

    static func figure(
        _ page: PageContext, _ title: String, _ drawing: MapDrawing, _ legend: [(tone: Tone, text: String)],
        _ table: (heads: [Column], rows: [[HTML]]), _ list: String?
    ) -> HTML {
        let more = list.map { href -> HTML in "<p><a href=\"\(href)\">\(page.t("site.map.list"))</a></p>" }
        return """
            <figure class="chart map"><figcaption>\(title)</figcaption>\
            <svg viewBox="0 0 \(drawing.width) \(drawing.height)" role="group" aria-label="\(title)">\
            \(drawing.marks)</svg>\
            \(MapParts.legend(page, drawing, legend))<details><summary>\(page.t("site.chart.table"))</summary>\
            \(dataTable(page, caption: title, columns: table.heads, rows: table.rows))</details>\(more)</figure>
            """
    }

    static func legend(_ page: PageContext, _ drawing: MapDrawing, _ legend: [(tone: Tone, text: String)]) -> HTML {
        guard !legend.isEmpty else { return .empty }
        let lines = legend.map { entry -> HTML in
            "<li>\(badge(entry.tone, entry.text)) \(page.number(drawing.counts[entry.tone] ?? 0))</li>"
        }
        return "<ul class=\"legend\">\(lines)</ul>"
    }

    static func places(
        _ page: PageContext, _ dots: [MapDot], _ legend: [(tone: Tone, text: String)]
    ) -> (heads: [Column], rows: [[HTML]]) {
        let rows = dots.map { dot -> [HTML] in
            let name: HTML = dot.href.map { "<a href=\"\($0)\">\(dot.label)</a>" } ?? "\(dot.label)"
            let word = legend.first { $0.tone == dot.tone }.map { badge(dot.tone, $0.text) } ?? .empty
            return legend.isEmpty ? [name] : [name, word]
        }
        let heads = [Column(page.t("site.map.place"))]
        return (legend.isEmpty ? heads : heads + [Column(page.t("site.map.state"))], rows)
    }

    static func counts(
        _ page: PageContext, _ drawing: MapDrawing, _ legend: [(tone: Tone, text: String)]
    ) -> (heads: [Column], rows: [[HTML]]) {
        let heads = [Column(page.t("site.map.state")), Column(page.t("site.map.number"), numeric: true)]
        let all: [HTML] = ["\(page.t("site.map.all"))", "\(page.number(drawing.total))"]
        let rows = legend.map { entry -> [HTML] in
            [badge(entry.tone, entry.text), "\(page.number(drawing.counts[entry.tone] ?? 0))"]
        }
        return (heads, rows + [all])
    }
}
