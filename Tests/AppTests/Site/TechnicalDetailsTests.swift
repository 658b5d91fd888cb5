import Storage
import TestSupport
import Testing

@testable import App

/// Hashes and degrees are there for whoever wants them, and in nobody's way.
@Suite struct TechnicalDetailsTests {
    /// The page without what is folded away, and that.
    private func parts(_ reply: Reply) -> (open: String, folded: String) {
        let details = /<details class="technical">.*?<\/details>/
        return (
            reply.text.replacing(details, with: ""), reply.text.matches(of: details).map { String($0.output) }.joined()
        )
    }

    @Test(arguments: Engine.allCases) func degreesOfAUnitAreFoldedAway(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let page = parts(try await world.browser(as: .member).get("/units/\(try world.uid(.quyNhon))"))
            #expect(page.folded.contains("13,772") && page.folded.contains("Thông tin kỹ thuật"))
            #expect(!page.open.contains("13,772"))
            let body = parts(try await world.browser(as: .member).get("/units/\(try world.uid(.science))"))
            #expect(body.folded.isEmpty, "nothing to fold, no fold")
        }
    }

    @Test(arguments: Engine.allCases) func hashesOfFilesAreFoldedAway(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let table = """
                sign,type,issuer,title,issued_on
                71/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch nhập,2026-02-01
                """
            let file = MultipartForm.File("van-ban.csv", Array(table.utf8))
            let taken = parts(try await office.upload("/documents/import", files: [file]))
            let hash = try #require(taken.folded.firstMatch(of: /[0-9a-f]{64}/)?.output)
            #expect(!taken.open.contains(hash) && taken.open.contains("van-ban.csv"))
            let events = parts(try await office.get("/events?verb=imported"))
            #expect(events.folded.contains(hash) && !events.open.contains(hash) && events.open.contains("van-ban.csv"))
        }
    }
}
