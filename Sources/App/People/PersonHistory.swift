import Storage

/// What was done to a person: to their record and account, to the offices and rights that the viewer may see.
extension PersonStore {
    /// The newest first.
    public func history(of uid: UID, page: PageRequest) throws -> Page<EventRow> {
        try history(try detail(uid), page: page)
    }

    func history(_ detail: PersonDetail, page: PageRequest) throws -> Page<EventRow> {
        let offices = detail.offices.map(\.row.office.subject)
        let grants = detail.offices.flatMap(\.grants).map(\.subject)
        let person = detail.row.person
        let own = [person.subject, Account.subject(person.id, person.uid)]
        return try ActivityStore(tx: tx, viewer: viewer, today: today).history(of: own + offices + grants, page: page)
    }
}

/// All of it, page by page.
func personHistoryPage(_ row: PersonRow, _ events: Page<EventRow>, _ page: PageContext) -> HTML {
    sitePage(
        page, title: page.t("person.history", ["name": page.name(row.person.name)]),
        crumbs: [PersonViews.home(page), PersonViews.crumb(page, row)],
        body: """
            \(historySection(events.items, page, more: nil, mixed: true))\
            \(pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { URLText.link("\(row.href)/history", ["after": $0.text]) }, first: nil))
            """)
}
