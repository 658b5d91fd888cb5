import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The tasks of a unit, of a document and of a person on the page of that, and the parts of a task on its own.
@Suite struct TaskSummaryTests {
    private func summary(
        _ tasks: TaskWorld, as viewer: Viewer, _ filter: TaskFilter
    ) async throws -> TaskSummary {
        try await tasks.act(as: viewer) { try $0.summary(of: filter) }
    }

    @Test(arguments: Engine.allCases) func itCountsWhatTheListShows(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let document = try tasks.world.documents(.science).issued, unit = try tasks.world.uid(.finance)
            for number in 0..<7 {
                let row = try await tasks.issued {
                    ($0.title, $0.document) = ("Việc số \(number) của sở", document)
                    // Two are late. Another unit stands in the scope twice over.
                    $0.deadline = .day(tasks.today.adding(days: number < 2 ? -5 : number))
                    $0.coordinating = [try tasks.world.uid(.front)]
                }
                if number == 3 { try await tasks.does(.accept, row.uid, as: tasks.performer.viewer) }
                if number == 4 { try await tasks.declared(row.uid) }
            }
            _ = try await tasks.given(by: .science, .closed) { $0.document = document }
            _ = try await tasks.drafted { $0.document = document }
            let ofUnit = TaskFilter(unit: unit), ofDocument = TaskFilter(document: document)
            let ofPerson = TaskFilter(person: tasks.performer.person.uid)
            let asked: [(viewer: Viewer, filters: [TaskFilter])] = [
                (tasks.secretariat, [TaskFilter(), ofUnit, ofDocument]),
                (tasks.performer.viewer, [TaskFilter(), ofUnit]),
                (tasks.viewer(.root), [TaskFilter(), ofUnit, ofDocument, ofPerson]),
                (.system("test"), [TaskFilter(), ofUnit, ofDocument, ofPerson]),
            ]
            for (viewer, filters) in asked {
                for filter in filters {
                    let found = try await summary(tasks, as: viewer, filter)
                    let list = try await tasks.act(as: viewer) { try $0.list(filter) }
                    #expect(found.total == 7 && list.total == 7 && found.overdue == 2 && !found.isFloor)
                    #expect(found.states.map(\.state) == [.issued, .accepted, .declared])
                    #expect(found.states.map(\.count) == [5, 1, 1])
                    #expect(found.urgent == Array(list.items.prefix(TaskSummary.shown)))
                }
            }
            let nobody = tasks.viewer(.nobody)
            let found = await tasks.refusal { _ = try await summary(tasks, as: nobody, ofUnit) }
            #expect(found == ["not found"])
            let none = try await summary(tasks, as: nobody, TaskFilter())
            #expect(none.total == 0 && none.urgent.isEmpty && none.states.isEmpty && none.overdue == 0)
        }
    }

    @Test(arguments: Engine.allCases) func eachPageHasThem(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let document = try tasks.world.documents(.science).issued, unit = try tasks.world.uid(.finance)
            let paths = ["/units/\(unit)", "/documents/\(document)", "/people/\(tasks.performer.person.uid)"]
            let browser = try tasks.world.browser(as: .root)
            for path in paths {
                let text = try await browser.get(path).text
                #expect(text.contains("nhiệm vụ nào đang mở."), "\(path)")
            }
            let row = try await tasks.issued {
                ($0.title, $0.document) = ("Việc của cả ba trang", document)
                $0.deadline = .day(tasks.today.adding(days: -1))
            }
            for path in paths {
                let text = try await browser.get(path).text
                #expect(text.contains("href=\"\(row.href)\">Việc của cả ba trang</a>"), "\(path)")
                #expect(text.contains("schedule=overdue") && text.contains("state=issued"), "\(path)")
            }
            let science = try tasks.world.browser(as: .secretariat)
            let form = try await science.get("/tasks/new?document=\(document)&lead_unit=\(unit)")
            #expect(form.text.contains("05/KH-SKHCN"), "the document of the page is filled in by its name")
        }
    }

    @Test(arguments: Engine.allCases) func aTaskOfManyPartsStaysLight(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await tasks.issued { $0.title = "Phủ sóng mọi thôn bản" }
            for number in 0..<(TaskParts.shown + 5) {
                let row = try await tasks.given(by: .science, .open) {
                    ($0.title, $0.parent, $0.weight) = ("Phủ sóng xã số \(number)", whole.uid, number == 0 ? 55 : 1)
                    if number == 1 { $0.secrecy = .restricted }
                }
                guard number == 0 else { continue }
                try await tasks.does(.accept, row.uid, as: tasks.performer.viewer)
                try await tasks.does(.progress, row.uid, as: tasks.performer.viewer)
            }
            let (viewer, parent) = (tasks.secretariat, whole.uid)
            let detail = try await tasks.act { try $0.detail(parent) }
            #expect(detail.parts.rows.count == TaskParts.shown && detail.parts.total == TaskParts.shown + 5)
            #expect(detail.parts.states.map(\.state) == [.issued, .inProgress])
            #expect(detail.parts.percent == 40 * 55 / (55 + 54))
            let known = try await tasks.act(as: viewer) { store in
                (try store.detail(parent).parts, try store.list(TaskFilter(parent: parent)))
            }
            #expect(known.0.total == TaskParts.shown + 4 && known.1.total == known.0.total, "one is not theirs to know")
            let person = tasks.performer.person.uid
            let mine = try await tasks.act {
                let filter = TaskFilter(unit: try tasks.world.uid(.finance), person: person, parent: parent)
                return try $0.list(filter).total
            }
            #expect(mine == TaskParts.shown + 5)
            let page = try await tasks.world.browser(as: .secretariat).get(whole.href)
            #expect(page.text.utf8.count <= 100_000 && page.text.contains("/tasks?order=unit&amp;parent=\(parent)\""))
            let unknown = UID.new(at: tasks.now)
            let found = await tasks.refusal { _ = try await tasks.names(as: viewer) { $0.parent = unknown } }
            #expect(found == ["not found"])
        }
    }
}
