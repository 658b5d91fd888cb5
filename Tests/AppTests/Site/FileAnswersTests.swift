import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct FileAnswersTests {
    private static let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    /// A world whose `/trial` sends a kept file, shown when the query says so.
    private func with(_ body: (World, String) async throws -> Void) async throws {
        let sha256 = HexText.of(SHA256Text.digest(FileAnswersTests.content))
        let route = Route.get("/trial") { visit in
            try visit.file(
                FileDownload(
                    name: "Báo cáo \"Đề án\".pdf", mediaType: "application/pdf", size: FileAnswersTests.content.count,
                    sha256: sha256, isShown: visit.query["show"] == "1"))
        }
        try await World.with(.sqlite, extraRoutes: [route]) { world async throws in
            let file = try world.services.files.begin()
            try await world.services.files.write(FileAnswersTests.content, to: file)
            #expect(file.sha256() == sha256)
            try await world.services.files.keep(
                ReceivedFile(field: "file", name: "x", file: file, size: file.size, sha256: sha256))
            try await body(world, sha256)
        }
    }

    @Test func theBytesComeWholeWithTheirLengthAndNothingRunsInThem() async throws {
        try await with { world, sha256 in
            let reply = try await world.browser(as: .leader).get("/trial")
            #expect(reply.status == 200 && reply.bytes == FileAnswersTests.content)
            #expect(reply.header("ETag") == "\"\(sha256.prefix(32))\"")
            #expect(reply.header("Content-Type") == "application/pdf")
            #expect(reply.header("X-Content-Type-Options") == "nosniff")
            #expect(reply.header("Content-Security-Policy")?.hasPrefix("sandbox;") == true)
            #expect(reply.header("Cache-Control") == "private, no-cache")
            #expect(reply.header("Content-Encoding") == nil)
            #expect(
                reply.header("Content-Disposition")
                    == "attachment; filename=\"Bao cao _De an_.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%22%C4%90%E1%BB%81%20%C3%A1n%22.pdf"
            )
            let shown = try await world.browser(as: .leader).get("/trial?show=1")
            #expect(shown.header("Content-Disposition")?.hasPrefix("inline; ") == true)
        }
    }

    @Test func anUnchangedFileIsNotSentAgainAndHeadHasItsLength() async throws {
        try await with { world, _ in
            let browser = try world.browser(as: .leader)
            let tag = try #require(try await browser.get("/trial").header("ETag"))
            let again = try await browser.get("/trial", headers: [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.bytes.isEmpty)
            let head = try await browser.send(.head, "/trial")
            #expect(head.status == 200 && head.bytes.isEmpty)
            #expect(head.header("Content-Length") == String(FileAnswersTests.content.count))
        }
    }

    @Test func bytesThatAreGoneAreNoCrash() async throws {
        try await with { world, sha256 in
            try FileManager.default.removeItem(at: world.services.files.url(sha256))
            #expect(try await world.browser(as: .leader).get("/trial").status == 503)
        }
    }

    @Test func aNameCannotEndTheHeader() {
        let text = ContentDisposition.text("a\r\nX: y\\\"%;.txt", isShown: false)
        #expect(text == "attachment; filename=\"a__X: y___;.txt\"; filename*=UTF-8''a%0D%0AX%3A%20y%5C%22%25%3B.txt")
    }
}
