/// The seats of the day that the page speaks of.
func seatsNow(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    let seats = detail.seats(.now)
    guard !seats.isEmpty else {
        let action =
            detail.rights.mayConsolidate
            ? linkButton(page.t("committee.consolidate"), href: "\(detail.row.href)/consolidations/new") : .empty
        return card(
            page.t("committee.seats"),
            emptyState(
                page, title: page.t("committee.seats.none"), hint: page.t("committee.seats.none_hint"), action: action))
    }
    return card(page.t("committee.seats"), seatTable(detail, seats, page.t("committee.seats"), page))
}

func seatsOther(_ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    [(CommitteeDetail.Time.coming, "committee.seats.coming"), (.past, "committee.seats.past")].map { time, key in
        let seats = Array(detail.seats(time).prefix(100))
        guard !seats.isEmpty else { return HTML.empty }
        let title = page.t(key)
        return """
            <section class="card"><details><summary>\(title) (\(page.number(seats.count)))</summary>\
            \(seatTable(detail, seats, title, page))</details></section>
            """
    }.joined()
}

private func seatTable(_ detail: CommitteeDetail, _ seats: [SeatRow], _ caption: String, _ page: PageContext) -> HTML {
    let columns = [
        Column(page.t("committee.field.holder")), Column(page.t("committee.field.position")),
        Column(page.t("committee.field.office")), Column(page.t("person.period")),
        Column(page.t("committee.field.by_decision"), hideOnPhone: true), Column(""),
    ]
    let rows = seats.map { row -> [HTML] in
        let seat = row.seat
        let isEndable = detail.rights.mayKeep && seat.to > page.today && seat.from < seat.to
        let end: HTML =
            isEndable
            ? "<a href=\"\(detail.row.href)/seats/\(seat.uid)/end\">\(page.t("committee.end_seat"))</a>" : .empty
        return [
            "\(CommitteeViews.holder(row, page))\(seatBadge(row, page))",
            "\(page.t("committee.position.\(seat.position.rawValue)"))", seatOffice(row, page),
            "\(CommitteeViews.period(seat.from, seat.to, page))",
            "\(cited(seat.decision, detail.cited))\(seatEnd(seat, detail, page))\(quoteNote(seat.source, page))", end,
        ]
    }
    return dataTable(page, caption: caption, columns: columns, rows: rows)
}

private func seatEnd(_ seat: Seat, _ detail: CommitteeDetail, _ page: PageContext) -> HTML {
    guard !seat.endDecision.isEmpty else { return .empty }
    let ended = cited(seat.endDecision, detail.cited, as: "decision", of: "committee.ended_by", [:], page)
    return "<span class=\"sub\">\(ended)</span>"
}

private func seatBadge(_ row: SeatRow, _ page: PageContext) -> HTML {
    if let day = row.leftOn { return " \(badge(.warn, page.t("committee.left", ["day": page.day(day)])))" }
    return row.isPersonHidden ? " \(badge(.none, page.t("committee.person_hidden")))" : .empty
}

private func seatOffice(_ row: SeatRow, _ page: PageContext) -> HTML {
    guard let office = row.office else { return .empty }
    return "\(office.title)<span class=\"sub\"><a href=\"\(office.unit.href)\">\(office.unit.name)</a></span>"
}
