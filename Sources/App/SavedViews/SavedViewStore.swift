import Storage

/// A person's saved views, and those that are shared in the unit of the office in use.
struct SavedViewStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    /// Own ones and shared ones, by name: every page of the list shows them.
    func list() throws -> [SavedView] { try known().map { try views($0) } ?? [] }

    /// Throws ``AppError/notFound`` also for what is somebody else's and not shared with this office.
    func find(_ uid: UID) throws -> SavedView {
        guard let known = known(), let view = try views("v.uid = \(uid) AND \(known)").first else {
            throw AppError.notFound
        }
        return view
    }

    @discardableResult
    func save(_ draft: SavedViewDraft, at now: Instant) throws -> SavedView {
        let me = try person()
        let count = try tx.first("SELECT COUNT(*) FROM saved_view WHERE person_id = \(me)")?.int(0) ?? 0
        guard count < SavedView.most else {
            throw AppError.invalid([Problem("name", "saved-view.too_many", ["max": .number(SavedView.most)])])
        }
        try check(draft, besides: nil)
        let uid = UID.new(at: now), unit = viewer.office.map(\.unit.sqlValue) ?? .null
        try tx.run(
            """
            INSERT INTO saved_view (uid, person_id, unit_id, name, name_fold, name_key, query, is_shared, version)
            VALUES (\(uid), \(me), \(unit), \(draft.name), \(TextFold.fold(draft.name)),
                \(SortKey.vietnamese(draft.name)), \(draft.query), \(draft.isShared), 1)
            """)
        if draft.isDefault { try setDefault(uid, true) }
        try record(["view": draft.name], at: now)
        return try find(uid)
    }

    @discardableResult
    func change(_ uid: UID, _ draft: SavedViewDraft, seen: Int?, at now: Instant) throws -> SavedView {
        let view = try own(uid)
        try Overtaken.check(seen, against: view.version, of: nil, "error.stale")
        try check(draft, besides: uid)
        let unit = viewer.office.map(\.unit.sqlValue) ?? .null
        // A view goes on being offered where it was, unless it is offered anew.
        let place: SQL = draft.isShared && !view.isShared ? ", unit_id = \(unit)" : ""
        try tx.run(
            """
            UPDATE saved_view SET name = \(draft.name), name_fold = \(TextFold.fold(draft.name)),
            name_key = \(SortKey.vietnamese(draft.name)), query = \(draft.query), is_shared = \(draft.isShared),
            version = version + 1\(place) WHERE uid = \(uid)
            """)
        if draft.isDefault != view.isDefault { try setDefault(uid, draft.isDefault) }
        try record(["view": draft.name], at: now)
        return try find(uid)
    }

    func remove(_ uid: UID, at now: Instant) throws {
        let view = try own(uid)
        try tx.run(
            "DELETE FROM saved_view_default WHERE view_id IN (SELECT id FROM saved_view WHERE uid = \(uid))")
        try tx.run("DELETE FROM saved_view WHERE uid = \(uid)")
        try record(before: ["view": view.name], [:], at: now)
    }

    /// An own view, or one that is shared with the office in use: what the list begins with is each reader's matter.
    @discardableResult
    func preset(_ uid: UID, _ isOn: Bool, at now: Instant) throws -> SavedView {
        let view = try find(uid)
        try setDefault(uid, isOn)
        let said = ["default_view": view.name]
        try record(before: isOn ? [:] : said, isOn ? said : [:], at: now)
        return try find(uid)
    }

    // MARK: - Pieces

    /// Which views this viewer may know of; nil for whoever is nobody.
    private func known() -> SQL? {
        guard let me = viewer.personID else { return nil }
        guard let unit = viewer.office?.unit else { return "v.person_id = \(me)" }
        return "(v.person_id = \(me) OR (v.unit_id = \(unit) AND v.is_shared = 1))"
    }

    private func views(_ which: SQL) throws -> [SavedView] {
        let me = viewer.personID?.value ?? 0
        return try tx.all(
            """
            SELECT v.uid, v.name, v.query, v.is_shared, v.person_id, d.person_id, v.version FROM saved_view v
            LEFT JOIN saved_view_default d ON d.view_id = v.id AND d.person_id = \(me)
            WHERE \(which) ORDER BY CASE WHEN v.person_id = \(me) THEN 0 ELSE 1 END, v.name_key, v.id
            LIMIT \(3 * SavedView.most)
            """
        ).map { row in
            SavedView(
                uid: try row.uid(0), name: try row.text(1), query: try row.text(2), isShared: try row.bool(3),
                isOwn: try row.int64(4) == me, isDefault: try !row.isNull(5), version: try row.int(6))
        }
    }

    private func person() throws(AppError) -> ID<Person> {
        guard let me = viewer.personID else { throw .forbidden(Message("saved-view.forbidden")) }
        return me
    }

    private func own(_ uid: UID) throws -> SavedView {
        let view = try find(uid)
        guard view.isOwn else { throw AppError.forbidden(Message("saved-view.not_own")) }
        return view
    }

    private func check(_ draft: SavedViewDraft, besides uid: UID?) throws {
        var found = Validation()
        let me = try person()
        if TextFold.words(draft.name).isEmpty { found.add("name", "field.missing") }
        let twin = try tx.first(
            "SELECT uid FROM saved_view WHERE person_id = \(me) AND name_fold = \(TextFold.fold(draft.name))")
        if let twin, try twin.uid(0) != uid { found.add("name", "saved-view.name_taken") }
        if draft.isShared, viewer.office == nil { found.add("is_shared", "saved-view.no_office") }
        try found.check()
    }

    private func setDefault(_ uid: UID, _ isOn: Bool) throws {
        let me = try person()
        guard isOn else {
            try tx.run(
                """
                DELETE FROM saved_view_default WHERE person_id = \(me)
                AND view_id IN (SELECT id FROM saved_view WHERE uid = \(uid))
                """)
            return
        }
        try tx.run("DELETE FROM saved_view_default WHERE person_id = \(me)")
        try tx.run(
            """
            INSERT INTO saved_view_default (person_id, view_id)
            VALUES (\(me), (SELECT id FROM saved_view WHERE uid = \(uid)))
            """)
    }

    /// A setting of the account: known to whoever made it and to those who administer it.
    private func record(before: [String: String] = [:], _ after: [String: String], at now: Instant) throws {
        guard let me = viewer.personID, let row = try tx.first("SELECT uid FROM person WHERE id = \(me)") else {
            return
        }
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                .changed, Subject(.account, id: me.value, uid: try row.uid(0)), unit: viewer.office?.unit,
                before: before, after: after), at: now)
    }
}
