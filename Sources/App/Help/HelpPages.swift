import HTTPTypes

/// The guide inside the product, in the language of the reader, also for whoever cannot sign in.
struct HelpPages {
    var routes: [Route] {
        [
            .get("/help", for: .everyone, index),
            .get("/help/{page}", for: .everyone, show),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        visit.html(helpIndex(visit.services.guide.pages(in: visit.language), visit.page))
    }

    func show(_ visit: Visit) async throws -> Answer {
        let name = visit.parameters["page"] ?? ""
        guard let found = visit.services.guide.page(name, in: visit.language) else { throw AppError.notFound }
        return visit.html(helpPage(found, visit.page))
    }
}
