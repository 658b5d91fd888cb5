/// The committees of a person, newest first, on the person's page.
func personSeatsCard(_ page: PageContext, _ seats: [PersonSeat]) -> HTML {
    guard !seats.isEmpty else { return .empty }
    let shown = seats.prefix(PersonSeat.onPage)
    let rows = shown.map { seat -> [HTML] in
        [
            "<a href=\"\(seat.href)\">\(seat.committeeName)</a>",
            "\(page.t("committee.position.\(seat.position.rawValue)"))<span class=\"sub\">\(seat.title)</span>",
            PersonPage.period(page, seat.from, seat.to),
        ]
    }
    let columns = [
        Column(page.t("committee.field.name")), Column(page.t("committee.field.position")),
        Column(page.t("person.period")),
    ]
    let more: HTML =
        seats.count > shown.count
        ? "<p>\(page.t("committee.person.more", ["count": page.number(shown.count)]))</p>" : .empty
    return card(
        page.t("committee.title"),
        dataTable(page, caption: page.t("committee.title"), columns: columns, rows: rows) + more)
}
