import Storage
import TestSupport
import Testing

@testable import App

/// A whole and its parts in one act: done in the order in which it can be, whatever order they were chosen in, and the
/// preview says so before.
@Suite struct TaskBulkOrderTests {
    /// A whole, a part of it, and a part of that, in a state.
    private func chain(_ tasks: TaskWorld, _ acts: [TaskWorkflow.Act]) async throws -> [UID] {
        var all: [UID] = []
        for _ in 0..<3 {
            let above = all.last
            all.append(try await tasks.drafted { $0.parent = above }.uid)
        }
        for act in acts {
            let order = [.close, .verify, .cancel].contains(act) ? all.reversed() : all
            let viewer = [.accept, .declare].contains(act) ? tasks.performer.viewer : tasks.secretariat
            for task in order { try await tasks.does(act, task, as: viewer) }
        }
        return all
    }

    private func bulk(
        _ tasks: TaskWorld, _ act: TaskWorkflow.Act, _ uids: [UID], whole: Bool = true
    ) async throws -> TaskBulkAct {
        let versions = try await tasks.act { store in try uids.map { try store.find($0).task.version } }
        return TaskBulkAct(
            act, zip(uids, versions).map { TaskBulkAct.Chosen(uid: $0, version: $1) },
            report: TaskReport(text: "Như đã bàn"), isWhole: whole)
    }

    /// What the preview says of each, and what then comes of it, in the order in which they were chosen.
    private func outcome(_ tasks: TaskWorld, _ bulk: TaskBulkAct) async throws -> (said: [[String]], done: [UID]) {
        let (viewer, now) = (tasks.secretariat, tasks.now)
        let said = try await tasks.act(as: viewer) { try $0.preview(bulk) }
        #expect(said.map(\.chosen) == bulk.tasks)
        let done = try await tasks.act(as: viewer) { try $0.perform(bulk, at: now) }
        #expect(done.refused.map(\.chosen) == said.filter { !$0.refusals.isEmpty }.map(\.chosen))
        #expect(done.refused.map(\.refusals) == said.filter { !$0.refusals.isEmpty }.map(\.refusals))
        return (said.map { $0.refusals.map(\.message.key) }, done.done.map(\.uid))
    }

    private static let before: [(TaskWorkflow.Act, [TaskWorkflow.Act])] = [
        (.issue, []), (.cancel, [.issue]), (.verify, [.issue, .accept, .declare]),
        (.close, [.issue, .accept, .declare, .verify]), (.reopen, [.issue, .cancel]),
        (.reopen, [.issue, .accept, .declare, .verify, .close]),
    ]

    @Test(arguments: Engine.allCases) func aWholeAndItsPartsGoInOneAct(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for (act, acts) in Self.before {
                for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                    let all = try await chain(tasks, acts)
                    let chosen = order.map { all[$0] }
                    let (said, done) = try await outcome(tasks, try await bulk(tasks, act, chosen))
                    #expect(said == [[], [], []], "\(act) in the order \(order)")
                    #expect(done == chosen, "\(act) in the order \(order)")
                }
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    /// A part that cannot be done keeps the whole from it, in the preview too.
    @Test(arguments: Engine.allCases) func whatKeepsAPartKeepsTheWhole(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = try await chain(tasks, [.issue, .accept, .declare])
            // The lowest part is worked on again: it cannot be verified.
            try await tasks.does(.return, all[2], as: tasks.secretariat)
            let (said, done) = try await outcome(tasks, try await bulk(tasks, .verify, all, whole: false))
            #expect(
                said == [["task.error.open_children"], ["task.error.open_children"], ["task.refusal.already_by"]])
            #expect(done == [])
            // A part that is not chosen is open, whatever is done to the others.
            let few = try await chain(tasks, [.issue])
            let (told, cancelled) = try await outcome(
                tasks, try await bulk(tasks, .cancel, [few[0], few[1]], whole: false))
            #expect(told == [["task.error.open_children"], ["task.error.open_children"]] && cancelled == [])
            let closed = try await chain(tasks, [.issue, .cancel])
            let (open, reopened) = try await outcome(
                tasks, try await bulk(tasks, .reopen, [closed[2], closed[1]], whole: false))
            #expect(open == [["task.error.reopen_parent_closed"], ["task.error.reopen_parent_closed"]])
            #expect(reopened == [])
        }
    }
}
