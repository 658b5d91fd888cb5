import HTTPTypes
import Storage

/// Steering committees for people.
struct CommitteePages {
    var routes: [Route] {
        [
            .get("/committees", index),
            .get("/committees.csv", export),
            .get("/committees/compliance", compliance),
            .get("/committees/compliance.csv", complianceFile),
            .get("/committees/new", new),
            .post("/committees", create),
            .get("/committees/{committee}", show),
            .get("/committees/{committee}/history", history),
        ] + CommitteeChangePages().routes
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try CommitteeListRequest(visit)
        let list = try await visit.committees { store in
            CommitteeList(
                page: try store.list(asked.filter, on: asked.day, page: asked.page),
                unit: try asked.filter.unit.map { try store.units.find($0) }, mayCreate: store.mayCreateSomewhere())
        }
        return visit.html(committeeIndex(list, asked, visit.page))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try CommitteeListRequest(visit)
        let page = visit.page
        let text = try await visit.committees { store in
            try CommitteeExport(store: store, page: page).csv(asked.filter, on: asked.day)
        }
        return visit.csv(name: "committees-\(asked.day.text).csv", text)
    }

    func compliance(_ visit: Visit) async throws -> Answer {
        let asked = try ComplianceRequest(visit)
        let (found, mayCreate) = try await visit.committees { store in
            (try store.compliance(asked.filter, on: asked.day), store.mayCreateSomewhere())
        }
        guard let found else { return visit.html(compliancePageWithoutUnit(visit.page)) }
        return visit.html(compliancePage(found, asked, mayCreate: mayCreate, visit.page))
    }

    func complianceFile(_ visit: Visit) async throws -> Answer {
        let asked = try ComplianceRequest(visit)
        let page = visit.page
        let found = try await visit.committees { try $0.compliance(asked.filter, on: asked.day) }
        return visit.csv(
            name: "committee-compliance-\(asked.day.text).csv",
            ComplianceExport(page: page).csv(found?.lines(asked.filter.state) ?? []))
    }

    func new(_ visit: Visit) async throws -> Answer {
        guard visit.viewer.has(.administrator) || visit.viewer.has(.secretariat) else {
            throw AppError.forbidden(Message("committee.error.forbidden"))
        }
        var typed = visit.query.raw
        typed["from"] = typed["from"] ?? visit.page.day(visit.today)
        typed["secrecy"] = typed["secrecy"] ?? Secrecy.internal.name
        let fields = Fields(raw: typed)
        let chosen = try await visit.chosenUnits(fields, ["host", "unit"])
        return visit.html(newCommittee(fields, [], chosen: chosen, visit.page))
    }

    func create(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        do {
            let made = try await visit.changeCommittees { store, now in
                try store.requireMayCreateSomewhere()
                var form = CommitteeForm(typed, store: store)
                return try store.create(try form.draft(), at: now)
            }
            return visit.redirect(
                to: made.href, flash: Message("committee.flash.created", ["name": .text(made.name)]))
        } catch {
            let chosen = try await visit.chosenUnits(typed, ["host", "unit"])
            return try visit.refused(error) { newCommittee(typed, $0, chosen: chosen, visit.page) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        var query = visit.query
        let day = query.day("on", required: false)
        try query.problems.check()
        let (detail, events) = try await visit.committees { store in
            let detail = try store.detail(uid, on: day)
            return (detail, try store.recentHistory(of: detail.row))
        }
        return visit.html(committeePage(detail, events, on: day, visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        let request = try visit.listRequest(cursorParts: 1)
        let (row, events) = try await visit.committees { store in
            let row = try store.find(uid)
            return (row, try store.history(of: row, page: request))
        }
        return visit.html(committeeHistory(row, events, visit.page))
    }
}

extension Visit {
    /// Reads committees as the viewer of this visit.
    func committees<T: Sendable>(_ body: @escaping @Sendable (CommitteeStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(CommitteeStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes committees as the viewer of this visit. Units may be made in the same act, so their queue comes first.
    func changeCommittees<T: Sendable>(
        _ body: @escaping @Sendable (CommitteeStore, Instant) throws -> T
    ) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in
            try UnitStore.queue(tx)
            return try body(CommitteeStore(tx: tx, viewer: viewer, today: today), now)
        }
    }

    /// How people call the units that a form's fields name, so that it comes back with names and not with uids.
    func chosenUnits(_ typed: Fields, _ names: [String]) async throws -> [String: String] {
        let named = names.filter { !typed[$0].isEmpty }
        guard !named.isEmpty else { return [:] }
        return try await read { store in
            var chosen: [String: String] = [:]
            for field in named { chosen[field] = try store.find(typed: typed[field])?.name }
            return chosen
        }
    }
}

/// What the list page is asked for.
struct CommitteeListRequest: Sendable {
    let filter: CommitteeFilter
    let day: Day
    /// Set when the day was asked for.
    let askedDay: Day?
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = CommitteeFilter(&query)
        askedDay = query.day("on", required: false)
        day = askedDay ?? visit.today
        try query.problems.check()
        page = try visit.listRequest(cursorParts: 2)
    }
}

struct CommitteeList: Sendable {
    let page: Page<CommitteeLine>
    let unit: UnitRow?
    let mayCreate: Bool
}

/// What the page of compliance is asked for.
struct ComplianceRequest: Sendable {
    let filter: ComplianceFilter
    let day: Day
    let askedDay: Day?
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = ComplianceFilter(&query)
        askedDay = query.day("on", required: false)
        day = askedDay ?? visit.today
        try query.problems.check()
        page = try visit.listRequest(cursorParts: 2)
    }
}
