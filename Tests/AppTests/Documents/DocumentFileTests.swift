import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentFileTests {
    private func file(_ text: String, _ name: String = "phu-luc.txt") -> MultipartForm.File {
        MultipartForm.File(name, Array(text.utf8))
    }

    /// Where the page of a document says that its newest file is.
    private func newest(_ browser: Browser, _ document: UID) async throws -> String {
        let text = try await browser.get("/documents/\(document)").text
        let links = text.matches(of: /href="(\/documents\/[0-9a-f-]+\/files\/[0-9a-f-]{36})"/)
        return String(try #require(links.last).output.1)
    }

    @Test(arguments: Engine.allCases) func aFileIsAddedReadAndWithdrawn(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let issued = try world.documents(.science).issued, path = "/documents/\(issued)"
            let keeper = try world.browser(as: .secretariat), reader = try world.browser(as: .member)
            _ = try await keeper.get("\(path)/files/new")
            #expect(try await keeper.upload("\(path)/files", files: [file("Phụ lục số một")]).status == 303)
            let link = try await newest(keeper, issued)
            #expect(try await reader.get(link).text == "Phụ lục số một")
            #expect(try await world.browser(as: .nobody).get(link).status == 404)
            // A file belongs to one document.
            let other = link.replacing(issued.text, with: try world.documents(.science).basis.text)
            #expect(try await keeper.get(other).status == 404)
            _ = try await reader.get(path)
            #expect(try await reader.upload("\(path)/files", files: [file("Khác")]).status == 403)

            _ = try await keeper.get("\(link)/removal/new")
            #expect(try await keeper.post("\(link)/removal").status == 422)
            #expect(try await keeper.post("\(link)/removal", ["reason": "Nhầm bản"]).status == 303)
            let page = try await keeper.get(path).text
            #expect(page.contains("Nhầm bản") && page.contains("phu-luc.txt"))
        }
    }

    @Test(arguments: Engine.allCases) func theFileOfADraftIsGoneForGood(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let draft = try world.documents(.science).draft
            let keeper = try world.browser(as: .secretariat)
            _ = try await keeper.get("/documents/\(draft)/files/new")
            #expect(try await keeper.upload("/documents/\(draft)/files", files: [file("Nháp")]).status == 303)
            let link = try await newest(keeper, draft)
            // Of a draft below the province a focal person knows nothing.
            let ward = try world.documents(.wardCommittee).draft
            let hidden = link.replacing(draft.text, with: ward.text)
            #expect(try await world.browser(as: .focal).get(hidden).status == 404)
            #expect(try await keeper.post("\(link)/removal").status == 303)
            #expect(try await keeper.get(link).status == 404)
        }
    }

    @Test func ofAStateSecretThereIsNoFile() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            var draft = DocumentDraft(type: .report, issuer: try world.world.uid(.committee), title: "")
            draft.secrecy = .restricted
            var paper = DocumentRegistration(draft: draft, sign: "7/BC-UBND", issuedOn: try world.day("2026-02-01"))
            (paper.isReference, paper.holder) = (true, "Văn phòng")
            let (reference, now) = (paper, world.now)
            let row = try await world.act { try $0.register(reference, at: now) }
            let browser = try world.world.browser(as: .root)
            #expect(try await browser.get("/documents/\(row.uid)").status == 200)
            #expect(try await browser.get("/documents/\(row.uid)/files/new").status == 409)
            #expect(try await browser.upload("/documents/\(row.uid)/files", files: [file("mật")]).status == 409)
        }
    }

    @Test(arguments: Engine.allCases) func wordsOfAFileFindItsDocumentForWhoMayKnowOfIt(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let issued = try world.world.documents(.wardCommittee).issued
            let keeper = try world.world.browser(as: .secretariat)
            _ = try await keeper.get("/documents/\(issued)/files/new")
            let sent = try await keeper.upload(
                "/documents/\(issued)/files", files: [file("Lộ trình phủ sóng 5G toàn phường")])
            #expect(sent.status == 303)
            let runner = JobRunner(world.world.services)
            for job in JobList.all(world.world.services) { try await runner.runIfDue(job) }
            for (who, expected) in [(Who.focal, ["05/KH-UBND"]), (.nobody, []), (.root, ["05/KH-UBND"])] {
                let found = try await world.names(as: who) { ($0.text, $0.isInFiles) = ("phu song 5g", true) }
                #expect(found == expected, "\(who.rawValue)")
            }
            #expect(try await world.names { ($0.text, $0.isInFiles) = ("phu song 5g", true) } == ["05/KH-UBND"])
            #expect(try await world.names(as: .focal) { $0.text = "phu song 5g" } == [])
        }
    }

    @Test(arguments: Engine.allCases) func aProgramSendsFilesToo(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let issued = try world.documents(.science).issued, path = "/api/v1/documents/\(issued)/files"
            let api = try world.api(as: .secretariat)
            let made = try await api.send(
                .post, path, headers: [.contentType: MultipartForm.contentType],
                body: MultipartForm([], files: [file("Qua API")]).bytes)
            #expect(made.status == 201, "\(made.text)")
            let item = try #require((made.json["items"] as? [[String: Any]])?.first)
            let bytes = try await api.get(try #require(item["href"] as? String))
            #expect(bytes.text == "Qua API")
            let list = try await api.get(path)
            #expect((list.json["items"] as? [[String: Any]])?.count == 2)
        }
    }
}
