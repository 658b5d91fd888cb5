import Storage
import TestSupport
import Testing

@testable import App

/// What the history says of a task that is changed: every field of its form, before and after.
@Suite struct TaskEventFieldsTests {
    private func code(_ family: String, _ tasks: TaskWorld) async throws -> (code: String, words: String) {
        try await tasks.act { store in
            let row = try #require(
                try store.tx.first(
                    "SELECT code, name, name_en FROM work_field WHERE family = \(family) ORDER BY id LIMIT 1"))
            return (try row.text(0), try "\(row.text(1)) / \(row.text(2))")
        }
    }

    @Test(arguments: Engine.allCases) func everyChangedFieldIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (pillar, group) = (try await code("pillar", tasks), try await code("group", tasks))
            let other = try await tasks.hire(.front, "Chuyên viên"), head = try await tasks.hire(.front, "Chủ tịch")
            let parent = try await tasks.issued {
                ($0.title, $0.leadUnit) = ("Chương trình phối hợp", try tasks.world.uid(.front))
                ($0.performer, $0.leader) = (other.office.uid, head.office.uid)
            }
            let row = try await tasks.drafted { $0.description = "Mô tả cũ" }
            let now = tasks.now
            let changed = try tasks.draft {
                $0.description = "Mô tả mới\nhai dòng"
                $0.products = [
                    TaskProduct(name: "Báo cáo", kind: .report, criterion: "Được phê duyệt"),
                    TaskProduct(name: "Số liệu", kind: .dataset, criterion: "Đủ mọi xã báo cáo"),
                ]
                $0.coordinating = [try tasks.world.uid(.front), try tasks.world.uid(.wardCommittee)]
                ($0.pillar, $0.group, $0.isKey, $0.weight) = (pillar.code, group.code, true, 3)
                $0.parent = parent.uid
            }
            try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, changed, seen: nil, at: now) }
            func told(_ viewer: Viewer) async throws -> EventRow {
                try await tasks.act(as: viewer) { store in
                    let events = try store.history(of: store.find(row.uid)).items
                    return try #require(events.first { $0.verb == .changed })
                }
            }
            let event = try await told(tasks.secretariat)
            #expect(
                event.before == [
                    "description": "Mô tả cũ", "products": "Nền tảng dữ liệu [system]: 100% xã tra cứu được hồ sơ",
                    "weight": "1",
                ])
            #expect(event.after["description"] == "Mô tả mới\nhai dòng")
            #expect(event.after["products"] == "Báo cáo [report]: Được phê duyệt; Số liệu [dataset]: Đủ mọi xã báo cáo")
            #expect(event.after["coordinating"]?.split(separator: ",").count == 2, "\(event.after)")
            #expect(event.after["pillar"] == pillar.words && event.after["task_group"] == group.words)
            #expect(event.after["is_key"] == "yes" && event.after["weight"] == "3")
            #expect(event.after["part_of"] == "Chương trình phối hợp")
            #expect(Set(event.after.keys).isDisjoint(with: ["title", "performer", "deadline", "paragraph"]))

            // What somebody may not know of is not named in what they read.
            try await tasks.does(.issue, row.uid, as: tasks.secretariat)
            #expect(try await told(tasks.performer.viewer).after["part_of"] == nil)
            let back = try tasks.draft { $0.isKey = false }
            try await tasks.does(.refuse, row.uid, as: tasks.performer.viewer)
            try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, back, seen: nil, at: now) }
            let undone = try await told(tasks.secretariat)
            #expect(undone.before["is_key"] == "yes" && undone.after["is_key"] == nil)
            #expect(undone.before["part_of"] == "Chương trình phối hợp")
        }
    }

    @Test func thePageSaysItInWords() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            let row = try await tasks.drafted { ($0.isKey, $0.description) = (true, "Theo <b>nghị quyết</b>") }
            let page = try await tasks.world.browser(as: .secretariat).get("/tasks/\(row.uid)/history").text
            #expect(page.contains("Nền tảng dữ liệu ("), "\(page)")
            #expect(!page.contains("[system]") && page.contains("Nhiệm vụ trọng tâm"))
            #expect(page.contains("Theo &lt;b&gt;nghị quyết") && !page.contains("⟦"))
        }
    }
}
