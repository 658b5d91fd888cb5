import Storage
import TestSupport
import Testing

@testable import App

/// Of a task that many units have a part of, a reader finds a unit by its name.
@Suite struct TaskPartsOrderTests {
    private static let sorted = ["Xã Ayun", "Xã Ân", "Xã Dun", "Xã Đak Đoa"]

    /// A part for each unit, the last in the alphabet due first; returns the whole.
    private func fill(_ tasks: TaskWorld) async throws -> UID {
        let whole = try await tasks.issued().uid, (province, now) = (try tasks.world.uid(.giaLai), tasks.now)
        for (number, name) in Self.sorted.reversed().enumerated() {
            let (unit, performer, head) = try await tasks.act { store in
                let row = try TaskWorld.commune(name, in: province, store, at: now)
                let offices = try store.possiblePerformers(row.unit.id)
                func holder(_ title: String) throws -> UID {
                    try #require(offices.first { $0.title == title }).uid
                }
                return (row.uid, try holder("Đầu mối"), try holder("Chủ tịch"))
            }
            _ = try await tasks.given(by: .science, .open) {
                ($0.title, $0.parent, $0.leadUnit) = ("Phần việc số \(number)", whole, unit)
                ($0.performer, $0.leader) = (performer, head)
                $0.deadline = .day(tasks.today.adding(days: number + 1))
            }
        }
        return whole
    }

    @Test(arguments: Engine.allCases) func partsStandInTheOrderOfTheirUnits(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await fill(tasks)
            let shown = try await tasks.act { try $0.detail(whole).parts.rows.map(\.leadUnit.name) }
            #expect(shown == Self.sorted)
            for limit in 1...5 {
                let listed = try await tasks.act(as: tasks.secretariat) { store in
                    var filter = TaskFilter(parent: whole)
                    filter.order = .unit
                    var names: [String] = [], after: Cursor?
                    repeat {
                        let page = try store.list(filter, page: PageRequest(after: after, limit: limit))
                        #expect(page.total == Self.sorted.count)
                        names += page.items.map(\.leadUnit.name)
                        after = page.next
                    } while after != nil && names.count < 20
                    return names
                }
                #expect(listed == Self.sorted, "\(limit) a page")
            }
        }
    }

    /// Of one unit what is due first stands first, as before.
    @Test(arguments: Engine.allCases) func partsOfOneUnitStandInTheOrderOfTheirDeadlines(
        _ engine: Engine
    ) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await tasks.issued().uid
            for days in [3, 1, 2] {
                _ = try await tasks.given(by: .science, .open) {
                    ($0.title, $0.parent) = ("Phần việc số \(days)", whole)
                    $0.deadline = .day(tasks.today.adding(days: days))
                }
            }
            let shown = try await tasks.act { try $0.detail(whole).parts.rows.map(\.task.title) }
            #expect(shown == (1...3).map { "Phần việc số \($0)" })
        }
    }

    /// All tasks of a country are not sorted by their units.
    @Test(arguments: Engine.allCases) func onlyPartsAreListedByUnit(_ engine: Engine) async throws {
        var plain = Fields(raw: ["order": "unit"])
        #expect(TaskFilter(&plain).order == .due && plain.problems.isEmpty)
        try await TaskWorld.with(engine) { tasks in
            let whole = try await fill(tasks), browser = try tasks.world.browser(as: .secretariat)
            let list = try await browser.get("/tasks?parent=\(whole)&order=unit").text
            #expect(list.contains("<option value=\"unit\" selected>") && !list.contains("⟦"))
            #expect(try await !browser.get("/tasks").text.contains("<option value=\"unit\""))
            let api = try tasks.world.api(as: .secretariat)
            let first = try await api.get("/api/v1/tasks?parent=\(whole)&order=unit&limit=1").json
            let names = (first["items"] as? [[String: Any]])?.compactMap { $0["lead_unit_name"] as? String }
            #expect(names == ["Xã Ayun"])
        }
    }
}
