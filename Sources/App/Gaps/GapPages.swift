import HTTPTypes
import Storage

/// Documents still to be issued, for people.
struct GapPages {
    var routes: [Route] {
        [
            .get("/gaps", index),
            .get("/gaps.csv", export),
            .get("/gaps/new", new),
            .post("/gaps", create),
            .get("/gaps/{gap}", show),
            .get("/gaps/{gap}/history", history),
            .get("/gaps/{gap}/edit", edit),
            .post("/gaps/{gap}", change),
            .post("/gaps/{gap}/decisions", decide),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try GapListRequest(visit)
        let list = try await visit.gaps { store in
            GapList(
                page: try store.list(asked.filter, page: asked.page),
                counts: try store.counts(of: asked.filter.owner),
                owner: try asked.filter.owner.map { try store.units.find($0).name },
                mayCreate: store.mayCreateSomewhere())
        }
        return visit.html(gapIndex(list, asked, visit.page))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try GapListRequest(visit)
        let page = visit.page
        let text = try await visit.gaps { try GapExport(store: $0, page: page).csv(asked.filter) }
        return visit.csv(name: "gaps-\(visit.today.text).csv", text)
    }

    func new(_ visit: Visit) async throws -> Answer {
        let fields = Fields(raw: visit.query.raw)
        let names = try await visit.gaps { store in
            try store.requireMayCreateSomewhere()
            return try GapFormNames(fields, store)
        }
        return visit.html(newGap(fields, [], names, visit.page))
    }

    func create(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        do {
            let made = try await visit.changeGaps { store, now in
                try store.requireMayCreateSomewhere()
                var form = GapForm(typed, store: store)
                return try store.create(try form.draft(), at: now)
            }
            return visit.redirect(to: made.href, flash: Message("gap.flash.created", ["title": .text(made.gap.title)]))
        } catch {
            guard error is AppError else { throw error }
            let names = try await visit.gaps { try GapFormNames(typed, $0) }
            return try visit.refused(error) { newGap(typed, $0, names, visit.page) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let (detail, events) = try await read(visit, PageRequest(after: nil, limit: 20))
        let fields = Fields(raw: ["version": String(detail.row.gap.version)])
        return visit.html(gapPage(detail, events, fields, [], visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let (detail, events) = try await read(visit, try visit.listRequest(cursorParts: 1))
        return visit.html(gapHistory(detail, events, visit.page))
    }

    func edit(_ visit: Visit) async throws -> Answer {
        let detail = try await kept(visit)
        let page = visit.page
        let (fields, names) = try await visit.gaps { store in
            let fields = try GapForm.fields(of: detail, store) { page.day($0) }
            return (fields, try GapFormNames(fields, store, of: detail))
        }
        return visit.html(editGap(detail, fields, [], names, visit.page))
    }

    func change(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        let detail = try await kept(visit)
        let uid = detail.row.uid
        do {
            let changed = try await visit.changeGaps { store, now in
                var form = GapForm(typed, store: store, of: try store.findKept(uid).gap)
                let seen = form.seen()
                return try store.change(uid, try form.draft(), seen: seen, at: now)
            }
            return visit.redirect(
                to: changed.href, flash: Message("gap.flash.changed", ["title": .text(changed.gap.title)]))
        } catch {
            guard error is AppError else { throw error }
            let names = try await visit.gaps { try GapFormNames(typed, $0, of: detail) }
            return try await visit.refused(error, typed) { editGap(detail, $0, $1, names, visit.page) }
        }
    }

    func decide(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        let detail = try await kept(visit)
        let uid = detail.row.uid
        do {
            let (changed, name) = try await visit.changeGaps { store, now in
                _ = try store.findKept(uid)
                var form = GapForm(typed, store: store)
                let seen = form.seen()
                let decision = try form.decision()
                return (try store.decide(uid, decision, seen: seen, at: now), decision.name)
            }
            return visit.redirect(
                to: changed.href, flash: Message("gap.flash.\(name.rawValue)", ["title": .text(changed.gap.title)]))
        } catch {
            guard error is AppError else { throw error }
            let events = try await visit.gaps {
                try $0.history(of: detail.row, page: PageRequest(after: nil, limit: 20))
            }
            return try await visit.refused(error, typed) { gapPage(detail, events, $0, $1, visit.page) }
        }
    }

    private func read(_ visit: Visit, _ request: PageRequest) async throws -> (GapDetail, Page<EventRow>) {
        let uid = try visit.uid("gap")
        return try await visit.gaps { store in
            let detail = try store.detail(uid)
            return (detail, try store.history(of: detail.row, page: request))
        }
    }

    private func kept(_ visit: Visit) async throws -> GapDetail {
        let uid = try visit.uid("gap")
        return try await visit.gaps { store in
            _ = try store.findKept(uid)
            return try store.detail(uid)
        }
    }
}

extension Visit {
    /// Reads gaps as the viewer of this visit.
    func gaps<T: Sendable>(_ body: @escaping @Sendable (GapStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(GapStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes gaps as the viewer of this visit.
    func changeGaps<T: Sendable>(_ body: @escaping @Sendable (GapStore, Instant) throws -> T) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in try body(GapStore(tx: tx, viewer: viewer, today: today), now) }
    }
}

/// What the list is asked for.
struct GapListRequest: Sendable {
    let filter: GapFilter
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = GapFilter(&query)
        try query.problems.check()
        page = try visit.listRequest(cursorParts: GapStore.cursorParts)
    }
}

struct GapList: Sendable {
    let page: Page<GapRow>
    let counts: GapCounts
    /// What the owner that is asked for is called.
    let owner: String?
    let mayCreate: Bool
}

/// How people call what a form's fields name by uid, the offices to choose from, and what it does not show.
struct GapFormNames: Sendable {
    let owner: String?
    let offices: [String]
    let hasHiddenBasis: Bool

    init(_ typed: Fields, _ store: GapStore, of detail: GapDetail? = nil) throws {
        let unit = typed["owner"].isEmpty ? nil : try store.units.find(typed: typed["owner"])
        owner = unit?.name
        offices = try unit.map { try store.offices(in: $0.uid, or: detail?.row.gap.office).map(\.name) } ?? []
        hasHiddenBasis = detail?.hasHiddenBasis ?? false
    }
}

extension GapForm {
    /// The form of a gap as it is, in words that name the same when they come back. `day`: how one is written.
    static func fields(of detail: GapDetail, _ store: GapStore, day: (Day) -> String) throws -> Fields {
        let gap = detail.row.gap, owner = detail.row.owner.uid
        let units = try detail.blockedUnits.map { try store.units.typedName(of: store.units.find($0.uid)) }
        let papers = try detail.blockedDocuments.map(store.documents.typedName)
        let work = try detail.blockedTasks.map(store.tasks.typedName)
        return Fields(raw: [
            "title": gap.title, "type": gap.type.rawValue, "owner": owner.text, "due_on": day(gap.due),
            "office": try detail.office.map { try store.typedName(of: $0, of: gap, in: owner) } ?? "",
            "basis": try detail.basis.map(store.documents.typedName) ?? "",
            "paragraph": gap.paragraph, "reason": gap.reason, "blocks": gap.blocks,
            "blocked_units": units.joined(separator: "\n"), "blocked_documents": papers.joined(separator: "\n"),
            "blocked_tasks": work.joined(separator: "\n"),
            "version": String(gap.version),
        ])
    }
}
