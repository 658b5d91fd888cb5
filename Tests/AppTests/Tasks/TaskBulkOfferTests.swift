import Storage
import TestSupport
import Testing

@testable import App

/// Acts on many tasks are offered to those who may do one of them, and whoever may not is told why.
@Suite struct TaskBulkOfferTests {
    @Test(arguments: Engine.allCases) func aTaskIsChosenByWhoeverMayActOnIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let issued = try await tasks.issued(), accepted = try await tasks.issued()
            try await tasks.does(.accept, accepted.uid, as: tasks.performer.viewer)
            func offered(to viewer: Viewer) async throws -> [[TaskWorkflow.Act]] {
                try await tasks.act(as: viewer) { store in
                    let rows = try [issued.uid, accepted.uid].map { try store.find($0) }
                    let offer = try store.bulkOffer(rows)
                    #expect(offer.isEmpty == offer.choices.isEmpty)
                    return rows.map { offer.holds($0) ? offer.choices : [] }
                }
            }
            #expect(try await offered(to: tasks.secretariat) == [[.pause, .cancel], [.pause, .cancel]])
            // What the unit reports of one task is not said of others: there is nothing to do to the accepted one.
            #expect(try await offered(to: tasks.performer.viewer) == [[.accept, .refuse], []])
            for who in [Who.member, .supervisor, .administrator, .department] {
                #expect(try await offered(to: tasks.viewer(who)) == [[], []], "\(who)")
            }
        }
    }

    /// Of what their own unit has declared nobody there is asked for a word.
    @Test(arguments: Engine.allCases) func whoReportsIsNotOfferedToVerify(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.declared(task)
            func offered(to viewer: Viewer) async throws -> [TaskWorkflow.Act] {
                try await tasks.act(as: viewer) { try $0.bulkOffer([$0.find(task)]).choices }
            }
            #expect(try await offered(to: tasks.secretariat).contains(.verify))
            for viewer in [tasks.colleague.viewer, tasks.chief.viewer] {
                #expect(try await !offered(to: viewer).contains(.verify))
            }
        }
    }

    @Test(arguments: Engine.allCases) func theListHasNoBoxesForWhoMayDoNothing(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (science, tasks) = (try world.uid(.science), try world.tasks(.science))
            let (issued, accepted) = (try tasks.before("acceptance"), try tasks.before("progress"))
            func list(_ who: Who) async throws -> String {
                try await world.browser(as: who).get("/tasks?unit=\(science)").text
            }
            for who in [Who.member, .supervisor] {
                let text = try await list(who)
                #expect(text.contains("href=\"/tasks/\(issued)\""), "\(who)")
                #expect(!text.contains("action=\"/tasks/acts\"") && !text.contains("name=\"take."), "\(who)")
            }
            let unit = try await list(.focal)
            #expect(unit.contains("name=\"take.\(issued)\"") && !unit.contains("name=\"take.\(accepted)\""))
            #expect(unit.contains("value=\"accept\"") && !unit.contains("value=\"pause\""))
            #expect(!unit.contains("name=\"seen.\(accepted)\""), "nor is it among all of the page")
            let office = try await list(.secretariat)
            #expect(office.contains("name=\"take.\(accepted)\"") && office.contains("value=\"pause\""))
        }
    }

    /// Of somebody who has no part in the result it is not said that they would verify their own.
    @Test(arguments: Engine.allCases) func aRefusalSaysWhatThePersonLacks(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            try await tasks.declared(row.uid)
            let chosen = TaskBulkAct.Chosen(uid: row.uid, version: try await tasks.find(row.uid).version)
            func told(_ act: TaskWorkflow.Act, _ viewer: Viewer) async throws -> [String] {
                try await tasks.act(as: viewer) { try $0.preview(TaskBulkAct(act, [chosen])) }
                    .flatMap(\.refusals).map(\.message.key)
            }
            let (member, colleague) = (tasks.viewer(.member), tasks.colleague.viewer)
            for act in [TaskWorkflow.Act.verify, .return] {
                #expect(try await told(act, member) == ["task.error.forbidden_directing"], "\(act)")
                #expect(try await told(act, colleague) == ["task.error.forbidden_verifying"], "\(act)")
                #expect(try await told(act, tasks.secretariat) == [], "\(act)")
            }
            // The right is lacking whatever the state, and is told; where only the state stands in the way, that is.
            #expect(try await told(.accept, tasks.secretariat) == ["task.error.forbidden_performing"])
            #expect(try await told(.accept, colleague) == ["task.refusal.already_by"])
            #expect(try await told(.reopen, tasks.secretariat) == ["task.refusal.open"])
            #expect(try await told(.reopen, member) == ["task.error.forbidden_directing"])
        }
    }
}
