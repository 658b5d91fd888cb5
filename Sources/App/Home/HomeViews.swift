/// The home page: who I am here, what waits, how my unit stands, the units by kind and on the map, what changed.
func homePage(_ page: PageContext, _ home: Home) -> HTML {
    guard home.place != nil || !home.kinds.isEmpty else { return firstStepsPage(page) }
    let side = HomeParts.rights(page, home) + HomeParts.changes(page, home)
    return sitePage(
        page, title: HomeParts.greeting(page), lead: HomeParts.office(page),
        body: opinionRequests(home.requests, page) + HomeParts.tasks(page, home) + HomeParts.duties(page, home)
            + HomeParts.own(page, home) + HomeParts.kinds(page, home)
            + columns(HomeParts.map(page, home), side))
}

/// What an installation without a single unit says: how to get some.
private func firstStepsPage(_ page: PageContext) -> HTML {
    let steps: HTML = """
        <ol><li>\(page.t("home.empty.import")) <code>resolute unit import units.csv</code></li>\
        <li>\(page.t("home.empty.vietnam")) <code>resolute init --units vietnam-2025</code></li>\
        <li><a href="/units/new">\(page.t("home.empty.create"))</a></li></ol>
        """
    return sitePage(
        page, title: HomeParts.greeting(page), lead: HomeParts.office(page),
        body: emptyState(page, title: page.t("home.empty"), hint: page.t("home.empty.hint")) + steps)
}

enum HomeParts {
    static func greeting(_ page: PageContext) -> String { page.t("home.greeting", ["name": page.viewer.name]) }

    static func office(_ page: PageContext) -> HTML {
        guard let office = page.viewer.office else { return "\(page.t("home.no_office"))" }
        let own = page.t("home.office", ["title": office.title, "unit": office.unitName])
        guard let behalf = office.onBehalf else { return "\(own)" }
        let words = [
            "capacity": page.t("capacity.\(behalf.capacity.rawValue)"), "title": behalf.officeTitle,
            "authority": behalf.authority,
        ]
        return "\(own) · \(page.t("home.behalf", words))"
    }

    static func map(_ page: PageContext, _ home: Home) -> HTML {
        let title = home.province.map { page.t("home.map.province", ["name": $0.name]) } ?? page.t("home.map.country")
        let legend: [(tone: Tone, text: String)] = [
            (.accent, page.t("unit.kind.ward")), (.none, page.t("unit.kind.commune")),
            (.warn, page.t("unit.kind.special-zone")),
        ]
        switch home.map {
        case .places(let communes) where communes.isEmpty: return .empty
        case .places(let communes):
            let map = dotMap(page, title: title, dots: communes.map(\.dot), legend: legend, list: "/units")
            return card(page.t("home.map"), map)
        case .drawing(let drawing):
            return card(page.t("home.map"), dotMap(page, title: title, drawing, legend: legend, list: "/units"))
        }
    }

    static func rights(_ page: PageContext, _ home: Home) -> HTML {
        guard !home.rights.isEmpty else {
            return card(page.t("home.rights"), "<p>\(page.t("home.rights.none"))</p>")
        }
        let lines = home.rights.map { right -> HTML in
            "<li>\(PersonPage.words(page, right.grant, unit: right.unit.name)) · \(page.t("home.role.\(right.grant.role.rawValue)"))</li>"
        }
        return card(page.t("home.rights"), "<ul class=\"plain-list\">\(lines)</ul>")
    }

    static func changes(_ page: PageContext, _ home: Home) -> HTML {
        guard !home.recent.isEmpty else {
            return card(page.t("home.recent"), "<p>\(page.t("home.recent.none"))</p>")
        }
        return card(page.t("home.recent"), timeline(home.recent.map { change(page, $0) }))
    }

    private static func change(_ page: PageContext, _ event: EventRow) -> HTML {
        let verb = event.verb.map { page.t("event.verb.\($0.rawValue)") } ?? ""
        return """
            <b>\(verb)</b> · \(EventViews.subject(event, page)) · \(event.actor) · \
            <span class="when">\(page.moment(event.at))</span>
            """
    }
}
