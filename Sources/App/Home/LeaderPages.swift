import Hummingbird
import Storage

/// What a head looks at: what is late, whose it is, what waits for a decision.
struct LeaderPages {
    var routes: [Route] {
        [
            .get("/leader", show),
            Route(.get, "/api/v1/leader", operation: LeaderOperations.leader, json),
            .get("/leader/acts", acts),
            Route(.get, "/api/v1/leader/acts", operation: LeaderOperations.acts, actsJSON),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        visit.html(leaderPage(try await read(visit), visit.page))
    }

    func json(_ visit: Visit) async throws -> Answer {
        visit.json(LeaderBody(leader: try await read(visit), day: visit.today))
    }

    func acts(_ visit: Visit) async throws -> Answer {
        let (acts, request) = try await readActs(visit)
        return visit.html(leaderActsPage(acts, after: request.after, visit.page))
    }

    func actsJSON(_ visit: Visit) async throws -> Answer {
        visit.json(try await readActs(visit).0.page.map(TaskActDoneBody.init))
    }

    private func readActs(_ visit: Visit) async throws -> (LeaderActs, PageRequest) {
        var query = visit.query
        let asked = LeaderActsRequest(&query, today: visit.today)
        try query.problems.check()
        let request = try visit.listRequest(cursorParts: TaskStore.actCursorParts)
        return (try await visit.tasks { try $0.leaderActs(asked, page: request) }, request)
    }

    private func read(_ visit: Visit) async throws -> Leader {
        var query = visit.query
        let asked = LeaderRequest(&query, today: visit.today)
        try query.problems.check()
        return try await visit.tasks { try $0.leader(asked) }
    }
}
