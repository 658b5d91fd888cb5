import Storage
import TestSupport
import Testing

@testable import App

/// A restricted document is for the people that it names, and for offices that are trusted with restricted papers.
@Suite struct DocumentReaderTests {
    private static let title = "Phương án bảo vệ hệ thống"

    private func restricted(
        _ world: DocumentWorld, _ place: Place = .science, secrecy: Secrecy = .restricted
    ) async throws -> DocumentRow {
        try await world.register(
            place, place == .science ? "71/KH-SKHCN" : "71/KH-UBND", .plan, on: "2026-02-01", title: Self.title,
            secrecy: secrecy)
    }

    private func name(_ world: DocumentWorld, _ who: Who, _ row: DocumentRow, as viewer: Who? = nil) async throws {
        let (office, now) = (try world.world.office(who), world.now)
        _ = try await world.act(as: viewer) { try $0.name(reader: office, of: row.uid, seen: nil, at: now) }
    }

    private func knows(_ world: DocumentWorld, _ who: Who, _ row: DocumentRow) async throws -> Bool {
        try await world.act(as: who) { try ifKnown($0.find(row.uid)) != nil }
    }

    /// Page, list, count, search, export, history and API: whoever is named has all of it, a colleague has nothing.
    @Test(arguments: Engine.allCases) func whoeverIsNamedKnowsOfItEverywhere(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await restricted(world)
            for who in [Who.member, .secretariat] { #expect(try await !knows(world, who, row), "\(who)") }
            try await name(world, .member, row)
            for (who, isNamed) in [(Who.member, true), (.secretariat, false), (.leader, false), (.department, false)] {
                #expect(try await knows(world, who, row) == isNamed, "\(who)")
                #expect(try await world.names(as: who).contains(row.name) == isNamed, "\(who)")
                #expect(try await world.names(as: who) { $0.text = "phuong an bao ve" } == (isNamed ? [row.name] : []))
                let found = try await world.world.search("phương án bảo vệ", as: try await world.world.viewer(who))
                #expect(found.total == (isNamed ? 1 : 0), "\(who)")
                let browser = try world.world.browser(as: who), api = try world.world.api(as: who)
                #expect(try await browser.get(row.href).status == (isNamed ? 200 : 404))
                #expect(try await api.get("/api/v1\(row.href)").status == (isNamed ? 200 : 404))
                for path in ["/documents", "/documents.csv", "/events", "/"] {
                    let text = try await browser.get(path).text
                    #expect(isNamed || !text.contains(Self.title) && !text.contains(row.name), "\(who) \(path)")
                }
            }
            let office = try world.world.office(.member), now = world.now
            _ = try await world.act { try $0.unname(reader: office, of: row.uid, seen: nil, at: now) }
            #expect(try await !knows(world, .member, row))
            let wrong = try await world.act { store in
                try DocumentMap(tx: store.tx).differences().filter { $0.missing + $0.surplus > 0 }.count
            }
            #expect(wrong == 0)
        }
    }

    /// An ended office names nobody, and whoever has it next is named with it.
    @Test(arguments: Engine.allCases) func theOfficeKnowsAndNotThePerson(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await restricted(world)
            try await name(world, .member, row)
            #expect(try await knows(world, .member, row))
            let (office, today) = (try world.world.office(.member), world.today)
            try await world.world.database.write { tx in
                _ = try tx.run("UPDATE office SET to_day = \(today) WHERE uid = \(office)")
            }
            #expect(try await !knows(world, .member, row))
            let told = await world.refusal {
                try await name(world, .member, try await restricted(world, .committee))
            }
            #expect(told == ["office document.error.office_over"])
        }
    }

    /// A right up to restricted tells of the own unit's restricted papers; one up to internal does not.
    @Test(arguments: Engine.allCases) func anOfficeThatIsTrustedReadsItsUnitsPapers(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await restricted(world), draft = try await world.draft(.science, "Dự thảo kín", sign: "SKHCN")
            let (science, now, today) = (try world.world.id(.science), world.now, world.today)
            let office = try world.world.office(.department)
            try await world.world.database.write { tx in
                try tx.run("UPDATE document SET secrecy = 2 WHERE id = \(draft.document.id)")
                try DocumentMap(tx: tx).refresh(draft.document.id)
            }
            for paper in [row, draft] { #expect(try await !knows(world, .department, paper)) }
            try await world.world.database.write { tx in
                _ = try PersonStore(tx: tx, viewer: .system("test"), today: today).grant(
                    office: office, role: .member, hierarchy: .territory, unit: science, ceiling: .restricted,
                    from: today, at: now)
            }
            for paper in [row, draft] { #expect(try await knows(world, .department, paper)) }
            try await name(world, .supervisor, draft)
            #expect(try await knows(world, .supervisor, draft), "a draft names people too")
            #expect(try await !knows(world, .supervisor, row))
        }
    }

    @Test(arguments: Engine.allCases) func whoKeepsTheDocumentNamesPeopleAndNobodyElse(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let inside = try await restricted(world, secrecy: .internal)
            try await name(world, .member, inside, as: .secretariat)
            await world.refuses(["forbidden"]) { try await name(world, .focal, inside, as: .member) }
            await world.refuses(["office document.error.reader_named"]) {
                try await name(world, .member, inside, as: .secretariat)
            }
            let elsewhere = try world.world.staff(.otherCommittee).office, now = world.now
            await world.refuses(["office document.error.office_unknown"]) {
                _ = try await world.act(as: .secretariat) {
                    try $0.name(reader: elsewhere, of: inside.uid, seen: nil, at: now)
                }
            }
            let open = try await world.register(
                .science, "72/KH-SKHCN", .plan, on: "2026-02-01", secrecy: .public)
            await world.refuses(["conflict document.error.reader_public"]) {
                try await name(world, .member, open, as: .secretariat)
            }
            await world.refuses(["stale"]) {
                let office = try world.world.office(.focal)
                _ = try await world.act { try $0.name(reader: office, of: inside.uid, seen: 99, at: now) }
            }
            let event = try await world.act(as: .secretariat) { try $0.history(of: inside).items.first }
            #expect(event?.after["reader"]?.contains("Chức vụ member") == true)
        }
    }

    /// From the page of the document through both steps of the form, and back.
    @Test(arguments: Engine.allCases) func theFormNamesAndTheButtonTakesBack(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await restricted(world), office = try world.world.office(.member)
            let browser = try world.world.browser(as: .root)
            let page = try await browser.get(row.href).text
            #expect(page.contains("Chưa chỉ định ai.") && page.contains("\(row.href)/readers/new"))
            let form = try await browser.get("\(row.href)/readers/new?unit=\(try world.world.uid(.science))").text
            #expect(form.contains("value=\"\(office)\""))
            let version = ("version", "\(row.document.version)")
            let wrong = try await browser.post(
                "\(row.href)/readers", form: [version, ("unit", try world.world.uid(.science).text), ("office", "x")])
            #expect(wrong.status == 422 && wrong.text.contains("id=\"f-office-reason\""))
            let done = try await browser.post("\(row.href)/readers", form: [version, ("office", office.text)])
            #expect(done.status == 303)
            #expect(try await browser.get(row.href).text.contains("Chức vụ member"))
            let json = try await world.world.api(as: .root).get("/api/v1\(row.href)").json
            let readers = try #require(json["readers"] as? [[String: Any]])
            #expect(readers.map { $0["office"] as? String } == [office.text])
            #expect(try await browser.post("\(row.href)/readers/\(office)/removal", form: []).status == 303)
            #expect(try await browser.get(row.href).text.contains("Chưa chỉ định ai."))
        }
    }
}
