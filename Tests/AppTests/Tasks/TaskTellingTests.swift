import Storage
import TestSupport
import Testing

@testable import App

/// Whom the acts of a task's life tell, in the same transaction.
@Suite struct TaskTellingTests {
    @Test(arguments: Engine.allCases) func eachSideIsToldOfWhatTheOtherDoes(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable"])
            #expect(try await tasks.told(tasks.secretariat) == [], "whoever acts is not told of it")
            try await tasks.declared(task)
            #expect(try await tasks.told(tasks.secretariat) == ["declared"])
            #expect(try await tasks.told(tasks.colleague.viewer) == [], "has a part in the result")
            #expect(try await tasks.told(tasks.chairman.viewer) == [], "the assigning unit has its own secretariat")
            try await tasks.does(.return, task, as: tasks.leader)
            #expect(try await tasks.told(tasks.secretariat) == [], "nothing waits for them any more")
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "returned"])
            try await tasks.does(.declare, task, as: tasks.performer.viewer)
            try await tasks.does(.return, task, as: tasks.secretariat)
            try await tasks.does(.declare, task, as: tasks.performer.viewer)
            try await tasks.does(.verify, task, as: tasks.secretariat)
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable", "returned", "returned", "verified"])
        }
    }

    @Test(arguments: Engine.allCases) func arefusalIsToldToThoseWhoGaveIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.refuse, task, as: tasks.performer.viewer)
            #expect(try await tasks.told(tasks.secretariat) == ["refused"])
            try await tasks.does(.issue, task, as: tasks.leader)
            #expect(try await tasks.told(tasks.secretariat) == [], "it was issued again")
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "assigned"])
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            #expect(try await tasks.told(tasks.performer.viewer).last == "cancelled")
        }
    }

    @Test(arguments: Engine.allCases) func aLaterDeadlineIsAskedForAndDecided(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for decision in TaskExtension.Decision.choices {
                let task = try await tasks.issued().uid
                try await tasks.readAll(tasks.performer.viewer)
                let (to, now) = (tasks.due.adding(days: 10), tasks.now)
                try await tasks.act(as: tasks.performer.viewer) {
                    try $0.askExtension(task, to: to, reason: "Chờ kinh phí", seen: nil, at: now)
                }
                #expect(try await tasks.told(tasks.secretariat) == ["extension-asked"])
                try await tasks.act(as: tasks.leader) { store in
                    let asked = try #require(try store.detail(task).extensions.last?.uid)
                    try store.decideExtension(asked, of: task, decision, answer: "Rõ", seen: nil, at: now)
                }
                #expect(try await tasks.told(tasks.secretariat) == [])
                #expect(try await tasks.told(tasks.performer.viewer).last == "extension-\(decision.rawValue)")
            }
        }
    }

    /// The successor starts with notices of their own; what the other has read or not stays theirs.
    @Test(arguments: Engine.allCases) func aSuccessorIsToldAndInheritsNoMark(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued()
            let next = try await tasks.hire(.finance, "Chuyên viên mới")
            let (old, today, now) = (tasks.performer.office.uid, tasks.today, tasks.now)
            try await tasks.world.database.write { tx in
                try PersonStore(tx: tx, viewer: .system("test"), today: today).endOffice(
                    old, OfficeEnding(from: today.adding(days: 1), succession: .office(next.office.uid)), at: now)
            }
            #expect(try await tasks.told(next.viewer) == ["handed-over"])
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "handed-on"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable"])
        }
    }

    @Test(arguments: Engine.allCases) func bothAreToldWhenATaskChangesHands(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, now = tasks.now
            let next = try await tasks.hire(.finance, "Chuyên viên mới")
            let head = try await tasks.hire(.finance, "Trưởng phòng", .leader)
            func give(_ part: TaskPart, to office: UID, as viewer: Viewer) async throws {
                try await tasks.act(as: viewer) {
                    let asked = TaskReassignment(office: office, reason: "Ốm")
                    _ = try $0.reassign(part, task, asked, seen: nil, at: now)
                }
            }
            try await give(.performer, to: next.office.uid, as: tasks.secretariat)
            #expect(try await tasks.told(next.viewer) == ["handed-over"])
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "handed-on"])
            try await give(.leader, to: head.office.uid, as: tasks.secretariat)
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable", "handed-on"])
            // Whoever gives it to themselves, or from themselves, is not told.
            let own = try await tasks.hire(.finance, "Phó trưởng phòng", .leader)
            try await give(.performer, to: own.office.uid, as: own.viewer)
            #expect(try await tasks.told(own.viewer) == [])
            #expect(try await tasks.told(next.viewer) == ["handed-over", "handed-on"])
            try await give(.performer, to: next.office.uid, as: own.viewer)
            #expect(try await tasks.told(own.viewer) == [])
        }
    }

    /// Whoever acts is told nothing of it, though they have a part in the task, and in no office they hold besides.
    @Test(arguments: Engine.allCases) func whoeverActsIsNotTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            // One person does the task, answers for it, or directs it, each in an office of their own.
            let actor = try await tasks.hire(.science, "Chánh Văn phòng", .secretariat)
            let second = try await tasks.hire(actor, also: .finance)
            let task = try await tasks.issued(as: actor.viewer) { $0.leader = second.office.uid }.uid
            func told() async throws -> [String] {
                try await tasks.told(actor.viewer) + tasks.told(second.viewer)
            }
            #expect(try await told() == [], "given")
            for (act, viewer) in [
                (TaskWorkflow.Act.refuse, second.viewer), (.issue, actor.viewer), (.accept, second.viewer),
                (.progress, second.viewer), (.pause, actor.viewer), (.resume, actor.viewer),
                (.declare, second.viewer),
            ] {
                try await tasks.does(act, task, as: viewer)
                #expect(try await told() == [], "\(act.rawValue)")
            }
            try await tasks.does(.return, task, as: tasks.secretariat)
            #expect(try await told() == ["returned"], "what others do is told")
            try await tasks.readAll(second.viewer)
            let now = tasks.now, to = tasks.due.adding(days: 10)
            try await tasks.act(as: second.viewer) {
                try $0.askExtension(task, to: to, reason: "Chờ kinh phí", seen: nil, at: now)
            }
            #expect(try await told() == ["(returned)"], "asked")
            // They neither verify nor decide on what is theirs: what is left is to stop it and begin anew.
            try await tasks.does(.cancel, task, as: actor.viewer)
            try await tasks.does(.reopen, task, as: actor.viewer)
            #expect(try await told() == ["(returned)"], "cancelled, reopened")
        }
    }

    /// Told while they knew of it; then the record is above their ceiling.
    @Test(arguments: Engine.allCases) func whatMayNotBeKnownAnyMoreIsNeitherShownNorCounted(_ engine: Engine)
        async throws
    {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued()
            try await tasks.declared(task.uid)
            #expect(try await tasks.unread(tasks.secretariat) == 1)
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE task SET secrecy = 2 WHERE id = \(task.task.id)")
                try TaskMap(tx: tx).refresh([task.task.id.value])
            }
            #expect(try await tasks.unread(tasks.secretariat) == 0)
            #expect(try await tasks.told(tasks.secretariat) == [])
            try await tasks.readAll(tasks.secretariat)
            #expect(try await tasks.unread(tasks.performer.viewer) == 1, "those whom the task names still know")
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE task SET secrecy = 1 WHERE id = \(task.task.id)")
                try TaskMap(tx: tx).refresh([task.task.id.value])
            }
            #expect(try await tasks.told(tasks.secretariat) == ["declared"], "and nobody has read it in between")
        }
    }

    /// A refused act tells nobody anything.
    @Test(arguments: Engine.allCases) func anActThatFailsTellsNothing(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            #expect(await tasks.tried(.declare, task, as: tasks.performer.viewer) != "done")
            #expect(await tasks.tried(.return, task, as: tasks.secretariat, seen: 99) != "done")
            #expect(try await tasks.told(tasks.secretariat) == [])
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned"])
        }
    }
}
