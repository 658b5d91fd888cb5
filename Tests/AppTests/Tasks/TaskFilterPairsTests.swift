import Storage
import TestSupport
import Testing

@testable import App

/// Whatever two things a list is asked for, it holds what both lists hold.
@Suite struct TaskFilterPairsTests {
    private static let count = 420

    /// Tasks of many kinds at once: more than 300 of one document, so that both ways to it are gone.
    private func fill(_ tasks: TaskWorld, _ words: Words) async throws {
        let model = try await tasks.given(by: .science, .open) { $0.title = "Khảo sát hạ tầng số" }.task.id
        let (finance, science, front) = (
            try tasks.world.id(.finance), try tasks.world.id(.science), try tasks.world.id(.front)
        )
        let former = try await tasks.hire(.science, "Chuyên viên cũ")
        let offices = [tasks.performer, tasks.chief, tasks.colleague, tasks.chairman, former].map(\.office)
        let (today, now) = (tasks.today, tasks.now)
        try await tasks.act { store in
            try store.tx.run("UPDATE office SET to_day = \(today) WHERE id = \(former.office.id)")
            var chance = RandomSteps(seed: 4)
            let big = try store.documents.find(words.document).document.id
            let rare = try store.documents.find(words.rare).document.id
            let parent = try store.find(words.parent).task.id
            var changes: [SQL] = []
            let open = TaskWorkflow.State.allCases.filter(\.isOpen)
            for number in 0..<Self.count {
                let state = open[number % open.count]
                let workflow = try #require(TaskWorkflow(state, before: state == .paused ? .inProgress : nil))
                let due = chance.once(in: 9) ? Day.never : today.adding(days: chance.number(-30...90))
                let done = state == .declared ? today.adding(days: -chance.number(0...9)) : nil
                let times = TaskTimes(
                    due: due, originalDue: due, start: today.adding(days: -chance.number(0...90)), workflow: workflow,
                    percent: chance.number(0...100), declaredOn: done, hasEvidence: true)
                let performer = chance.one(of: offices) ?? offices[0], leader = chance.one(of: offices) ?? offices[0]
                let lead = chance.one(of: [finance, science, front]) ?? finance
                let giver = chance.one(of: [science, front]) ?? science
                let papers = [big, big, big, big, big, big, big, big, big, rare]
                let isSurvey = chance.once(in: 2)
                changes.append(
                    """
                    \(TaskCopies.columns(times)), lead_unit_id = \(lead), assigning_unit_id = \(giver),
                    performer_id = \(performer.id), responsible_id = \(performer.person), leader_id = \(leader.id),
                    document_id = \(chance.one(of: papers)), is_key = \(chance.once(in: 3)),
                    parent_id = CAST(\(chance.once(in: 3) ? parent : nil) AS BIGINT),
                    pillar = \(chance.once(in: 3) ? words.pillar : ""), task_group = \(chance.once(in: 3) ? words.group : ""),
                    title_fold = \(isSurvey ? "khao sat" : "xay dung"), updated_at = \(Int64(chance.number(1...99)))
                    """)
            }
            let copies = TaskCopies(store: store, now: now)
            let made = try copies.make(of: model, changes)
            for task in made where chance.once(in: 4) { try store.writeTags([task], ["Số hóa"]) }
            for task in made where chance.once(in: 5) {
                try store.tx.run(
                    """
                    INSERT INTO task_extension (uid, task_id, asked_at, asked_by, reason, from_due, to_due, decision,
                        decided_by, answer)
                    VALUES (\(UID.new(at: now)), \(task), 1, 'x', 'x', '2026-11-01', '2026-12-31', '', '', '')
                    """)
            }
            for task in made where chance.once(in: 4) {
                let unit = chance.once(in: 2) ? finance : science
                try store.tx.run(
                    "INSERT INTO task_unit (task_id, part, unit_id) VALUES (\(task), 'coordinating', \(unit))")
            }
            try store.tx.run("UPDATE task SET review_on = \(today) WHERE deadline_kind = 'none' AND id % 2 = 0")
            try copies.finish(made)
        }
    }

