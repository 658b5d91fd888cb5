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
            for decision in TaskExtension.Decision.allCases {
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
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["accountable"])
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
