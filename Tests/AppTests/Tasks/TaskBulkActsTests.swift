import Storage
import TestSupport
import Testing

@testable import App

/// One act on many tasks: each by the rules of one, all or those that can.
@Suite struct TaskBulkActsTests {
    private func chosen(_ rows: TaskRow...) -> [TaskBulkAct.Chosen] {
        rows.map { TaskBulkAct.Chosen(uid: $0.uid, version: $0.task.version) }
    }

    private func perform(
        _ tasks: TaskWorld, _ act: TaskWorkflow.Act, _ rows: [TaskBulkAct.Chosen], whole: Bool = true,
        text: String = "",
        as viewer: Viewer? = nil
    ) async throws -> (done: [TaskRow], refused: [TaskBulkRow]) {
        let bulk = TaskBulkAct(act, rows, report: TaskReport(text: text), isWhole: whole), now = tasks.now
        return try await tasks.world.database.write { [today = tasks.today] tx in
            try TaskStore(tx: tx, viewer: viewer ?? tasks.secretariat, today: today).perform(bulk, at: now)
        }
    }

    @Test(arguments: Engine.allCases) func thePreviewSaysWhatWillHappen(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let clear = try await tasks.drafted(), bare = try await tasks.drafted { $0.products = [] }
            let issued = try await tasks.issued()
            let hidden = try await tasks.given(by: .steering, .draft) {
                $0.leadUnit = try tasks.world.uid(.otherCommittee)
            }
            let unknown = TaskBulkAct.Chosen(uid: UID.new(at: tasks.now), version: 1)
            let old = TaskBulkAct.Chosen(uid: try await tasks.drafted().uid, version: 7)
            let bulk = TaskBulkAct(.issue, chosen(clear, bare, issued, hidden) + [unknown, old])
            let rows = try await tasks.act(as: tasks.secretariat) { try $0.preview(bulk) }
            let told = rows.map { $0.refusals.map(\.message.key) }
            #expect(
                told == [
                    [], ["task.clarity.product.missing"], ["task.refusal.issued"], ["task.bulk.error.unknown"],
                    ["task.bulk.error.unknown"], ["task.bulk.error.changed"],
                ])
            #expect(rows.map { $0.row != nil } == [true, true, true, false, false, true])
            #expect(try await tasks.find(clear.uid).workflow == .draft, "nothing is done")
        }
    }

    @Test(arguments: Engine.allCases) func allOrNoneOrThoseThatCan(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let clear = try await tasks.drafted(), bare = try await tasks.drafted { $0.products = [] }
            let rows = chosen(clear, bare)
            let events = try await tasks.number("SELECT COUNT(*) FROM event")
            let refused = await tasks.refusal { _ = try await perform(tasks, .issue, rows) }
            #expect(refused == ["tasks.1 task.clarity.product.missing"])
            #expect(try await tasks.find(clear.uid).workflow == .draft)
            #expect(try await tasks.number("SELECT COUNT(*) FROM event") == events)
            let outcome = try await perform(tasks, .issue, rows, whole: false)
            #expect(outcome.done.map(\.uid) == [clear.uid] && outcome.refused.map(\.chosen.uid) == [bare.uid])
            #expect(try await tasks.verbs(clear.uid) == ["created", "given"])
            #expect(try await tasks.number("SELECT COUNT(*) FROM event WHERE verb = 'bulk'") == 1)
            #expect(try await tasks.number("SELECT COUNT(*) FROM task_bulk_row") == 1)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func whatChangedMeanwhileIsRefusedByItself(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let one = try await tasks.issued(), two = try await tasks.issued()
            let seen = chosen(one, two)
            try await tasks.does(.accept, two.uid, as: tasks.performer.viewer)
            let outcome = try await perform(tasks, .pause, seen, whole: false, text: "Chờ kinh phí")
            #expect(outcome.done.map(\.uid) == [one.uid])
            #expect(outcome.refused.flatMap(\.refusals).map(\.message.key) == ["task.bulk.error.changed"])
            #expect(try await tasks.find(two.uid).workflow.state == .accepted)
            let reason = await tasks.refusal { _ = try await perform(tasks, .cancel, chosen(one)) }
            #expect(reason == ["text task.error.reason_missing"])
        }
    }

    @Test(arguments: Engine.allCases) func nobodyDoesForManyWhatTheyMayNotForOne(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            try await tasks.declared(row.uid)
            let now = try await tasks.act { try $0.find(row.uid) }
            // The performer, and a colleague who directs but sits in the unit.
            for viewer in [tasks.performer.viewer, tasks.colleague.viewer] {
                let outcome = try await perform(tasks, .verify, chosen(now), whole: false, as: viewer)
                #expect(outcome.done.isEmpty)
                #expect(outcome.refused.flatMap(\.refusals).map(\.message.key) == ["task.error.forbidden_verifying"])
            }
            #expect(try await tasks.number("SELECT COUNT(*) FROM event WHERE verb = 'bulk'") == 0)
            let outcome = try await perform(tasks, .verify, chosen(now))
            #expect(outcome.done.map(\.task.workflow.state) == [.verified])
            let many = (0..<201).map { _ in TaskBulkAct.Chosen(uid: UID.new(at: tasks.now), version: 1) }
            #expect(await tasks.refusal { _ = try await perform(tasks, .accept, many) } == ["tasks field.too_many"])
            #expect(
                await tasks.refusal { _ = try await perform(tasks, .progress, chosen(now)) } == ["act field.choice"])
        }
    }
}
