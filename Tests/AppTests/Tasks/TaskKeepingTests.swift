import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Whoever changes a task takes nothing from it that they may not know of, and learns of none of it.
@Suite struct TaskKeepingTests {
    /// Of another province: nobody of Gia Lai may know of them.
    private struct Hidden {
        let document: DocumentRow
        let unit: UnitRow
        let office: UID
    }

    private func hidden(_ tasks: TaskWorld) async throws -> Hidden {
        let document = try await DocumentWorld(world: tasks.world).register(
            .otherCommittee, "7001/KH-UBND", .plan, on: "2026-10-01", title: "Kế hoạch xyzzy", secrecy: .restricted)
        return Hidden(
            document: document, unit: try await restricted(tasks, below: .tayNinh, "Phòng Cơ yếu xyzzy"),
            office: try tasks.world.staff(.otherCommittee).office)
    }

    private func restricted(_ tasks: TaskWorld, below place: Place, _ name: String) async throws -> UnitRow {
        let (above, today, now) = (try tasks.world.uid(place), tasks.today, tasks.now)
        return try await tasks.act { store in
            try store.units.create(
                UnitDraft(kind: .department, name: name, parent: above, from: today, secrecy: .restricted), at: now)
        }
    }

    /// A draft that names all of them, given by the department, which sees none of them.
    private func drafted(_ tasks: TaskWorld, _ hidden: Hidden) async throws -> TaskRow {
        let row = try await tasks.given(by: .science, .draft) {
            ($0.document, $0.paragraph, $0.authority) = (hidden.document.uid, "III.2", hidden.office)
            $0.coordinating = [try tasks.world.uid(.quyNhon), hidden.unit.uid]
        }
        // A field that is none of a committee which they know.
        try await tasks.act { store in
            _ = try store.tx.run(
                "UPDATE task SET field_id = (SELECT MIN(id) FROM work_field) WHERE id = \(row.task.id)")
        }
        return row
    }

    private func parts(_ tasks: TaskWorld, _ task: UID) async throws -> [String] {
        try await tasks.act { store in
            let detail = try store.detail(task)
            return [
                detail.document?.uid.text ?? "no document", detail.authority?.uid.text ?? "no authority",
                detail.row.field?.uid.text ?? "no field",
                detail.performer?.uid.text ?? "no performer", detail.leader?.uid.text ?? "no leader",
            ] + detail.coordinating.map(\.uid.text).sorted()
        }
    }

    @Test(arguments: Engine.allCases) func aFormTakesAwayNothingThatItDoesNotShow(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let hidden = try await hidden(tasks), row = try await drafted(tasks, hidden)
            let before = try await parts(tasks, row.uid)
            #expect(before.contains(hidden.document.uid.text) && before.contains(hidden.unit.uid.text))
            let browser = try tasks.world.browser(as: .secretariat)
            let form = try await browser.get("\(row.href)/edit")
            for secret in [hidden.document.name, hidden.document.uid.text, "xyzzy", hidden.unit.uid.text] {
                #expect(!form.text.contains(secret), "the form tells of \(secret)")
            }
            #expect(!form.text.contains(hidden.office.text))
            var fields = try await tasks.act(as: tasks.secretariat) { store in
                try TaskForm.fields(of: store.detail(row.uid), store, day: \.text).raw
            }
            // A browser sends what the form shows: a choice that is none of the list is empty.
            (fields["authority"], fields["field"]) = ("", "")
            fields["title"] = "Việc được sửa lời"
            let sent = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            let saved = try await browser.post(row.href, form: sent)
            #expect(saved.status == 303, "\(saved.text)")
            #expect(try await tasks.find(row.uid).title == "Việc được sửa lời")
            #expect(try await parts(tasks, row.uid) == before)
            let after = try await tasks.act { try $0.history(of: $0.find(row.uid)).items.first?.after ?? [:] }
            #expect(Set(after.keys) == ["title"], "nothing else is said to have changed: \(after)")
        }
    }

    @Test(arguments: Engine.allCases) func aProgramTakesAwayNothingThatItCannotRead(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let hidden = try await hidden(tasks), row = try await drafted(tasks, hidden)
            let before = try await parts(tasks, row.uid)
            let api = try tasks.world.api(as: .secretariat)
            let shown = try await api.get("/api/v1/tasks/\(row.uid)")
            #expect(shown.json["document"] is NSNull && !shown.text.contains("xyzzy"))
            #expect(!shown.text.contains(hidden.unit.uid.text))
            let saved = try await api.send(
                .put, "/api/v1/tasks/\(row.uid)/facts",
                json: [
                    "title": "Việc được sửa", "lead_unit": try tasks.world.uid(.finance).text,
                    "performer": tasks.performer.office.uid.text, "leader": tasks.chief.office.uid.text,
                    "coordinating": try tasks.world.uid(.quyNhon).text,
                ], ifMatch: row.task.version)
            #expect(saved.status == 200, "\(saved.text)")
            #expect(try await parts(tasks, row.uid) == before)
            // What they do know is taken away as ever.
            let less = try await api.send(
                .put, "/api/v1/tasks/\(row.uid)/facts",
                json: ["performer": "", "leader": "", "coordinating": ""],
                ifMatch: row.task.version + 1)
            #expect(less.status == 200, "\(less.text)")
            let left = try await parts(tasks, row.uid)
            let kept = [hidden.document.uid, hidden.office, hidden.unit.uid].map(\.text)
            #expect(left == [kept[0], kept[1], before[2], "no performer", "no leader", kept[2]])
            #expect(before[2] != "no field")
        }
    }

    /// Whoever knows of the document can still take another, or none.
    @Test(arguments: Engine.allCases) func whoeverKnowsOfItMayTakeItAway(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let hidden = try await hidden(tasks), row = try await drafted(tasks, hidden)
            let known = try await DocumentWorld(world: tasks.world).register(
                .committee, "15/KH-UBND", .plan, on: "2026-10-02")
            let (draft, now) = (try tasks.draft { $0.document = known.uid }, tasks.now)
            try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, draft, seen: nil, at: now) }
            #expect(try await parts(tasks, row.uid).first == known.uid.text)
            let none = try tasks.draft()
            try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, none, seen: nil, at: now) }
            #expect(try await parts(tasks, row.uid).first == "no document")
            try await tasks.act { try $0.change(row.uid, none, seen: nil, at: now) }
            #expect(!(try await parts(tasks, row.uid)).contains(hidden.unit.uid.text), "the system knows all of it")
        }
    }

    /// The lead unit is always known to whoever may change the draft.
    @Test(arguments: Engine.allCases) func whoMayNotKnowTheLeadUnitChangesNothing(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = try await restricted(tasks, below: .giaLai, "Ban Cơ yếu tỉnh"), now = tasks.now
            let row = try await tasks.given(by: .science, .draft) {
                $0.leadUnit = unit.uid
                ($0.performer, $0.leader) = (nil, nil)
            }
            #expect(row.task.secrecy == .restricted)
            let draft = try tasks.draft()
            let refused = await tasks.refusal {
                try await tasks.act(as: tasks.secretariat) { _ = try $0.change(row.uid, draft, seen: nil, at: now) }
            }
            #expect(refused == ["not found"])
        }
    }
}
