import Hummingbird
import Storage

/// The first page after signing in.
struct HomePages {
    var routes: [Route] { [.get("/", show)] }

    func show(_ visit: Visit) async throws -> Answer {
        let home = try await visit.database.read { tx in
            try HomeStore(
                tx: tx, viewer: visit.viewer, today: visit.today, now: visit.now, dots: visit.services.dots
            ).read()
        }
        return visit.html(homePage(visit.page, home))
    }
}
