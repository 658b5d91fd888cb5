import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The page of the day and the page of a head.
@Suite struct LeaderPagesTests {
    @Test(arguments: Engine.allCases) func everyPartOfTheDayHasItsTasks(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let late = try await tasks.issued {
                $0.title = "Việc đã quá hạn"
                $0.deadline = .day(tasks.today.adding(days: -1))
            }
            let week = try await tasks.issued {
                $0.title = "Việc của tuần này"
                $0.deadline = .day(tasks.today.adding(days: 7))
            }
            let far = try await tasks.issued { $0.title = "Việc hạn còn xa" }
            for task in [late, week, far] { try await tasks.does(.accept, task.uid, as: tasks.performer.viewer) }
            let back = try await tasks.issued { $0.title = "Việc bị trả lại" }
            try await tasks.declared(back.uid)
            try await tasks.does(.return, back.uid, as: tasks.secretariat)
            let new = try await tasks.issued { $0.title = "Việc mới giao" }
            let done = try await tasks.issued { $0.title = "Việc đã báo xong" }
            try await tasks.declared(done.uid)
            let refused = try await tasks.issued { $0.title = "Việc không nhận" }
            try await tasks.does(.refuse, refused.uid, as: tasks.performer.viewer)
            let (now, later) = (tasks.now, tasks.due.adding(days: 5))
            _ = try await tasks.act(as: tasks.performer.viewer) {
                try $0.askExtension(far.uid, to: later, reason: "Thiếu vốn", seen: nil, at: now)
            }
            func parts(_ viewer: Viewer, limit: Int = 10) async throws -> [String: [String]] {
                try await tasks.act(as: viewer) { store in
                    let parts = try store.today(limit: limit).parts.filter { !$0.rows.isEmpty }
                    return Dictionary(uniqueKeysWithValues: parts.map { ($0.part.name, $0.rows.map(\.task.title)) })
                }
            }
            #expect(
                try await parts(tasks.performer.viewer) == [
                    "overdue": ["Việc đã quá hạn"], "week": ["Việc của tuần này"], "returned": ["Việc bị trả lại"],
                    "issued": [new.task.title],
                ])
            // Whoever gave them owes none of them, and is asked for an answer.
            #expect(
                try await parts(tasks.secretariat) == [
                    "declared": ["Việc đã báo xong"], "extensions": ["Việc hạn còn xa"], "refused": ["Việc không nhận"],
                ])
            #expect(try await parts(tasks.viewer(.nobody)).isEmpty)
            // Whoever directs in the unit that leads is not asked for a word on its own results.
            let own = try await parts(tasks.colleague.viewer)
            #expect(own["declared"] == nil && own["refused"] == nil && own["extensions"] == nil, "\(own)")
            let cut = try await tasks.act(as: tasks.performer.viewer) { try $0.today(limit: 1) }
            #expect(cut.parts.allSatisfy { $0.rows.count <= 1 && !$0.hasMore })
            // The list behind each part has the same rows.
            for (name, viewer) in [("performer", tasks.performer.viewer), ("secretariat", tasks.secretariat)] {
                for (part, titles) in try await parts(viewer) {
                    let found = try #require(TaskToday.Part.allCases.first { $0.name == part })
                    let filter = found.list(on: tasks.today)
                    let list = try await tasks.act(as: viewer) { try $0.list(filter).items.map(\.task.title) }
                    #expect(list == titles, "\(part) of \(name)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func whoDecidesReadsFirstWhatWaitsForTheirWord(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let word: [TaskToday.Part] = [.extensions, .refused, .declared, .review, .vacant]
            let work: [TaskToday.Part] = [.overdue, .week, .returned, .issued, .coordinated]
            func order(_ viewer: Viewer) async throws -> [TaskToday.Part] {
                try await tasks.act(as: viewer) { try $0.today(limit: 1).parts.map(\.part) }
            }
            for decider in [tasks.leader, tasks.chairman.viewer, tasks.secretariat] {
                #expect(try await order(decider) == word + work)
            }
            for performer in [tasks.performer.viewer, tasks.viewer(.focal)] {
                #expect(try await order(performer) == work)
            }
            #expect(try await order(tasks.viewer(.nobody)).isEmpty)
            let told = try await tasks.world.api(as: .leader).get("/api/v1/today").json["parts"] as? [[String: Any]]
            #expect(told?.compactMap { $0["part"] as? String } == (word + work).map(\.name))
            // What is empty takes no place.
            let late = try await tasks.issued { $0.deadline = .day(tasks.today.adding(days: -1)) }
            try await tasks.does(.accept, late.uid, as: tasks.performer.viewer)
            let rows = try await tasks.act(as: tasks.colleague.viewer) { try $0.today(limit: 5).parts }
            #expect(rows.first { !$0.rows.isEmpty }?.part == .overdue, "nothing waits for a word: the late one leads")
        }
    }

    @Test(arguments: Engine.allCases) func aHeadSeesFiguresUnitsAndWhatWaits(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            for who in [Who.secretariat, .leader, .focal, .root, .supervisor] {
                for path in ["/leader", "/today"] {
                    for language in ["vi", "en"] {
                        let reply = try await world.browser(as: who).get(
                            path, headers: [.acceptLanguage: language])
                        #expect(reply.status == 200, "\(who) \(path)")
                        #expect(!reply.text.contains("⟦"), "\(who) \(path)")
                    }
                }
            }
            let page = try await world.browser(as: .leader).get("/leader?unit=\(try world.uid(.giaLai))").text
            #expect(page.contains("Điều hành: Tỉnh Gia Lai"))
            #expect(page.contains("Sở Khoa học và Công nghệ Gia Lai"))
            // Which unit is not known has no page; what cannot be read is told.
            let browser = try await world.browser(as: .leader)
            #expect(try await browser.get("/leader?unit=\(UID.new(at: World.start))").status == 404)
            #expect(try await browser.get("/leader?since=2030-01-01").status == 422)
            #expect(try await browser.get("/leader?since=hom-qua").status == 422)
            #expect(try await browser.get("/leader?unit=x").status == 422)
        }
    }
}
