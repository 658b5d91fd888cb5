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
}
