import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Files that nobody should send to a document, by the form and by the API.
@Suite struct DocumentBadFileTests {
    private struct Case: Sendable {
        let file: MultipartForm.File
        /// What both answers say, in Vietnamese.
        let told: [String]
    }

    private static let cases: [Case] = {
        var bomb = TestFiles.docx(["x"])
        bomb.add("word/media/image.bin", [UInt8](repeating: 0, count: 30 << 20))
        return [
            Case(
                file: MultipartForm.File("bom.docx", bomb.bytes),
                told: ["bom.docx", "tệp nén phình to bất thường khi mở"]),
            Case(
                file: MultipartForm.File("to-trinh.pdf", TestFiles.docx(["x"]).bytes),
                told: ["to-trinh.pdf", "có đuôi .pdf nhưng nội dung là"]),
            Case(
                file: MultipartForm.File("anh.png", Array("<html><script>alert(1)</script>".utf8)),
                told: ["anh.png", "Không nhận tệp"]),
        ]
    }()

    /// How many files documents have, and how many bytes wait in the store.
    private func stored(_ world: World) async throws -> Int {
        try await world.database.read { tx in
            try tx.first("SELECT COUNT(*) FROM attachment WHERE subject_kind = 'document'")?.int(0) ?? 0
        }
    }

    @Test(arguments: Engine.allCases) func whatItIsNotIsRefusedByNameAndLeavesNothing(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let path = "/documents/\(try world.documents(.science).issued)/files"
            let keeper = try world.browser(as: .secretariat), api = try world.api(as: .secretariat)
            let before = try await stored(world)
            for bad in Self.cases {
                _ = try await keeper.get(path + "/new")
                let page = try await keeper.upload(path, files: [bad.file])
                let answer = try await api.send(
                    .post, "/api/v1" + path,
                    headers: [.contentType: MultipartForm.contentType, .acceptLanguage: "vi"],
                    body: MultipartForm([], files: [bad.file]).bytes)
                #expect(page.status == 422 && answer.status == 422, "\(bad.file.name)")
                for words in bad.told {
                    #expect(page.text.contains(words), "\(words)")
                    #expect(answer.text.contains(words), "\(words) is missing in \(answer.text)")
                }
                #expect(!world.services.files.has(HexText.of(SHA256Text.digest(bad.file.bytes))), "\(bad.file.name)")
            }
            #expect(try await stored(world) == before)
        }
    }

    @Test(arguments: Engine.allCases) func aNameThatClimbsIsOnlyAName(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let issued = try world.documents(.science).issued, path = "/documents/\(issued)/files"
            let keeper = try world.browser(as: .secretariat), api = try world.api(as: .secretariat)
            for (index, name) in ["../../x.txt", "..\\..\\x.txt", "/etc/x.txt", "%2e%2e%2fx.txt"].enumerated() {
                _ = try await keeper.get(path + "/new")
                let file = MultipartForm.File(name, Array("Nội dung \(index)".utf8))
                #expect(try await keeper.upload(path, files: [file]).status == 303, "\(name)")
            }
            let items = try #require(try await api.get("/api/v1" + path).json["items"] as? [[String: Any]])
            let names = items.compactMap { $0["name"] as? String }
            #expect(names.suffix(4).prefix(3) == ["x.txt", "x.txt", "x.txt"])
            #expect(names.allSatisfy { !$0.contains("/") && !$0.contains("\\") && !$0.hasPrefix(".") }, "\(names)")
            let href = try #require(items.last?["href"] as? String)
            let bytes = try await api.get(href)
            #expect(bytes.text == "Nội dung 3")
            #expect(bytes.header("Content-Disposition")?.contains("/") == false)
        }
    }

    @Test(arguments: Engine.allCases) func twoGigabytesAreRefusedBeforeTheyCome(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let path = "/documents/\(try world.documents(.science).issued)/files"
            let keeper = try world.browser(as: .secretariat), api = try world.api(as: .secretariat)
            let before = try await stored(world)
            _ = try await keeper.get(path + "/new")
            let page = try await keeper.upload(path, files: [], headers: [.contentLength: "2147483648"])
            #expect(page.status == 413 && page.text.contains("200 MiB"))
            let answer = try await api.send(
                .post, "/api/v1" + path,
                headers: [
                    .contentType: MultipartForm.contentType, .contentLength: "2147483648", .acceptLanguage: "vi",
                ])
            #expect(answer.status == 413 && answer.text.contains("200 MiB"), "\(answer.text)")
            #expect(try await stored(world) == before)
            // Whoever may not give files to it hears that, not how large one may be.
            let reader = try world.browser(as: .member)
            _ = try await reader.get("/documents")
            let refused = try await reader.upload(path, files: [], headers: [.contentLength: "2147483648"])
            #expect(!refused.text.contains("Phụ lục"))
            #expect([403, 413].contains(refused.status))
        }
    }
}