    /// What the parameters say.
    private struct Words {
        let document: UID
        let rare: UID
        let parent: UID
        let pillar: String
        let group: String
        let field: UID
        let unit: UID
        let province: UID
        let person: UID

        var singles: [[String: String]] {
            [
                ["q": "khao sat"], ["unit": unit.text], ["unit": province.text], ["unit": unit.text, "led": "1"],
                ["unit": province.text, "led": "1", "below": "territory"],
                ["person": person.text], ["document": document.text], ["document": rare.text],
                ["parent": parent.text], ["state": "in_progress"], ["state": "declared"], ["pillar": pillar],
                ["field": field.text], ["tag": "so hoa"], ["schedule": "overdue"], ["schedule": "week"],
                ["schedule": "due_soon"], ["schedule": "likely_late"], ["schedule": "undated"], ["schedule": "near"],
                ["schedule": "review"],
                ["period": "2026-12"], ["key": "1"], ["mine": "1"], ["directed": "1"], ["verifying": "1"],
                ["waiting": "1"], ["due_from": "2026-12-01"], ["coordinated": "1"], ["vacant": "1"],
            ]
        }
    }

    private func words(_ tasks: TaskWorld) async throws -> Words {
        let above = try await tasks.given(by: .science, .open) { $0.title = "Việc có nhiều việc thành phần" }
        let fields = try await tasks.act { try WorkField.common($0.tx) }
        let pillar = try #require(fields.first { $0.family == .pillar })
        let group = try #require(fields.first { $0.family == .group })
        let documents = try (tasks.world.documents(.science).issued, tasks.world.documents(.science).basis)
        return Words(
            document: documents.0, rare: documents.1, parent: above.uid, pillar: pillar.code, group: group.code,
            field: group.uid, unit: try tasks.world.uid(.finance), province: try tasks.world.uid(.giaLai),
            person: tasks.performer.person.uid)
    }

    private func listed(_ raw: [String: String], _ order: TaskFilter.Order, _ store: TaskStore) throws -> Set<Int64> {
        var fields = Fields(raw: raw)
        var filter = TaskFilter(&fields)
        #expect(fields.problems.problems.isEmpty, "\(raw)")
        filter.order = order
        let query = try store.query(filter)
        let keys = try store.tx.all(query.keys(after: nil, limit: 1_000)).map { try $0.int64(0) }
        #expect(Set(keys).count == keys.count, "\(raw) lists a task twice")
        #expect(try store.count(query) == keys.count, "\(raw) \(order) counts another number")
        return Set(keys)
    }

    @Test(arguments: Engine.allCases) func twoQuestionsAreBothAsked(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let words = try await words(tasks)
            try await fill(tasks, words)
            let viewers = [("colleague", tasks.colleague.viewer), ("secretariat", tasks.secretariat)]
            for (name, viewer) in viewers {
                try await tasks.act(as: viewer) { store in
                    let singles = words.singles
                    for order in TaskFilter.Order.allCases {
                        let alone = try singles.map { try listed($0, order, store) }
                        // The Department of Finance gives none of them.
                        for (raw, found) in zip(singles, alone)
                        where name == "secretariat" || raw["directed"] ?? raw["verifying"] ?? raw["vacant"] == nil {
                            #expect(!found.isEmpty, "\(name): nothing has \(raw)")
                        }
                        for (first, one) in zip(singles, alone) {
                            for (second, other) in zip(singles, alone)
                            where Set(first.keys).isDisjoint(with: second.keys) {
                                let both = try listed(first.merging(second) { one, _ in one }, order, store)
                                #expect(both == one.intersection(other), "\(name), by \(order): \(first) and \(second)")
                            }
                        }
                    }
                }
            }
        }
    }
}
