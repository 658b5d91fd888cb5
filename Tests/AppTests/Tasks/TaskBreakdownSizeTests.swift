import Storage
import TestSupport
import Testing

@testable import App

/// A province's communes at once.
@Suite struct TaskBreakdownSizeTests {
    private static let communes = 135

    @Test(arguments: Engine.allCases) func aHundredAndThirtyFiveCommunesInOneAct(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let units = try await tasks.communes(Self.communes)
            let parent = try await tasks.issued()
            var draft = try tasks.draft { ($0.performer, $0.leader) = (nil, nil) }
            draft.weight = 2
            let (top, now, template) = (try tasks.world.uid(.giaLai), tasks.now, draft)
            let events = try await tasks.number("SELECT COUNT(*) FROM event")
            let made = try await tasks.act(as: tasks.secretariat) { store in
                var found = Validation()
                let places = try store.places(.communes(below: top), except: [], &found)
                    .filter { units.contains($0.link.uid) }
                let parts = try store.parts(in: places, performer: .role(.focal), leader: .role(.leader))
                let breakdown = TaskBreakdown(template: template, parts: parts, isIssued: true)
                let clock = ContinuousClock(), start = clock.now
                defer { print("breakdown (\(engine.rawValue)): \(parts.count) units in \(clock.now - start)") }
                return try store.breakDown(parent.uid, breakdown, seen: parent.task.version, at: now)
            }
            #expect(made.made.count == Self.communes)
            let issued = try await tasks.number(
                "SELECT COUNT(*) FROM task WHERE state = 'issued' AND parent_id = \(parent.task.id) AND weight = 2")
            #expect(issued == Self.communes)
            let told = try await tasks.number("SELECT COUNT(*) FROM event") - events
            let pending = try await tasks.number("SELECT COUNT(*) FROM task_bulk_row WHERE bulk_uid = \(made.bulk.uid)")
            #expect(told == Self.communes + 1 && pending == Self.communes)
            #expect(try await tasks.disorder() == [])
            let first = try #require(made.made.first)
            let performer = try await tasks.act { try $0.detail(first).performer?.title }
            #expect(performer == "Đầu mối")
            let detail = try await tasks.act(as: tasks.secretariat) { try $0.detail(parent.uid) }
            #expect(detail.parts.total == Self.communes && detail.parts.percent == 0)
            #expect(detail.parts.rows.count == TaskParts.shown)
            // Equal parts are told as what they are: whole percents of so many would not add up.
            let page = try await tasks.world.browser(as: .secretariat).get("/tasks/\(parent.uid)").text
            #expect(page.contains("2/270 (0,7%)") && !page.contains("(1%)"))
        }
    }
}
