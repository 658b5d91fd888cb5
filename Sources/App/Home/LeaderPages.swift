import Hummingbird
import Storage

/// What a head looks at: what is late, whose it is, what waits for a decision.
struct LeaderPages {
    var routes: [Route] {
        [
            .get("/leader", show),
            Route(.get, "/api/v1/leader", operation: LeaderOperations.leader, json),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        visit.html(leaderPage(try await read(visit), visit.page))
    }

    func json(_ visit: Visit) async throws -> Answer {
        visit.json(LeaderBody(leader: try await read(visit), day: visit.today))
    }

    private func read(_ visit: Visit) async throws -> Leader {
        var query = visit.query
        let asked = LeaderRequest(&query, today: visit.today)
        try query.problems.check()
        return try await visit.tasks { try $0.leader(asked) }
    }
}
