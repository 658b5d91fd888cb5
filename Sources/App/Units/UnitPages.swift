import HTTPTypes
import Storage

/// The registry of units for people.
struct UnitPages {
    var routes: [Route] {
        [
            .get("/units", index),
            .get("/units.csv", export),
            .get("/units/tree", tree),
            .get("/units/map", map),
            .get("/units/new", new),
            .post("/units", create),
            .get("/units/{unit}", show),
            .get("/units/{unit}/history", history),
            .get("/units/{unit}/names/new", newName),
            .post("/units/{unit}/names", rename),
            .get("/units/{unit}/parents/new", newParent),
            .post("/units/{unit}/parents", move),
            .get("/units/{unit}/dissolution/new", newDissolution),
            .post("/units/{unit}/dissolution", dissolve),
            .get("/units/{unit}/facts/edit", editFacts),
            .post("/units/{unit}/facts", describe),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try UnitListRequest(visit)
        let list = try await visit.read { store in
            let counts = try store.countsByKind()
            return UnitList(
                page: try store.list(asked.filter, on: asked.day, page: asked.page, counts: counts),
                parent: try asked.filter.parent.map { try store.find($0) }, counts: counts,
                mayCreate: store.mayCreateSomewhere())
        }
        return visit.html(unitIndex(list, asked, visit.page))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try UnitListRequest(visit)
        let page = visit.page
        let text = try await visit.read { store in
            try UnitListExport(store: store, page: page).csv(asked.filter, on: asked.day)
        }
        return visit.csv(name: "units-\(asked.day.text).csv", text)
    }

    func tree(_ visit: Visit) async throws -> Answer {
        var query = visit.query
        let hierarchy = query.choice("hierarchy", of: Hierarchy.self, required: false) ?? .territory
        let open = query.uid("open", required: false)
        try query.problems.check()
        let tree = try await visit.read { try $0.outline(hierarchy, open: open) }
        return visit.html(unitTree(tree, hierarchy, visit.page))
    }

    func map(_ visit: Visit) async throws -> Answer {
        let dots = try await visit.read { try $0.communeDots() }
        return visit.html(unitMap(dots, visit.page))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("unit")
        var query = visit.query
        let day = query.day("on", required: false)
        try query.problems.check()
        let (detail, offices, tasks, events) = try await visit.read { store in
            let detail = try store.detail(uid, on: day)
            let people = PersonStore(tx: store.tx, viewer: store.viewer, today: store.today)
            let offices = try people.roster(of: detail.row, on: day, page: UnitRosterViews.few)
            let tasks = try TaskStore(tx: store.tx, viewer: store.viewer, today: store.today)
                .summary(ofUnit: uid)
            return (detail, offices, tasks, try store.recentHistory(of: detail.row))
        }
        return visit.html(unitPage(detail, offices, tasks, events, on: day, visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("unit")
        let request = try visit.listRequest(cursorParts: 1)
        let (row, events) = try await visit.read { store in
            let row = try store.find(uid)
            return (row, try store.history(of: row, page: request))
        }
        return visit.html(unitHistory(row, events, visit.page))
    }

    func new(_ visit: Visit) async throws -> Answer {
        guard visit.viewer.has(.administrator) || visit.viewer.has(.secretariat) else {
            throw AppError.forbidden(Message("unit.error.forbidden"))
        }
        var typed = visit.query.raw
        typed["from"] = typed["from"] ?? visit.page.day(visit.today)
        typed["secrecy"] = typed["secrecy"] ?? Secrecy.internal.name
        let fields = Fields(raw: typed)
        return visit.html(newUnit(fields, [], chosen: try await chosen(fields, visit), visit.page))
    }

    func create(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        do {
            let made = try await visit.write { store, now in
                try store.requireMayCreateSomewhere()
                var form = UnitForm(typed, store: store)
                return try store.create(try form.draft(), at: now)
            }
            return visit.redirect(
                to: "/units/\(made.uid)", flash: Message("unit.flash.created", ["name": .text(made.name)]))
        } catch {
            let chosen = try await chosen(typed, visit)
            return try visit.refused(error) { newUnit(typed, $0, chosen: chosen, visit.page) }
        }
    }

    func newName(_ visit: Visit) async throws -> Answer {
        try await changeForm(visit, may: \.mayRename) { unit in
            [
                "name": unit.name, "kind": unit.kind.rawValue, "from": visit.page.day(visit.today),
                "version": String(unit.unit.version),
            ]
        } view: {
            renameUnit($0, $1, $2, visit.page)
        }
    }

    func rename(_ visit: Visit) async throws -> Answer {
        try await change(visit, flash: "unit.flash.renamed", may: \.mayRename) { store, uid, form, now in
            let unit = try store.find(uid)
            let seen = form.seen()
            return try store.rename(uid, try form.renaming(of: unit), seen: seen, at: now)
        } view: {
            renameUnit($0, $1, $2, visit.page)
        }
    }

    func newParent(_ visit: Visit) async throws -> Answer {
        try await changeForm(visit, may: \.mayMove) { unit in
            [
                "hierarchy": Hierarchy.territory.rawValue, "from": visit.page.day(visit.today),
                "version": String(unit.unit.version),
            ]
        } view: {
            moveUnit($0, $1, $2, chosen: [:], visit.page)
        }
    }

    func move(_ visit: Visit) async throws -> Answer {
        let chosen = try await chosen(try visit.form(), visit)
        return try await change(visit, flash: "unit.flash.moved", may: \.mayMove) { store, uid, form, now in
            let seen = form.seen()
            return try store.move(uid, try form.move(), seen: seen, at: now)
        } view: {
            moveUnit($0, $1, $2, chosen: chosen, visit.page)
        }
    }

    func newDissolution(_ visit: Visit) async throws -> Answer {
        try await changeForm(visit, may: \.mayDissolve) { unit in
            ["from": visit.page.day(visit.today), "version": String(unit.unit.version)]
        } view: {
            dissolveUnit($0, $1, $2, visit.page)
        }
    }

    func dissolve(_ visit: Visit) async throws -> Answer {
        try await change(visit, flash: "unit.flash.dissolved", may: \.mayDissolve) { store, uid, form, now in
            let seen = form.seen()
            return try store.dissolve(uid, try form.dissolution(), seen: seen, at: now)
        } view: {
            dissolveUnit($0, $1, $2, visit.page)
        }
    }

    func editFacts(_ visit: Visit) async throws -> Answer {
        try await changeForm(visit, may: \.mayDescribe) {
            UnitFormValues.facts($0)
        } view: {
            describeUnit($0, $1, $2, visit.page)
        }
    }

    func describe(_ visit: Visit) async throws -> Answer {
        try await change(visit, flash: "unit.flash.described", may: \.mayDescribe) { store, uid, form, now in
            let seen = form.seen()
            return try store.describe(uid, try form.facts(), seen: seen, at: now)
        } view: {
            describeUnit($0, $1, $2, visit.page)
        }
    }

    /// How people call the units that a form's fields name, so that it comes back with names and not with uids.
    private func chosen(_ typed: Fields, _ visit: Visit) async throws -> [String: String] {
        let named = ["parent", "state_parent", "party_parent"].filter { !typed[$0].isEmpty }
        guard !named.isEmpty else { return [:] }
        return try await visit.read { store in
            var names: [String: String] = [:]
            for field in named { names[field] = try store.find(typed: typed[field])?.name }
            return names
        }
    }

    /// The form of one change, filled with what is so today.
    private func changeForm(
        _ visit: Visit, may ability: any KeyPath<UnitAbilities, Bool> & Sendable, values: (UnitRow) -> [String: String],
        view: (UnitRow, Fields, [Problem]) -> HTML
    ) async throws -> Answer {
        let uid = try visit.uid("unit")
        let unit = try await visit.read { try $0.find(uid, may: ability) }
        return visit.html(view(unit, Fields(raw: values(unit)), []))
    }

    /// One change: done and said, or refused with everything as it was typed.
    private func change(
        _ visit: Visit, flash: String, may ability: any KeyPath<UnitAbilities, Bool> & Sendable,
        _ body: @escaping @Sendable (UnitStore, UID, inout UnitForm, Instant) throws -> UnitRow,
        view: (UnitRow, Fields, [Problem]) -> HTML
    ) async throws -> Answer {
        let uid = try visit.uid("unit")
        let typed = try visit.form()
        let unit = try await visit.read { try $0.find(uid, may: ability) }
        do {
            let changed = try await visit.write { store, now in
                var form = UnitForm(typed, store: store)
                return try body(store, uid, &form, now)
            }
            return visit.redirect(to: "/units/\(uid)", flash: Message(flash, ["name": .text(changed.name)]))
        } catch {
            return try await visit.refused(error, typed) { view(unit, $0, $1) }
        }
    }
}

extension Visit {
    /// Reads units as the viewer of this visit.
    func read<T: Sendable>(_ body: @escaping @Sendable (UnitStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(UnitStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes units as the viewer of this visit.
    func write<T: Sendable>(_ body: @escaping @Sendable (UnitStore, Instant) throws -> T) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in
            try UnitStore.queue(tx)
            return try body(UnitStore(tx: tx, viewer: viewer, today: today), now)
        }
    }
}

/// What the list page is asked for.
struct UnitListRequest: Sendable {
    let filter: UnitFilter
    /// The day that the list is about: today unless asked otherwise.
    let day: Day
    /// Set when the day was asked for.
    let askedDay: Day?
    let page: PageRequest
    /// Nothing is searched for or left out: the figures of the whole registry stand above the list.
    var isWhole: Bool { filter.isOfKindsOnly && filter.kind == nil && filter.level == nil && askedDay == nil }

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        filter = UnitFilter(&query)
        askedDay = query.day("on", required: false)
        day = askedDay ?? visit.today
        try query.problems.check()
        let parts = UnitQuery(viewer: visit.viewer, filter: filter, day: day, parent: nil).keys.count
        page = try visit.listRequest(cursorParts: parts)
    }
}

struct UnitList: Sendable {
    let page: Page<UnitRow>
    let parent: UnitRow?
    let counts: [(kind: UnitKind, count: Int)]
    let mayCreate: Bool
}
