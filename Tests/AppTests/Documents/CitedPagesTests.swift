import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Decisions that are written as text lead to the registry, on every page that shows them.
@Suite struct CitedPagesTests {
    private static let text = "Quyết định 5/QĐ-UBND ngày 03/02/2026"

    /// Everything that is written in words names the same document.
    private func write(_ world: World) async throws {
        try await world.database.write { tx in
            for statement: SQL in [
                "UPDATE office SET decision = \(Self.text)", "UPDATE delegation SET authority = \(Self.text)",
                "UPDATE committee_seat SET decision = \(Self.text)",
                "UPDATE committee_organ SET decision = \(Self.text)",
                "UPDATE committee_paper SET reference = \(Self.text)",
                "UPDATE unit_version SET basis = \(Self.text)", "UPDATE gap SET reason = \(Self.text)",
            ] { try tx.run(statement) }
        }
    }

    private func count(_ what: String, in page: String) -> Int { page.components(separatedBy: what).count - 1 }

    @Test(arguments: Engine.allCases) func everyPageLeadsToWhatItNames(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { documents in
            let world = documents.world
            let own = try await documents.register(.committee, "5/QĐ-UBND", .decision, on: "2026-02-03")
            try await write(world)
            let unit = try world.uid(.science)
            let pages = [
                "/people/\(try world.staff(.science).person)", "/units/\(unit)", "/units/\(unit)/offices",
                "/committees/\(try world.committee(.provinceSteering).committee)", "/gaps/\(try world.gap(.science))",
            ]
            let browser = try world.browser(as: .secretariat)
            let link = "<a href=\"/documents/\(own.uid)\">5/QĐ-UBND</a> ngày 03/02/2026"
            for page in pages {
                let reply = try await browser.get(page)
                #expect(reply.status == 200 && reply.text.contains(link), "\(page)")
                #expect(!reply.text.contains("\u{FFFC}") && !reply.text.contains("⟦"), "\(page)")
            }
            let person = try await browser.get(pages[0]).text
            #expect(count(link, in: person) >= 2 && person.contains("\(link). "), "office and delegation")
            // The decision of the checklist, the list of papers, the seats, the organ.
            #expect(count(link, in: try await browser.get(pages[3]).text) >= 5)
            let account = try await world.browser(as: .acting).get("/account").text
            #expect(account.contains(Self.text) != account.contains(link))
        }
    }

    /// A document that the viewer may not know of, and one of which there are two, is a text as before.
    @Test(arguments: Engine.allCases) func whatIsHiddenOrDoubtfulStaysText(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { documents in
            let world = documents.world
            let hidden = try await documents.register(.otherCommittee, "5/QĐ-UBND", .decision, on: "2026-02-03")
            try await write(world)
            let path = "/committees/\(try world.committee(.provinceSteering).committee)"
            let seen = try await world.browser(as: .secretariat).get(path).text
            #expect(seen.contains(Self.text) && !seen.contains("/documents/\(hidden.uid)"))
            #expect(try await world.browser(as: .root).get(path).text.contains("/documents/\(hidden.uid)"))
            _ = try await documents.register(.committee, "5/QĐ-UBND", .decision, on: "2026-02-03")
            let doubtful = try await world.browser(as: .root).get(path).text
            #expect(doubtful.contains(Self.text) && !doubtful.contains("/documents/\(hidden.uid)"))
        }
    }
}
