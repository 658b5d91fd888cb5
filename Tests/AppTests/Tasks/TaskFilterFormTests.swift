import Storage
import TestSupport
import Testing

@testable import App

/// The questions above the list of tasks.
@Suite struct TaskFilterFormTests {
    @Test(arguments: Engine.allCases) func whatIsAskedSeldomIsFoldedAwayUntilItIsUsed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat), unit = try world.uid(.science)
            let document = try world.documents(.science).issued
            let often = [
                "", "?schedule=overdue", "?mine=1&order=title", "?key=1&q=a", "?unit=\(unit)", "?state=declared",
            ]
            let seldom = [
                "?tag=a", "?period=2026-12", "?due_from=2026-01-01", "?due_to=2026-12-31", "?waiting=1", "?verifying=1",
                "?unit=\(unit)&led=1", "?document=\(document)",
            ]
            for (asked, isOpen) in often.map({ ($0, false) }) + seldom.map({ ($0, true) }) {
                let page = try await browser.get("/tasks\(asked)")
                #expect(page.status == 200, "\(asked)")
                #expect(page.text.contains("<details class=\"more\" open>") == isOpen, "\(asked)")
                #expect(page.text.contains("<details class=\"more\">") != isOpen, "\(asked)")
            }
        }
    }

    /// What cannot be read is mended where it was asked; whatever else was asked goes along.
    @Test(arguments: Engine.allCases) func aWrongValueComesBackToBeMended(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            let wrong = [
                ("/tasks", "period", "2027Q9"), ("/tasks", "due_from", "2027-13-01"), ("/tasks", "person", "Không ai"),
                ("/leader", "since", "hom-qua"), ("/people", "sort", "<b>"), ("/units", "kind", "x"),
            ]
            for (path, field, typed) in wrong {
                let address = URLText.link(path, ["q": "kế hoạch", field: typed, "after": "x"])
                let page = try await browser.get(address)
                #expect(page.status == 422, "\(address)")
                let shown: HTML = "name=\"\(field)\""
                #expect(page.text.contains("<form class=\"filters\" method=\"get\" action=\"\(path)\">"), "\(address)")
                #expect(page.text.contains(shown.text) && page.text.contains("aria-invalid=\"true\""), "\(address)")
                let value: HTML = "value=\"\(typed)\""
                #expect(page.text.contains(value.text), "\(address)")
                #expect(page.text.contains("<input type=\"hidden\" name=\"q\" value=\"kế hoạch\">"), "\(address)")
                #expect(!page.text.contains("name=\"after\""), "\(address)")
            }
        }
    }
}
