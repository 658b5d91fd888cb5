/// The bodies of a place with their people, each with the way there. Nothing where there are none.
func rosterBodies(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster, on day: Day?) -> HTML {
    guard !roster.bodies.isEmpty else { return .empty }
    return "<h3 class=\"group\">\(page.t("person.roster.bodies"))</h3>\(rosterBodyList(page, unit, roster, on: day))"
}

/// The same on a card of its own.
func rosterBodiesCard(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster, on day: Day?) -> HTML {
    guard !roster.bodies.isEmpty else { return .empty }
    return card(page.t("person.roster.bodies"), rosterBodyList(page, unit, roster, on: day))
}

private func rosterBodyList(_ page: PageContext, _ unit: UnitRow, _ roster: UnitRoster, on day: Day?) -> HTML {
    let on = day.map { page.day($0) } ?? ""
    let lines = roster.bodies.prefix(PersonStore.bodiesShown).map { body -> HTML in
        let offices = way("offices", body.offices, URLText.link("\(body.unit.href)/offices", ["on": on]), page)
        let seats = body.committee.map { way("seats", body.seats, URLText.link("/committees/\($0)", ["on": on]), page) }
        let gap: HTML = body.offices > 0 && body.seats > 0 ? " · " : .empty
        return """
            <li><a href="\(body.unit.href)">\(body.unit.name)</a>\
            <span class="sub">\(offices)\(gap)\(seats ?? .empty)</span></li>
            """
    }
    let rest = URLText.link("/units", ["parent": unit.uid.text, "level": "body", "on": on])
    let more: HTML =
        roster.bodies.count > lines.count
        ? "<p><a href=\"\(rest)\">\(page.t("person.roster.bodies_all"))</a></p>" : .empty
    return "<ul class=\"plain-list\">\(lines)</ul>\(more)"
}

private func way(_ what: String, _ count: Int, _ href: String, _ page: PageContext) -> HTML {
    count == 0 ? .empty : "<a href=\"\(href)\">\(page.t("person.roster.body_\(what)", count: count))</a>"
}
