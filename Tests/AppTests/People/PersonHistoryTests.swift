import App
import Storage
import TestSupport
import Testing

@Suite struct PersonHistoryTests {
    @Test(arguments: Engine.allCases) func thePageShowsTheNewestAndLeadsToTheRest(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science), (now, today) = (world.clock.now, world.today)
            try await world.database.write { tx in
                let store = PersonStore(tx: tx, viewer: .system("test"), today: today)
                for number in 1...25 { _ = try store.rename(staff.person, to: "Tên Thứ \(number)", at: now) }
            }
            let browser = try world.browser(as: .administrator), path = "/people/\(staff.person)"
            let page = try await browser.get(path)
            #expect(page.text.contains("href=\"\(path)/history\""), "the rest is not linked")
            #expect(page.text.contains("Tên Thứ 25") && !page.text.contains("<ins>Tên Thứ 2</ins>"))
            let whole = try await browser.get("\(path)/history")
            #expect(whole.status == 200 && whole.text.contains("Lịch sử của Tên Thứ 25"))
            #expect(whole.text.contains("<ins>Tên Thứ 2</ins>") && !whole.text.contains("⟦"))
            // Offices and rights are part of it.
            #expect(whole.text.contains("Trưởng phòng science"))
            #expect(try await world.browser(as: .leader).get("\(path)/history").status == 200)
        }
    }

    @Test(arguments: Engine.allCases) func aProgramWalksThroughIt(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let api = try world.api(as: .administrator), path = "/api/v1/people/\(staff.person)/history"
            let whole = (try await api.get(path).json["items"] as? [[String: Any]] ?? []).compactMap {
                $0["uid"] as? String
            }
            #expect(whole.count > 2)
            var walked: [String] = [], after = ""
            repeat {
                let page = try await api.get("\(path)?limit=2\(after)").json
                walked += (page["items"] as? [[String: Any]] ?? []).compactMap { $0["uid"] as? String }
                after = (page["next"] as? String).map { "&after=\($0)" } ?? ""
            } while !after.isEmpty && walked.count < 200
            #expect(walked == whole)
            #expect(try await api.get("\(path)?limit=0").status == 422)
            #expect(
                try await api.get("/api/v1/people/\(try world.staff(.communeCommittee).person)/history").status == 404)
        }
    }
}
