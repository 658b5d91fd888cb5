import HTTPTypes
import Storage

/// What machines ask for: is it alive, how is it doing, the style sheets.
struct SystemPages {
    var routes: [Route] {
        [
            .get("/health", for: .unidentified, health),
            .get("/metrics", for: .unidentified, metrics),
            .get("/assets/{version}/{file}", for: .unidentified, asset),
            .get("/favicon.ico", for: .unidentified, icon),
            .get("/robots.txt", for: .unidentified, robots),
        ]
    }

    /// 200 when the database answers; a failure becomes 503 on the usual way.
    func health(_ visit: Visit) async throws -> Answer {
        _ = try await visit.database.read { tx in try tx.first("SELECT 1 FROM installation") }
        return visit.json(.object([("status", "ok"), ("engine", .text(visit.database.engine.rawValue))]))
            .with(.cacheControl, "no-store")
    }

    /// For a collector on this machine only: the figures tell what people work on.
    func metrics(_ visit: Visit) async throws -> Answer {
        guard ["127.0.0.1", "::1"].contains(visit.address) else { throw AppError.notFound }
        return Answer(
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            text: visit.services.metrics.text())
    }

    /// The version in the path changes with the files, so a browser may keep them for good.
    func asset(_ visit: Visit) async throws -> Answer {
        guard let file = visit.services.assets.file(visit.parameters["file"] ?? "") else { throw AppError.notFound }
        let isCurrent = visit.parameters["version"] == visit.services.assets.version
        return Answer(
            headers: [
                .contentType: file.contentType,
                .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
            ],
            bytes: file.bytes, gzipped: file.gzip)
    }

    func icon(_ visit: Visit) async throws -> Answer {
        Answer(status: .movedPermanently, headers: [.location: "/assets/\(visit.services.assets.version)/favicon.svg"])
    }

    func robots(_ visit: Visit) async throws -> Answer {
        Answer(headers: [.contentType: "text/plain; charset=utf-8"], text: "User-agent: *\nDisallow: /\n")
    }
}
