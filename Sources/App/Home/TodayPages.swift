import Hummingbird
import Storage

/// One page of what is to be done: what somebody with an old laptop opens in the morning.
struct TodayPages {
    var routes: [Route] {
        [
            .get("/today", show),
            Route(.get, "/api/v1/today", operation: LeaderOperations.today, json),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let today = try await visit.tasks { try Today($0, limit: TodayViews.shown) }
        return visit.html(todayPage(today, visit.page))
    }

    func json(_ visit: Visit) async throws -> Answer {
        let today = try await visit.tasks { store in
            let read = try Today(store, limit: TodayViews.shown)
            return Today(tasks: try store.tagged(read.tasks), duties: read.duties)
        }
        return visit.json(TodayBody(today: today, day: visit.today))
    }
}
