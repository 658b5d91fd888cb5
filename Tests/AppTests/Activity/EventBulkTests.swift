import Storage
import TestSupport
import Testing

@testable import App

/// An act on many tasks leads each reader to those that they may know of, and nowhere where there are none.
@Suite struct EventBulkTests {
    /// One event of a task that only few may know of, and one of that and another.
    private func acts(_ tasks: TaskWorld) async throws -> (hidden: TaskBulk, both: TaskBulk) {
        let hidden = try await tasks.given(by: .science, .open) { $0.secrecy = .restricted }
        let open = try await tasks.issued()
        let (unit, now) = (try tasks.world.id(.science), tasks.now)
        return try await tasks.act { store -> (hidden: TaskBulk, both: TaskBulk) in
            func record(_ tasks: [TaskRow]) throws -> TaskBulk {
                try store.recordBulk(
                    .bulk, unit: unit, tasks: tasks.map(\.task.id), after: ["act": "pause"], at: now)
            }
            return (try record([hidden]), try record([hidden, open]))
        }
    }

    /// What the two events say, that of both tasks first.
    private func told(_ viewer: Viewer, _ tasks: TaskWorld) async throws -> [[String: String]] {
        try await tasks.act(as: viewer) { store in
            let events = try ActivityStore(tx: store.tx, viewer: viewer, today: store.today).newest(limit: 2)
            #expect(events.map(\.verb) == [.bulk, .bulk])
            return events.map(\.after)
        }
    }

    @Test(arguments: Engine.allCases) func eachReaderIsLedToWhatTheyMayKnow(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (hidden, both) = try await acts(tasks)
            let (two, one) = (TaskBulk.href(both.uid), TaskBulk.href(hidden.uid))
            #expect(
                try await told(tasks.secretariat, tasks)
                    == [["act": "pause", "tasks": "1", "bulk": two], ["act": "pause"]])
            #expect(
                try await told(tasks.viewer(.root), tasks)
                    == [
                        ["act": "pause", "tasks": "2", "bulk": two], ["act": "pause", "tasks": "1", "bulk": one],
                    ])
        }
    }

    @Test(arguments: Engine.allCases) func noLinkOfTheListLeadsNowhere(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (hidden, both) = try await acts(tasks)
            let browser = try tasks.world.browser(as: .secretariat)
            let text = try await browser.get("/events?verb=bulk").text
            #expect(text.contains(TaskBulk.href(both.uid)) && !text.contains(TaskBulk.href(hidden.uid)))
            #expect(try await browser.get(TaskBulk.href(both.uid)).status == 200)
            #expect(try await browser.get(TaskBulk.href(hidden.uid)).status == 404)
            #expect(try await !browser.get("/events.csv").text.contains(hidden.uid.text))
        }
    }

    /// The unit that leads is named to everybody who knows of the task; its page is not there for everybody.
    @Test(arguments: Engine.allCases) func aUnitThatIsNotKnownIsNoLink(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued()
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE task SET secrecy = 0")
                try TaskMap(tx: tx).rebuild()
            }
            let unit = try tasks.world.uid(.finance), path = "/leader/acts?unit=\(try tasks.world.uid(.giaLai))"
            let stranger = try await tasks.world.browser(as: .nobody).get(path).text
            #expect(stranger.contains("Sở Tài chính Gia Lai") && !stranger.contains("/units/\(unit)"))
            #expect(try await tasks.world.browser(as: .secretariat).get(path).text.contains("/units/\(unit)"))
        }
    }

    /// The page of a task names its people to those who may know of them, and so does what was done to it.
    @Test(arguments: Engine.allCases) func whoIsHiddenOnThePageIsHiddenInTheHistory(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let worker = try await tasks.hire(.quyNhon, "Chuyên viên")
            let head = try await tasks.hire(.quyNhon, "Chủ tịch")
            let task = try await tasks.given(by: .science, .open) {
                ($0.leadUnit, $0.secrecy) = (try tasks.world.uid(.quyNhon), .public)
                ($0.performer, $0.leader) = (worker.office.uid, head.office.uid)
            }
            try await tasks.does(.accept, task.uid, as: worker.viewer)
            let name = worker.person.name, office = "Chuyên viên, Phường Quy Nhơn"
            for (who, isKnown) in [(Who.nobody, false), (.secretariat, true), (.root, true)] {
                let browser = try tasks.world.browser(as: who)
                for path in [task.href, "\(task.href)/history", "/events?kind=task"] {
                    let text = try await browser.get(path).text
                    #expect(text.contains(name) == isKnown, "\(who) \(path)")
                }
                let text = try await browser.get("\(task.href)/history").text
                #expect(text.contains(office) != isKnown, "\(who)")
                let event = try await tasks.act(as: tasks.viewer(who)) { store in
                    try #require(store.history(of: store.find(task.uid)).items.first)
                }
                #expect(event.verb == .accepted && (event.person != nil) == isKnown)
                #expect(event.actor == (isKnown ? "\(name), Chuyên viên" : office))
            }
            // Oneself.
            let own = try await tasks.act(as: worker.viewer) { store in
                try store.history(of: store.find(task.uid)).items.first?.actor
            }
            #expect(own == "\(name), Chuyên viên")
        }
    }
}
