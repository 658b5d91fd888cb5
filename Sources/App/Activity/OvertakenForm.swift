import HTTPTypes
import Storage

/// Two people at one record: whoever comes later gets their form back with what they typed, with what was done since
/// they opened it, and with the present version, so that sending it again is their decision and no second refusal.
///
/// The one place where a form of a version is made anew: every form with a hidden `version` comes back through it.
extension Visit {
    /// As ``refused(_:_:)``; `view` gets what was typed, moved on to the present version where others were faster.
    /// `now`: where the record stands, for an act that is not possible any more because of what was done to it.
    func refused(
        _ error: any Error, _ typed: Fields, now record: (subject: Subject, version: Int)? = nil,
        _ view: (Fields, [Problem]) -> HTML
    ) async throws -> Answer {
        switch error as? AppError {
        case .stale(let message, let since)?:
            guard let since else { return html(view(typed, [Problem("", message)]), status: .conflict) }
            return html(view(try await overtaken(typed, since), [Problem("", message)]), status: .conflict)
        case .conflict(let message)?:
            return html(view(try await known(typed, record), [Problem("", message)]), status: .conflict)
        default: return try refused(error) { view(typed, $0) }
        }
    }

    /// The form as it comes back after somebody else was faster. `isPossible`: it can be sent again.
    func overtaken(_ typed: Fields, _ since: Overtaken, isPossible: Bool = true) async throws -> Fields {
        let (viewer, today) = (viewer, today)
        let events = try await database.read { tx in
            try ActivityStore(tx: tx, viewer: viewer, today: today).events(since: since)
        }
        return typed.moved(
            to: since.present, after: OvertakenForm.meanwhile(events, isPossible: isPossible, page))
    }

    /// The version that was seen stands in the form itself.
    private func known(_ typed: Fields, _ record: (subject: Subject, version: Int)?) async throws -> Fields {
        guard let record, let seen = Int(typed[Fields.version]), seen < record.version else { return typed }
        let since = Overtaken(subject: record.subject, seen: seen, present: record.version)
        return try await overtaken(typed, since, isPossible: false)
    }
}

extension ActivityStore {
    /// So many are shown at most: who was away for longer looks at the record.
    private static let shownSince = 5

    /// What was done to the record since the version that was seen, as far as the viewer may know, newest first: each
    /// version has its event.
    func events(since: Overtaken) throws -> [EventRow] {
        let (versions, isLost) = since.present.subtractingReportingOverflow(since.seen)
        guard let subject = since.subject, !isLost, versions > 0 else { return [] }
        let wanted = min(versions, ActivityStore.shownSince)
        let newest = try history(of: subject, page: PageRequest(after: nil, limit: wanted * 2)).items
        var counted = 0
        return newest.prefix { event in
            guard counted < wanted else { return false }
            counted += OvertakenForm.countsVersion(event) ? 1 : 0
            return true
        }
    }
}

enum OvertakenForm {
    /// Opinions and files of a document come beside what it says and leave its version alone.
    static func countsVersion(_ event: EventRow) -> Bool {
        let beside: [Event.Verb] = [.asked, .opined, .answered, .attached, .detached, .attachmentWithdrawn]
        return event.kind != .document || !beside.contains { $0 == event.verb }
    }

    static func meanwhile(_ events: [EventRow], isPossible: Bool, _ page: PageContext) -> HTML {
        let acts: HTML =
            events.isEmpty
            ? .empty
            : """
            <p><b>\(page.t("site.form.meanwhile"))</b></p>\
            \(timeline(events.map { EventViews.item($0, page, subject: false) }))
            """
        let anew: HTML = isPossible ? "<p>\(page.t("site.form.anew"))</p>" : .empty
        return acts.isEmpty && anew.isEmpty ? .empty : notice(.accent, acts + anew)
    }
}
