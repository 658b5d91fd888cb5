extension HomeParts {
    /// Units of the own place by kind; the whole country is a link away.
    static func kinds(_ page: PageContext, _ home: Home) -> HTML {
        guard let place = home.place else { return figures(page, home.kinds, below: nil) }
        return """
            <section><h2>\(page.t("home.place", ["name": place.name]))</h2>\
            \(figures(page, place.kinds, below: place.uid))\
            <p><a href="/units/\(place.uid)">\(place.name)</a> · \
            <a href="/units">\(page.t("home.whole"))</a></p></section>
            """
    }

    /// A figure for each kind of territory and one for all bodies, each a link to its rows.
    private static func figures(_ page: PageContext, _ kinds: [(kind: UnitKind, count: Int)], below: UID?) -> HTML {
        func href(kind: String = "", level: String = "") -> String {
            URLText.link(
                "/units",
                ["kind": kind, "level": level, "parent": below?.text ?? "", "deep": below == nil ? "" : "1"])
        }
        var figures = kinds.filter { $0.kind.isTerritory && $0.kind != .country }.map { kind, count in
            (
                label: page.t("unit.figure.\(kind.rawValue)", count: count), value: page.number(count), note: "",
                href: href(kind: kind.rawValue)
            )
        }
        let bodies = kinds.filter { !$0.kind.isTerritory }.map(\.count).reduce(0, +)
        if bodies > 0 { figures.append((page.t("home.bodies"), page.number(bodies), "", href(level: "body"))) }
        return figures.isEmpty ? .empty : keyFigures(figures)
    }

    /// How the tasks of the own unit and those below it stand, as the overview has it.
    static func own(_ page: PageContext, _ home: Home) -> HTML {
        guard let own = home.own else { return .empty }
        return """
            <section><h2>\(page.t("home.own", ["name": own.unit.name]))</h2>\
            \(CountedBelowViews.said(own.counted, page))\
            \(LeaderViews.figures(own.counts, of: own.unit.uid, by: own.counted.below, page))</section>
            """
    }
}
