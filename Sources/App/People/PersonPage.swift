/// The page of one person: facts, offices with their rights, committees, tasks, account, history.
func personPage(
    _ page: PageContext, _ detail: PersonDetail, _ seats: [PersonSeat], _ tasks: TaskSummary, now: Instant,
    history: HTML
) -> HTML {
    let row = detail.row
    var actions = HTML.empty
    let isErased = detail.erasedOn != nil
    if detail.isSelf || detail.mayAskForData {
        actions += linkButton(
            page.t("personal-data.link"), href: detail.isSelf ? "/account/data" : "\(row.href)/data")
    }
    if detail.mayManage, !isErased {
        actions += linkButton(page.t("person.rename"), href: "\(row.href)/name/edit")
    }
    if page.viewer.has(.administrator), !isErased {
        actions += linkButton(page.t("person.appoint"), href: "\(row.href)/offices/new", main: true)
    }
    let offices = detail.offices.map { officeCard(page, $0, detail.cited) }.joined()
    let none =
        detail.offices.isEmpty
        ? emptyState(page, title: page.t("person.no_office"), hint: page.t("person.no_office.hint")) : .empty
    return sitePage(
        page, title: page.name(row.person.name), crumbs: [PersonViews.home(page)], actions: actions,
        body: PersonDataParts.erased(page, detail.erasedOn) + offices + none
            + personSeatsCard(page, seats) + personTasks(tasks, page, isErased: isErased)
            + (isErased ? .empty : accountCard(page, detail, now: now)) + history)
}

/// Nobody is given work by way of their page: who does a task is chosen from its lead unit. Of somebody who has been
/// erased only what is there is shown.
private func personTasks(_ tasks: TaskSummary, _ page: PageContext, isErased: Bool) -> HTML {
    isErased && tasks.urgent.isEmpty ? .empty : taskSummary(tasks, draft: nil, page)
}

/// An office with what it may do and who acts for it.
private func officeCard(
    _ page: PageContext, _ detail: PersonDetail.OfficeDetail, _ known: CitedDocuments
) -> HTML {
    let office = detail.row.office
    var rows: [(label: String, value: HTML)] = [
        (page.t("person.unit"), PersonViews.unitLink(detail.row)),
        (page.t("person.period"), PersonPage.period(page, office.from, office.to)),
    ]
    if !office.decision.isEmpty { rows.append((page.t("person.decision"), cited(office.decision, known))) }
    let parts =
        facts(rows) + PersonPage.grants(page, detail) + PersonPage.delegations(page, detail, known)
        + officeActs(page, detail)
    return card(office.title, parts)
}

private func officeActs(_ page: PageContext, _ detail: PersonDetail.OfficeDetail) -> HTML {
    guard page.today < detail.row.office.to else { return .empty }
    let path = detail.row.href
    var acts = HTML.empty
    if detail.mayManage { acts += linkButton(page.t("person.grant"), href: "\(path)/grants/new") }
    if detail.mayDelegate { acts += linkButton(page.t("person.delegate"), href: "\(path)/delegations/new") }
    if detail.mayManage {
        acts += linkButton(page.t("person.transfer"), href: "\(path)/transfer")
        acts += linkButton(page.t("person.end_office"), href: "\(path)/end")
    }
    return acts.isEmpty ? .empty : "<p class=\"actions\">\(acts)</p>"
}

private func accountCard(_ page: PageContext, _ detail: PersonDetail, now: Instant) -> HTML {
    guard let account = detail.account else { return .empty }
    let path = "\(detail.row.href)/account"
    let links = InvitationParts.living(page, account.invitations.filter { $0.isAlive(at: now) })
    guard let signIn = account.signIn else {
        let invite = linkButton(page.t("invitation.new"), href: "\(detail.row.href)/invitations/new")
        return card(
            page.t("person.account"),
            "<p>\(page.t("person.account.none"))</p>\(links)<div class=\"actions\">\(invite)</div>")
    }
    let state =
        account.isDisabled
        ? badge(.bad, page.t("person.account.disabled")) : badge(.good, page.t("person.account.enabled"))
    let turn =
        account.isDisabled
        ? PersonPage.button(page, "\(path)/enablement", page.t("person.account.enable"))
        : PersonPage.button(page, "\(path)/disablement", page.t("person.account.disable"), danger: true)
    let unlock = PersonPage.button(page, "\(path)/unlocking", page.t("person.account.unlock"))
    let reset =
        account.isDisabled
        ? HTML.empty : linkButton(page.t("invitation.reset"), href: "\(detail.row.href)/invitations/new")
    return card(
        page.t("person.account"),
        facts([(page.t("person.sign_in"), "\(signIn)"), (page.t("person.account.state"), state)])
            + "\(links)<div class=\"actions\">\(reset)\(unlock)\(detail.isSelf ? .empty : turn)</div>")
}

