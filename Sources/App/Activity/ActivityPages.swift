import HTTPTypes
import Hummingbird
import Storage

/// The list of what was done in one's scope, its file, and the state of the audit chain.
struct ActivityPages {
    /// Rows in a file.
    static let exportLimit = 5_000

    var routes: [Route] {
        [.get("/events", index), .get("/events.csv", export), .get("/audit", audit)]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let query: EventQuery
        let request: PageRequest
        do {
            query = try EventQuery(visit.query, clock: visit.services.clock)
            request = try visit.listRequest(cursorParts: 1)
        } catch AppError.invalid(let problems) {
            return visit.html(
                refusedEventsPage(visit.page, visit.query, problems), status: .unprocessableContent)
        }
        let (events, audit) = try await visit.database.read { tx in
            let store = ActivityStore(tx: tx, viewer: visit.viewer, today: visit.today)
            return (try store.recent(query.filter, page: request), try visit.viewer.administersAll(in: tx))
        }
        return visit.html(
            eventsPage(visit.page, events, query, isFirst: request.after == nil, audit: audit))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let query = try EventQuery(visit.query, clock: visit.services.clock)
        let text = try await visit.database.read { tx in
            try EventExport(store: ActivityStore(tx: tx, viewer: visit.viewer, today: visit.today))
                .csv(query.filter, limit: ActivityPages.exportLimit)
        }
        return visit.csv(name: "events.csv", text)
    }

    func audit(_ visit: Visit) async throws -> Answer {
        let state = try await visit.database.read { tx in
            guard try visit.viewer.administersAll(in: tx) else {
                throw AppError.forbidden(Message("activity.audit_forbidden"))
            }
            return try AuditState(tx: tx, now: visit.now)
        }
        let files = AuditFiles(dataFolder: visit.services.configuration.dataFolder)
        return visit.html(auditPage(visit.page, state, checkpoint: try files.newest()))
    }
}
