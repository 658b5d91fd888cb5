import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct FailuresTests {
    @Test(arguments: [
        (AppError.notFound, 404), (.forbidden(Message("x")), 403), (.unauthenticated, 401), (.confirmationNeeded, 403),
        (.staleForm, 403),
        (.malformed(Message("x")), 400), (.invalid([]), 422), (.conflict(Message("x")), 409),
        (.stale(Message("x")), 412),
        (.preconditionRequired, 428), (.tooLarge(limit: 1), 413), (.tooMany(retryAfter: .seconds(3)), 429),
        (.unavailable(retryAfter: .seconds(3)), 503), (.methodNotAllowed([]), 405),
        (.unsupportedMediaType(wanted: "x"), 415), (.requestTimeout, 408),
    ])
    func everyErrorHasItsStatus(_ error: AppError, _ status: Int) {
        #expect(Failures.describe(error).status.code == status)
    }

    @Test(arguments: [
        (StorageError.unique("x"), 409), (.foreignKey("x"), 409), (.check("x"), 422), (.notNull("x"), 422),
        (.busy("x"), 503), (.timeout, 503), (.cancelled, 503), (.unavailable("x"), 503), (.disk("x"), 503),
        (.decoding("x"), 500), (.migration("x"), 500),
        (.other(code: "1", message: "x"), 500),
    ])
    func everyFailureOfTheDatabaseHasItsStatus(_ error: StorageError, _ status: Int) {
        let failure = Failures.describe(error)
        #expect(failure.status.code == status)
        #expect((failure.retryAfter != nil) == (status == 503))
    }

    @Test(arguments: Language.allCases) func everyStatusHasItsWords(_ language: Language) throws {
        let catalogue = try Catalogue.load(from: World.repository.appending(path: "Resources"))
        for status in [400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 428, 429, 500, 503] {
            for part in ["title", "text", "next"] {
                let key = "error.\(status).\(part)"
                #expect(catalogue.text(key, language) != key, "\(key) has no words in \(language)")
            }
        }
    }

    /// What went wrong inside is for the log: neither page nor JSON tells it.
    @Test func anUnexpectedErrorTellsNothingButItsNumber() async throws {
        struct Inner: Error { let secret = "mật khẩu của cơ sở dữ liệu" }
        let routes: [Route] = [
            .get("/broken", for: .everyone) { _ in throw Inner() },
            Route(.get, "/api/broken", for: .everyone) { _ in
                throw StorageError.other(code: "1", message: "secret table")
            },
        ]
        try await World.with(.sqlite, extraRoutes: routes) { world async throws in
            let page = try await world.browser().get("/broken")
            #expect(page.status == 500)
            #expect(!page.text.contains("mật khẩu") && !page.text.contains("Inner"))
            let json = try await world.door.send(.get, "/api/broken")
            #expect(json.status == 500)
            #expect(!json.text.contains("secret"))
            #expect((json.json["instance"] as? String)?.hasPrefix("urn:uuid:") == true)
            #expect(json.header("Cache-Control") == "no-store")
        }
    }

    @Test func whoeverMustWaitIsToldHowLong() async throws {
        let routes: [Route] = [
            .get("/busy", for: .everyone) { _ in throw AppError.unavailable(retryAfter: .milliseconds(300)) },
            .get("/often", for: .everyone) { _ in throw AppError.tooMany(retryAfter: .seconds(61)) },
            .get("/locked", for: .everyone) { _ in throw StorageError.busy("x") },
        ]
        try await World.with(.sqlite, extraRoutes: routes) { world async throws in
            let browser = try world.browser()
            #expect(try await browser.get("/busy").header("Retry-After") == "1")
            #expect(try await browser.get("/often").header("Retry-After") == "61")
            #expect(try await browser.get("/often").status == 429)
            #expect(try await browser.get("/locked").header("Retry-After") != nil)
        }
    }

    /// Whoever comes second is led to the record, which shows what the first has done.
    @Test func aConflictLeadsToTheRecord() async throws {
        let routes: [Route] = [
            .post("/gone/{gap}/settlement", for: .everyone) { _ in throw AppError.conflict(Message("error.taken")) }
        ]
        try await World.with(.sqlite, extraRoutes: routes) { world in
            let uid = UID.new(at: Instant(milliseconds: 0)).text
            let reply = try await world.browser(as: .member).post("/gone/\(uid)/settlement", [:])
            #expect(reply.status == 409)
            #expect(reply.text.contains("href=\"/gone/\(uid)\""))
        }
    }

    /// What was typed comes back to be mended, and the list without it is a link away.
    @Test func aConditionThatCannotBeReadComesBackWithWhatWasTyped() async throws {
        try await World.with(.sqlite) { world in
            let reply = try await world.browser(as: .member).get("/documents?year=25&q=abc")
            #expect(reply.status == 422)
            #expect(reply.text.contains("value=\"25\"") && !reply.text.contains("year:"))
            #expect(reply.text.contains("1945") && !reply.text.contains("1.945"))
            #expect(reply.text.contains("href=\"/documents\">Bỏ các điều kiện này"))
            // For programs it is the name.
            let problem = try await world.api(as: .member).get("/api/v1/documents?year=25")
            #expect(problem.status == 422 && problem.text.contains("\"year\""))
        }
    }
}
