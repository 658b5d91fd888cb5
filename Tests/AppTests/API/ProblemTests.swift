import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// RFC 9457, in the caller's language; and the same refusals on pages, where nothing typed is lost.
@Suite struct ProblemTests {
    @Test(arguments: ["vi", "en"]) func everyProblemHasOneShape(_ language: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let headers: HTTPFields = [.acceptLanguage: language]
            let program = try world.api(as: .leader)
            let unknown = UID.new(at: World.start)
            let replies = [
                (401, try await world.api(as: nil).get("/api/v1/units", headers: headers)),
                (403, try await program.send(.post, "/api/v1/people", json: ["name": "x"], headers: headers)),
                (404, try await program.get("/api/v1/units/\(unknown)", headers: headers)),
                (404, try await program.get("/api/v1/nothing", headers: headers)),
                (405, try await program.send(.delete, "/api/v1/units", headers: headers)),
                (422, try await program.get("/api/v1/units?limit=0", headers: headers)),
            ]
            for (status, reply) in replies {
                #expect(reply.status == status)
                #expect(reply.header("Content-Type") == "application/problem+json")
                let json = reply.json
                #expect(json["type"] as? String == "about:blank")
                #expect(json["status"] as? Int == status)
                let title = json["title"] as? String ?? "", detail = json["detail"] as? String ?? ""
                #expect(!title.isEmpty && !title.contains("error."), "\(title)")
                #expect(!detail.isEmpty && !detail.contains("error."), "\(detail)")
                #expect((json["instance"] as? String)?.hasPrefix("urn:uuid:") == true)
                #expect((status == 422) == (json["errors"] != nil))
            }
            let notFound = replies[2].1.json["title"] as? String
            #expect(
                notFound == world.services.catalogue.text("error.404.title", language == "vi" ? .vietnamese : .english))
        }
    }

    /// Of a token the header comes first, then what its person has chosen; of a browser what was chosen comes first.
    @Test(arguments: Engine.allCases) func aProgramIsAnsweredInTheLanguageItAsksFor(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            try await world.services.database.write { tx in try tx.run("UPDATE account SET language = 'en'") }
            let path = "/api/v1/units/\(UID.new(at: World.start))", program = try world.api(as: .leader)
            func title(_ language: Language) -> String { world.services.catalogue.text("error.404.title", language) }
            let answers: [(HTTPFields, Language)] = [
                ([.acceptLanguage: "vi"], .vietnamese), ([.acceptLanguage: "en"], .english), ([:], .english),
                ([.acceptLanguage: "pl"], .english),
            ]
            for (headers, language) in answers {
                #expect(try await program.get(path, headers: headers).json["title"] as? String == title(language))
            }
            let page = try await world.browser(as: .leader).get(
                "/units/\(UID.new(at: World.start))", headers: [.acceptLanguage: "vi"])
            #expect(page.text.contains(title(.english)))
        }
    }

    @Test func aRefusedFormKeepsWhatWasTyped() async throws {
        try await World.with(.sqlite) { world async throws in
            let browser = try world.browser(as: .administrator)
            let reply = try await browser.post(
                "/units",
                [
                    "kind": "department", "name": "Phòng <Lạ> & \"Mới\"", "name_en": "Strange",
                    "parent": "không có đâu",
                    "from": "31/02/2026", "secrecy": "internal", "basis": "Quyết định 99/QĐ", "latitude": "abc",
                ])
            #expect(reply.status == 422)
            for typed in [
                "Phòng &lt;Lạ&gt; &amp; ", "Strange", "không có đâu", "31/02/2026", "Quyết định 99/QĐ", "abc",
            ] {
                #expect(reply.text.contains(typed), "\(typed) is lost")
            }
            #expect(!reply.text.contains("<Lạ>"))
            #expect(reply.text.contains("aria-invalid=\"true\""))
        }
    }

    @Test(arguments: ["/units", "/people"]) func aFormWithAFieldTwiceNamesIt(_ path: String) async throws {
        try await World.with(.sqlite) { world async throws in
            let browser = try world.browser(as: .administrator)
            let reply = try await browser.post(
                path, form: [("name", "Một"), ("name", "Hai"), ("from", world.today.text)])
            #expect(reply.status == 422)
            #expect(reply.text.contains("aria-invalid=\"true\""))
        }
    }
}
