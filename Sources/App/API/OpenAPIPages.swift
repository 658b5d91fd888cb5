import HTTPTypes

/// The description of the API, for programs and for those who write them.
struct OpenAPIPages {
    private static let document = OpenAPI.document(Routes.all).text

    var routes: [Route] { [.get("/api/openapi.json", for: .everyone, document)] }

    func document(_ visit: Visit) async throws -> Answer {
        Answer(
            headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
            text: OpenAPIPages.document)
    }
}
