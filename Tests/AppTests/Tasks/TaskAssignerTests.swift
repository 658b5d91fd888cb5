import Storage
import TestSupport
import Testing

@testable import App

/// Who does a task knows which unit gave it, and nobody learns of a unit by a task that is not theirs.
@Suite struct TaskAssignerTests {
    private static let giver = "Sở Khoa học và Công nghệ Gia Lai"

    @Test(arguments: Engine.allCases) func thePerformerReadsTheNameOfTheUnitThatGaveIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            let uid = try tasks.world.uid(.science)
            for viewer in [tasks.performer.viewer, tasks.chief.viewer] {
                let detail = try await tasks.act(as: viewer) { try $0.detail(row.uid) }
                #expect(detail.assigner == TaskAssigner(name: Self.giver, unit: nil))
                let page = taskPage(
                    detail, Page(items: [], next: nil, total: 0), try SamplePage.context(as: viewer)
                ).text
                #expect(page.contains("<dd>\(Self.giver)</dd>") && !page.contains("/units/\(uid)"))
                let json = TaskDetailBody(detail: detail, today: tasks.today).json.text
                #expect(json.contains("\"assigning_unit_name\":\"\(Self.giver)\"") && !json.contains(uid.text))
            }
            let directing = try await tasks.act(as: tasks.secretariat) { try $0.detail(row.uid) }
            #expect(directing.assigner?.unit?.uid == uid)
        }
    }

    /// A public task is known to everybody, and so is not who stands behind it. A file says the same as the page.
    @Test(arguments: Engine.allCases) func whoeverHasNothingToDoWithItReadsNone(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let stranger = try await tasks.hire(.otherCentre, "Chuyên viên").viewer
            let partner = try await tasks.hire(.front, "Chuyên viên").viewer
            let centre = try await tasks.hire(.wardCentre, "Cán bộ văn hóa")
            let row = try await tasks.given(by: .science, .open) { draft in
                draft.leadUnit = try tasks.world.uid(.pleiku)
                (draft.performer, draft.leader) = (centre.office.uid, tasks.chairman.office.uid)
                (draft.secrecy, draft.coordinating) = (.public, [try tasks.world.uid(.front)])
            }
            for (viewer, name) in [(stranger, nil), (partner, Self.giver), (centre.viewer, Self.giver)] {
                let (detail, parts) = try await tasks.act(as: viewer) { store in
                    (try store.detail(row.uid), try store.exportParts([try store.find(row.uid)], []))
                }
                #expect(detail.assigner?.name == name && parts.assigning[row.task.id] == name)
            }
        }
    }
}
