import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The pages and the API through the door.
@Suite struct DocumentPagesTests {
    @Test(arguments: Engine.allCases) func aDraftIsMadeIssuedAndWithdrawn(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            let form = try await browser.get("/documents/new?issuer=\(try world.uid(.science))")
            #expect(form.text.contains("data-chosen=\"Sở Khoa học và Công nghệ Gia Lai\""))
            // As in the last document of this issuer.
            #expect(form.text.contains("value=\"SKHCN\""))
            let made = try await browser.post(
                "/documents",
                [
                    "type": "plan", "issuer": "Sở Khoa học và Công nghệ Gia Lai", "title": "Kế hoạch mới",
                    "numbering": "state", "issuer_sign": "SKHCN", "secrecy": "internal", "implements": "01/QĐ-SKHCN",
                ])
            let path = try #require(made.location)
            #expect(made.status == 303, "\(made.text.prefix(500))")
            let draft = try await browser.get(path)
            #expect(draft.text.contains("Kế hoạch mới") && draft.text.contains("06/KH-SKHCN"))
            let issued = try await browser.post("\(path)/issue", ["issued_on": "22/11/2026", "version": "1"])
            #expect(issued.status == 303)
            let page = try await browser.get(path)
            #expect(page.text.contains("Kế hoạch 06/KH-SKHCN") && page.text.contains("Còn hiệu lực"))
            let withdrawn = try await browser.post(
                "\(path)/withdrawal", ["on": "22/11/2026", "reason": "Nhầm số liệu"])
            #expect(withdrawn.status == 303)
            #expect(try await browser.get(path).text.contains("Nhầm số liệu"))
        }
    }

    @Test func aRefusedFormComesBackAsItWasTyped() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .secretariat)
            let reply = try await browser.post(
                "/documents/registrations",
                [
                    "sign": "57-NQ", "type": "plan", "issuer": "Sở Khoa học và Công nghệ Gia Lai", "title": "Đã gõ dài",
                    "issued_on": "31/02/2026", "secrecy": "internal", "signer_title": "Giám đốc",
                ])
            #expect(reply.status == 422)
            for part in ["57-NQ", "Đã gõ dài", "31/02/2026", "Giám đốc", "data-chosen=\"Sở Khoa học"] {
                #expect(reply.text.contains(part), "\(part)")
            }
            #expect(!reply.text.contains("⟦"))
        }
    }

    @Test func anOldVersionIsToldAndNothingTypedIsLost() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .secretariat)
            let path = "/documents/\(try world.documents(.science).draft)"
            let fields: KeyValuePairs = [
                "type": "plan", "issuer": "Sở Khoa học và Công nghệ Gia Lai", "title": "Tên mới", "numbering": "state",
                "issuer_sign": "SKHCN", "secrecy": "internal", "version": "1",
            ]
            #expect(try await browser.post("\(path)/facts", fields).status == 303)
            let second = try await browser.post("\(path)/facts", fields)
            #expect(second.status == 409 && second.text.contains("Tên mới"))
        }
    }

    @Test func theListIsExportedInTheWordsOfThePerson() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .administrator)
            let file = try await browser.get("/documents.csv?type=plan&state=issued")
            #expect(file.header("Content-Disposition")?.contains("documents-2026-11-22.csv") == true)
            #expect(file.text.contains("05/KH-SKHCN,Kế hoạch,") && !file.text.contains("05/KH-BCĐTW"))
            #expect(file.text.split(separator: "\r\n").count == 3, "\(file.text)")
        }
    }

    @Test func everyPageHasItsWordsInBothLanguages() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .root)
            let set = try world.documents(.science), one = "/documents/\(set.issued)", draft = "/documents/\(set.draft)"
            for language in ["vi", "en"] {
                for path in [
                    "/documents", "/documents?q=khong+co", "/documents?type=plan&sort=title", "/documents/new",
                    "/documents/registrations/new", one, "\(one)/history", "\(one)/cascade",
                    "/documents/\(set.basis)/cascade", "\(one)/links/new", "\(one)/text/edit", "\(one)/recipients/new",
                    "\(one)/withdrawal/new", "\(one)/paragraphs/III.2", "\(one)/facts/edit", draft,
                    "\(draft)/cascade", "\(draft)/facts/edit", "\(draft)/issue/new", "\(draft)/opinions/new",
                    "\(draft)/opinions/new?unit=\(try world.uid(.science))", "\(draft)/opinions/\(set.opinion)",
                    "/events?kind=document",
                ] {
                    let reply = try await browser.get(path, headers: [.acceptLanguage: language])
                    #expect(reply.status == 200 && !reply.text.contains("⟦"), "\(language) \(path)")
                    #expect(reply.bytes.count < 100_000, "\(path): \(reply.bytes.count)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func theAPISaysTheSame(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .secretariat)
            let made = try await api.send(
                .post, "/api/v1/documents/registrations",
                json: [
                    "sign": "88/kh-skhcn", "type": "plan", "issuer": try world.uid(.science).text,
                    "title": "Qua API", "issued_on": "2026-03-01", "secrecy": "public",
                ])
            #expect(made.status == 201, "\(made.text)")
            let path = try #require(made.location)
            #expect(made.json["sign"] as? String == "88/KH-SKHCN" && made.json["series"] as? String == "2026")
            let set = try world.documents(.science)
            let linked = try await api.send(
                .post, "\(path)/links", json: ["kind": "implements", "document": "01/QĐ-SKHCN"], ifMatch: 1)
            #expect(linked.status == 201, "\(linked.text)")
            let cascade = try await api.get("\(path)/cascade")
            #expect((cascade.json["nodes"] as? [[String: Any]])?.count == 2)
            let stale = try await api.send(
                .delete, "\(path)/links/implements/\(set.basis)", json: [:], ifMatch: 1)
            #expect(stale.status == 412)
            let removed = try await api.send(.delete, "\(path)/links/implements/\(set.basis)", json: [:], ifMatch: 2)
            #expect(removed.status == 200)
            let found = try await api.get("/api/v1/documents?q=88%2FKH-SKHCN")
            let item = try #require((found.json["items"] as? [[String: Any]])?.first)
            #expect(item["name"] as? String == "88/KH-SKHCN" && item["issuer_name"] as? String != nil)
            let unknown = try await api.send(
                .post, "\(path)/links", json: ["kind": "implements", "document": "99/KH-UBND", "x": "y"], ifMatch: 3)
            #expect(unknown.status == 422 && unknown.text.contains("field.unknown_name"))
        }
    }
}
