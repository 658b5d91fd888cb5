import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Warnings before a deadline and the word after it: each exactly once, whatever nodes and clocks do.
@Suite struct TaskDeadlineNoticesTests {
    private func days(_ tasks: TaskWorld, _ count: Int, run: Int = 1) async throws {
        for _ in 0..<count {
            tasks.pass(days: 1)
            for _ in 0..<run { try await tasks.tellDeadlines() }
        }
    }

    @Test(arguments: Engine.allCases) func sevenThreeOneAndTheDayAfter(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let due = try await tasks.issued().task.due
            try await tasks.readAll(tasks.performer.viewer)
            var told: [Int: [String]] = [:]
            for _ in 1...26 {
                try await days(tasks, 1, run: 2)
                let new = try await tasks.told(tasks.performer.viewer).filter { !$0.hasPrefix("(") }
                if !new.isEmpty { told[due.number - tasks.today.number] = new }
                try await tasks.readAll(tasks.performer.viewer)
            }
            #expect(told == [7: ["due-soon"], 3: ["due-soon"], 1: ["due-soon"], -1: ["overdue"]])
            let chief = try await tasks.told(tasks.chief.viewer)
            #expect(chief == ["accountable", "overdue"], "one nearer warning stands for those before: \(chief)")
            #expect(
                try await tasks.told(tasks.secretariat) == ["overdue"], "the assigning side is told only of the end")
        }
    }

    @Test(arguments: Engine.allCases) func twoNodesAtOnceTellOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for number in 0..<30 { _ = try await tasks.issued { $0.title = "Xây dựng cơ sở dữ liệu số \(number)" } }
            try await tasks.readAll(tasks.performer.viewer)
            tasks.pass(days: 20)
            let (today, now, database) = (tasks.today, tasks.now, tasks.world.database)
            let told = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 {
                    group.addTask { try await TaskDeadlineNotices.run(database, today: today, at: now) }
                }
                return try await group.reduce(0, +)
            }
            #expect(told == 60, "performer and leader of each, once")
            let warned = try await tasks.told(tasks.performer.viewer).filter { $0 == "due-soon" || $0 == "overdue" }
            #expect(warned.count == 30)
            #expect(try await tasks.tellDeadlines() == 0)
        }
    }

    @Test(arguments: Engine.allCases) func aClockThatJumpsTellsNothingTwice(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued()
            try await tasks.readAll(tasks.performer.viewer)
            tasks.pass(days: 22)
            try await tasks.tellDeadlines()
            #expect(try await tasks.told(tasks.performer.viewer) == ["(assigned)", "due-soon"])
            // Ten days ahead: overdue, before its time.
            tasks.pass(days: 10)
            try await tasks.tellDeadlines()
            #expect(try await tasks.told(tasks.performer.viewer) == ["(assigned)", "overdue"])
            try await tasks.readAll(tasks.chief.viewer)
            // Back again: what was not true is taken back, what holds today is told.
            tasks.pass(days: -10)
            try await tasks.tellDeadlines()
            #expect(try await tasks.told(tasks.performer.viewer) == ["(assigned)", "due-soon"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["(accountable)", "due-soon"])
            // And each is told once when its day comes.
            try await days(tasks, 10, run: 2)
            #expect(try await tasks.told(tasks.performer.viewer) == ["(assigned)", "overdue"])
            #expect(try await tasks.told(tasks.chief.viewer) == ["(accountable)", "overdue"])
            let id = task.task.id
            let rows = try await tasks.act { store in
                try store.tx.all("SELECT kind, occasion, office_id FROM notice WHERE subject_id = \(id)").map(\.values)
            }
            #expect(Set(rows).count == rows.count)
        }
    }

    @Test(arguments: Engine.allCases) func aDeadlineThatMovesIsTimedAnew(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            tasks.pass(days: 20)
            try await tasks.tellDeadlines()
            let to = try await tasks.find(task).due.adding(days: 10)
            let now = tasks.now
            try await tasks.act(as: tasks.performer.viewer) { store in
                _ = try store.askExtension(task, to: to, reason: "Chờ", seen: nil, at: now)
            }
            try await tasks.act(as: tasks.secretariat) { store in
                let asked = try #require(try store.detail(task).extensions.last?.uid)
                _ = try store.decideExtension(asked, of: task, .granted, answer: "", seen: nil, at: now)
            }
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "extension-granted"])
            try await tasks.tellDeadlines()
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "extension-granted"])
            try await days(tasks, 6)
            #expect(try await tasks.told(tasks.performer.viewer).last == "due-soon")
        }
    }

    @Test(arguments: Engine.allCases) func whatIsDoneOrPausedNagsNobody(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (done, paused) = (try await tasks.issued().uid, try await tasks.issued().uid)
            for task in [done, paused] { try await tasks.does(.accept, task, as: tasks.performer.viewer) }
            tasks.pass(days: 20)
            #expect(try await tasks.tellDeadlines() == 4)
            try await tasks.does(.declare, done, as: tasks.performer.viewer)
            try await tasks.does(.pause, paused, as: tasks.secretariat)
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "assigned", "paused"])
            try await days(tasks, 10)
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "assigned", "paused"])
            // Returned after its day, it is late.
            try await tasks.does(.return, done, as: tasks.leader)
            try await tasks.tellDeadlines()
            #expect(try await tasks.told(tasks.performer.viewer).suffix(2) == ["returned", "overdue"])
        }
    }

    /// More than one batch, and the walk goes on behind the last of each, also among tasks of one day.
    @Test(arguments: Engine.allCases) func everyBatchIsWalked(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let first = try await tasks.issued().task.id
            let count = TaskDeadlineNotices.batch * 2 + 5
            try await tasks.act { store in
                let columns: SQL = """
                    origin, title, title_key, title_fold, description, lead_unit_id, assigning_unit_id, performer_id,
                    responsible_id, leader_id, authority_id, document_id, paragraph, parent_id, priority, is_key, pillar,
                    task_group, secrecy, deadline_kind, due, deadline_words, review_on, original_due, start_on, weight,
                    state, state_before, closed, percent, declared_on, declared_by, has_evidence, extensions, updated_at,
                    version
                    """
                for number in 1..<count {
                    try store.tx.run(
                        """
                        INSERT INTO task (uid, \(columns))
                        SELECT \(UID.new(at: Instant(milliseconds: Int64(number)))), \(columns) FROM task WHERE id = \(first)
                        """)
                }
            }
            tasks.pass(days: 22)
            #expect(try await tasks.tellDeadlines() == count * 2)
            #expect(try await tasks.tellDeadlines() == 0)
            #expect(try await tasks.unread(tasks.performer.viewer) == NoticeStore.countShown + 1, "the count stops")
        }
    }

    @Test(arguments: Engine.allCases) func theDayBeginsAtMidnightInTheZone(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued { $0.deadline = .day(tasks.today.adding(days: 8)) }
            let job = TaskDeadlineNotices.job(tasks.world.services)
            let runner = JobRunner(tasks.world.services)
            #expect(try await runner.runIfDue(job))
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned"])
            // It is 10:00 in Vietnam, 03:00 UTC: 23:59, then 00:00 there, when it is 17:00 UTC.
            tasks.world.clock.advance(.seconds(13 * 3_600 + 59 * 60))
            #expect(try await !runner.runIfDue(job))
            tasks.world.clock.advance(.seconds(61))
            #expect(try await runner.runIfDue(job))
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "due-soon"])
            #expect(try await !runner.runIfDue(job))
        }
    }

    @Test func aDayAheadIsTheClockOfAnotherNode() throws {
        let today = try #require(Day(parsing: "2026-11-22"))
        func needed(_ days: Int?) -> Bool {
            TaskDeadlineNotices.isNeeded(today: today, last: days.map { today.adding(days: $0) })
        }
        #expect(needed(nil) && needed(-1) && needed(-10) && needed(2) && needed(10))
        #expect(!needed(0) && !needed(1))
    }
}
