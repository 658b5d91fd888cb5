import HTTPTypes
import Storage

/// Who has concretised what, for people: looking. What is done to a requirement stands in ``RequirementPages``.
struct CoveragePages {
    var routes: [Route] {
        [
            .get("/coverage", overview),
            .get("/documents/{document}/coverage", matrix),
            .get("/documents/{document}/coverage.csv", export),
            .get("/documents/{document}/coverage/map", map),
            .get("/documents/{document}/coverage/reminder", reminder),
            .get("/documents/{document}/coverage/reminder.txt", reminderFile),
            .post("/documents/{document}/coverage/reminders", draftReminder),
            .get("/units/{unit}/requirements", unit),
        ]
    }

    func overview(_ visit: Visit) async throws -> Answer {
        let request = try visit.listRequest(cursorParts: CoverageStore.overviewParts)
        let (page, mayRequire) = try await visit.coverage { store in
            (try store.overview(page: request), store.mayRequireSomewhere())
        }
        return visit.html(
            coverageOverview(page, isFirst: request.after == nil, mayRequire: mayRequire, visit.page))
    }

    func matrix(_ visit: Visit) async throws -> Answer {
        let asked = try CoverageRequest(visit)
        let (matrix, below) = try await visit.coverage { store in
            (
                try store.matrix(asked.document, asked.filter, page: asked.page),
                try asked.filter.below.map { try store.units.find($0).name }
            )
        }
        return visit.html(coveragePage(matrix, asked, below: below, visit.page))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try CoverageRequest(visit)
        let page = visit.page
        let text = try await visit.coverage {
            try CoverageExport(store: $0, page: page).csv(asked.document, asked.filter)
        }
        return visit.csv(name: "coverage-\(visit.today.text).csv", text)
    }

    func map(_ visit: Visit) async throws -> Answer {
        let asked = try CoverageRequest(visit)
        let map = try await visit.coverage { try $0.coverageMap(asked.document, asked.filter) }
        return visit.html(coverageMapPage(map, asked, visit.page))
    }

    func reminder(_ visit: Visit) async throws -> Answer {
        let asked = try ReminderRequest(visit, visit.query)
        let (reminder, mayDraft) = try await asked.read(visit)
        return visit.html(reminderPage(reminder, asked, mayDraft: mayDraft, Fields(), [], visit.page))
    }

    func reminderFile(_ visit: Visit) async throws -> Answer {
        let asked = try ReminderRequest(visit, visit.query)
        let (reminder, _) = try await asked.read(visit)
        return Answer(
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"reminder-\(visit.today.text).txt\"",
            ],
            // The mark tells old editors that the text is UTF-8.
            text: CSVWriter.byteOrderMark + ReminderText(reminder: reminder, page: visit.page).text + "\n")
    }

    func draftReminder(_ visit: Visit) async throws -> Answer {
        let typed = try visit.form()
        let asked = try ReminderRequest(visit, typed)
        let page = visit.page
        do {
            let draft = try await visit.changeCoverage { store, now in
                try store.requireMayRequireSomewhere(of: asked.document)
                var form = ReminderDraftForm(typed, store: store)
                return try store.draftReminder(of: asked.document, &form, page, at: now)
            }
            return visit.redirect(
                to: draft.href, flash: Message("reminder.flash.drafted", ["name": .text(draft.name)]))
        } catch {
            guard error is AppError else { throw error }
            let (reminder, mayDraft) = try await asked.read(visit)
            return try visit.refused(error) {
                reminderPage(reminder, asked, mayDraft: mayDraft, typed, $0, visit.page)
            }
        }
    }

    func unit(_ visit: Visit) async throws -> Answer {
        let asked = try UnitDutiesRequest(visit)
        let (unit, page) = try await visit.coverage {
            try $0.duties(of: asked.unit, state: asked.state, page: asked.page)
        }
        return visit.html(unitDutiesPage(unit, page, asked, visit.page))
    }
}

extension Visit {
    /// Reads requirements and duties as the viewer of this visit.
    func coverage<T: Sendable>(_ body: @escaping @Sendable (CoverageStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(CoverageStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Changes requirements as the viewer of this visit, one writer after the other.
    func changeCoverage<T: Sendable>(
        _ body: @escaping @Sendable (CoverageStore, Instant) throws -> T
    ) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in
            try CoverageStore.queue(tx)
            return try body(CoverageStore(tx: tx, viewer: viewer, today: today), now)
        }
    }
}

/// What a matrix, its map, its file and its API are asked for.
struct CoverageRequest: Sendable {
    let document: UID
    let filter: CoverageFilter
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        document = try visit.uid("document")
        var query = visit.query
        filter = CoverageFilter(&query)
        try query.problems.check()
        page = try visit.listRequest(cursorParts: CoverageQuery.cursorParts)
    }
}

/// Of whom a reminder is asked for.
struct ReminderRequest: Sendable {
    let document: UID
    let requirement: UID?
    let onlyLate: Bool
    let by: Day?

    /// From a query or from a form.
    init(_ visit: Visit, _ fields: Fields) throws(AppError) {
        var fields = fields
        self.init(of: try visit.uid("document"), &fields)
        try fields.problems.check()
    }

    /// What is wrong with the fields stays with them.
    init(of document: UID, _ fields: inout Fields) {
        self.document = document
        requirement = fields.uid("requirement", required: false)
        onlyLate = ["1", "true"].contains(fields["late"])
        by = fields.day("by", required: false)
    }

    /// The reminder, and whether the viewer may make a draft of it.
    func read(_ visit: Visit) async throws -> (CoverageReminder, Bool) {
        try await visit.coverage { store in
            (
                try store.reminder(document, requirement: requirement, onlyLate: onlyLate, by: by),
                store.mayRequireSomewhere()
            )
        }
    }
}

/// Whose duties are asked for, and which.
struct UnitDutiesRequest: Sendable {
    let unit: UID
    /// Nil: all.
    let state: CoverageFilter.State?
    let page: PageRequest

    /// What `state` says for all of them; without it, those that are missing.
    static let all = "all"

    init(_ visit: Visit) throws(AppError) {
        unit = try visit.uid("unit")
        var query = visit.query
        if query["state"] == UnitDutiesRequest.all {
            state = nil
        } else {
            state = query.choice("state", required: false) ?? .missing
        }
        try query.problems.check()
        page = try visit.listRequest(cursorParts: CoverageStore.dutyParts)
    }
}