enum PersonPage {
    /// Since when and until when; the last day is the one before the period ends.
    static func period(_ page: PageContext, _ from: Day, _ to: Day) -> HTML {
        let words =
            to == .never
            ? page.t("person.period.open", ["from": page.day(from)])
            : page.t("person.period.closed", ["from": page.day(from), "to": page.day(to)])
        return "\(words) \(state(page, from, to))"
    }

    static func state(_ page: PageContext, _ from: Day, _ to: Day) -> HTML {
        if page.today < from, from < to { return badge(.accent, page.t("person.state.coming")) }
        if page.today < to { return badge(.good, page.t("person.state.now")) }
        return badge(.none, page.t("person.state.over"))
    }

    /// A right in words: "Administrator of Gia Lai (territory), up to: restricted".
    static func words(_ page: PageContext, _ grant: Viewer.Grant, unit: String) -> String {
        page.t(
            "person.grant.words",
            [
                "role": page.t("role.\(grant.role.rawValue)"), "unit": unit,
                "hierarchy": page.t("hierarchy.\(grant.hierarchy.rawValue)"),
                "ceiling": page.t("secrecy.\(grant.ceiling.name)"),
            ])
    }

    static func grants(_ page: PageContext, _ detail: PersonDetail.OfficeDetail) -> HTML {
        guard !detail.grants.isEmpty else { return .empty }
        let columns = [
            Column(page.t("person.right")), Column(page.t("person.period")), Column(""),
        ]
        let rows = detail.grants.map { row -> [HTML] in
            let revoke =
                detail.mayManage && page.today < row.to && row.from < row.to
                ? button(page, "/grants/\(row.uid)/revocation", page.t("person.revoke"), danger: true) : .empty
            return ["\(words(page, row.grant, unit: row.unitName))", period(page, row.from, row.to), revoke]
        }
        return dataTable(page, caption: page.t("person.rights"), columns: columns, rows: rows)
    }

    static func delegations(
        _ page: PageContext, _ detail: PersonDetail.OfficeDetail, _ known: CitedDocuments
    ) -> HTML {
        let from = detail.delegationsFrom.map { row -> HTML in
            let isOpen = row.delegation.isOpen(from: page.today)
            return line(page, row, "person.acted_for_by", known, isEndable: detail.mayDelegate && isOpen)
        }
        let to = detail.delegationsTo.map { row in line(page, row, "person.acts_for", known, isEndable: false) }
        guard !from.isEmpty || !to.isEmpty else { return .empty }
        return "<h3>\(page.t("person.delegations"))</h3><ul class=\"plain-list\">\(from)\(to)</ul>"
    }

    private static func line(
        _ page: PageContext, _ row: DelegationRow, _ key: String, _ known: CitedDocuments, isEndable: Bool
    ) -> HTML {
        let delegation = row.delegation
        let said = cited(
            delegation.authority, known, as: "authority", of: key,
            [
                "capacity": page.t("capacity.\(delegation.capacity.rawValue)"),
                "person": page.name(row.other.personName),
                "title": row.other.office.title, "unit": row.other.unitName,
            ], page)
        let end =
            isEndable
            ? button(page, "/delegations/\(delegation.uid)/revocation", page.t("person.end_delegation"), danger: true)
            : .empty
        return "<li>\(said) \(period(page, delegation.from, delegation.to)) \(end)</li>"
    }

    /// A form of one button.
    static func button(_ page: PageContext, _ action: String, _ text: String, danger: Bool = false) -> HTML {
        let look: HTML = danger ? " class=\"danger\"" : ""
        return "<form method=\"post\" action=\"\(action)\">\(Layout.csrf(page))<button\(look)>\(text)</button></form>"
    }
}

extension OfficeRow {
    var href: String { "/offices/\(office.uid)" }
}
