import HTTPTypes
import Storage

/// Saved views of the list of tasks, for people.
struct SavedViewPages {
    var routes: [Route] {
        [
            .get("/tasks/views", index),
            .get("/tasks/views/new", new),
            .post("/tasks/views", save),
            .get("/tasks/views/{view}", edit),
            .post("/tasks/views/{view}", change),
            .post("/tasks/views/{view}/default", preset),
            .post("/tasks/views/{view}/removal", remove),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        visit.html(savedViewsPage(visit.page, try await visit.readViews { try $0.list() }))
    }

    /// Of the list that was on the screen: its filters stand in the address.
    func new(_ visit: Visit) async throws -> Answer {
        var query = Fields(raw: visit.query.raw)
        let filter = TaskFilter(&query)
        try query.problems.check()
        let typed = Fields(raw: ["query": filter.queryText])
        return visit.html(savedViewForm(visit.page, nil, typed, try await said(typed, visit)))
    }

    func save(_ visit: Visit) async throws -> Answer {
        var fields = try visit.form()
        do {
            let draft = SavedViewDraft(&fields)
            try fields.problems.check()
            let view = try await visit.changeViews { store, now in try store.save(draft, at: now) }
            return visit.redirect(to: view.href, flash: Message("saved-view.saved", ["name": .text(view.name)]))
        } catch {
            let said = try await said(fields, visit)
            return try visit.refused(error) { savedViewForm(visit.page, nil, fields, said, $0) }
        }
    }

    func edit(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        let view = try await visit.readViews { try $0.find(uid) }
        let fields = Fields(raw: [
            "name": view.name, "query": view.query, "is_shared": view.isShared ? "1" : "",
            "is_default": view.isDefault ? "1" : "", "version": String(view.version),
        ])
        return visit.html(savedViewForm(visit.page, view, fields, try await said(fields, visit)))
    }

    func change(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        var fields = try visit.form()
        let view = try await visit.readViews { try $0.find(uid) }
        do {
            let draft = SavedViewDraft(&fields)
            let seen = fields.integer("version", in: 1...Int(Int32.max), required: false)
            try fields.problems.check()
            let changed = try await visit.changeViews { store, now in
                try store.change(uid, draft, seen: seen, at: now)
            }
            return visit.redirect(
                to: "/tasks/views", flash: Message("saved-view.saved", ["name": .text(changed.name)]))
        } catch {
            let said = try await said(fields, visit)
            return try await visit.refused(error, fields) { savedViewForm(visit.page, view, $0, said, $1) }
        }
    }

    /// What is saved, in words.
    private func said(_ typed: Fields, _ visit: Visit) async throws -> TaskFilterWords {
        var asked = SavedViewDraft.fields(of: typed["query"])
        let (filter, page) = (TaskFilter(&asked), visit.page)
        return try await visit.tasks { try TaskFilterWords(filter, $0, page) }
    }

    func preset(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        let isOn = try visit.form()["on"] != "0"
        let view = try await visit.changeViews { store, now in try store.preset(uid, isOn, at: now) }
        let key = isOn ? "saved-view.preset" : "saved-view.unset"
        return visit.redirect(to: "/tasks/views", flash: Message(key, ["name": .text(view.name)]))
    }

    func remove(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("view")
        try await visit.changeViews { store, now in try store.remove(uid, at: now) }
        return visit.redirect(to: "/tasks/views", flash: Message("saved-view.removed"))
    }
}

extension Visit {
    /// Reads saved views as the viewer of this visit.
    func readViews<T: Sendable>(_ body: @escaping @Sendable (SavedViewStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(SavedViewStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes saved views as the viewer of this visit.
    func changeViews<T: Sendable>(
        _ body: @escaping @Sendable (SavedViewStore, Instant) throws -> T
    ) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in try body(SavedViewStore(tx: tx, viewer: viewer, today: today), now) }
    }
}
