/// The marks of a map and how many there are of each tone: no word of a language in it, so that it can be kept.
struct MapDrawing: Sendable {
    let width: Int
    let height: Int
    let marks: HTML
    let counts: [Tone: Int]
    let total: Int

    /// Of dots that stand apart, in the frame around them: links when they are few, paths when they are many.
    init(_ dots: [MapDot], _ frame: MapFrame) {
        let names = MapParts.far(dots).map { dot -> HTML in
            let (x, y) = frame.point(dot)
            // Near the edge a name ends at its place, so that it stays inside the frame.
            let side: HTML = x > frame.width * 70 / 100 ? " n" : ""
            return "<text class=\"mark\(side)\" x=\"\(x)\" y=\"\(y - 14)\">\(dot.label)</text>"
        }
        let drawn = dots.count <= MapParts.separate ? MapParts.links(dots, frame) : MapParts.paths(dots, frame)
        marks = "\(drawn)\(names)"
        (width, height) = (frame.width, frame.height)
        counts = Dictionary(grouping: dots, by: \.tone).mapValues(\.count)
        total = dots.count
    }

    /// Nil when they are so few that each has its name and its link.
    init?(_ dots: [MapDot]) {
        let dots = MapParts.apart(dots)
        guard dots.count > MapParts.separate, let frame = MapFrame(dots) else { return nil }
        self.init(dots, frame)
    }
}
