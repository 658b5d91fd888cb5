public import Storage

/// What the command line writes: the words of a language, without a page around them.
public struct CoverageOutput {
    private let store: CoverageStore
    private let page: PageContext

    public init(tx: Transaction, viewer: Viewer, services: Services, language: Language) {
        let today = services.clock.today()
        store = CoverageStore(tx: tx, viewer: viewer, today: today)
        page = PageContext(
            language: language, catalogue: services.catalogue, viewer: viewer, clock: services.clock, today: today,
            location: "", csrf: "", flash: nil, assetVersion: "")
    }

    /// Each document that requires something, whatever page it stands on.
    public func eachSummary(_ body: (CoverageSummary) -> Void) throws {
        var after: Cursor?
        repeat {
            let page = try store.overview(page: PageRequest(after: after, limit: 200))
            page.items.forEach(body)
            after = page.next
        } while after != nil
    }

    /// The matrix as a table: one line for each unit and requirement.
    public func csv(_ document: UID, _ filter: CoverageFilter) throws -> String {
        try CoverageExport(store: store, page: page).csv(document, filter)
    }

    public func reminder(_ document: UID, onlyLate: Bool, by: Day?) throws -> String {
        let reminder = try store.reminder(document, onlyLate: onlyLate, by: by)
        return ReminderText(reminder: reminder, page: page).text
    }

    /// Makes the draft of a dispatch out of the reminder, as the words say.
    public func draftReminder(of document: UID, typed body: TypedBody, at now: Instant) throws -> DocumentRow {
        var form = ReminderDraftForm(try body.fields(CoverageOperations.reminderMembers), store: store)
        return try store.draftReminder(of: document, &form, page, at: now)
    }
}
