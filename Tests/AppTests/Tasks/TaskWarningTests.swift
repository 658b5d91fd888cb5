import Storage
import TestSupport
import Testing

@testable import App

/// When a task is due soon is said by the committee it was given under, on every page alike.
@Suite struct TaskWarningTests {
    @Test(arguments: Engine.allCases) func theListWarnsAsThePageDoes(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let soon = try await tasks.issued()
            let (viewer, uid) = (tasks.secretariat, soon.uid)
            func answers() async throws -> [TaskSchedule] {
                try await tasks.act(as: viewer) { store in
                    let today = store.today, detail = try store.detail(uid)
                    let list = try store.list(), summary = try store.summary(of: TaskFilter())
                    return [detail.status(on: today), detail.row.status(on: today)].map(\.schedule)
                        + (list.items + summary.urgent).map { $0.status(on: today).schedule }
                }
            }
            #expect(try await answers() == Array(repeating: .inTime, count: 4))
            try await setWarning(tasks, days: 30)
            #expect(try await answers() == Array(repeating: .dueSoon, count: 4))
            let api = try tasks.world.api(as: .secretariat)
            #expect(try await api.get("/api/v1/tasks").text.contains("\"schedule\":\"due_soon\""))
        }
    }

    /// What an act was done to, or would be, warns as the list does.
    @Test(arguments: Engine.allCases) func theTasksOfOneActWarnAlike(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await setWarning(tasks, days: 30)
            let task = try await tasks.issued(), now = tasks.now
            let bulk = TaskBulkAct(
                .pause, [TaskBulkAct.Chosen(uid: task.uid, version: task.task.version)],
                report: TaskReport(text: "Chờ"), isWhole: true)
            let done = try await tasks.act(as: tasks.secretariat) { try $0.perform(bulk, at: now).done }
            #expect(done.map(\.uid) == [task.uid])
            try await tasks.does(.resume, task.uid, as: tasks.secretariat)
            let shown = try await tasks.act(as: tasks.secretariat) { store in
                let uid = try #require(try store.tx.first("SELECT bulk_uid FROM task_bulk_row")).uid(0)
                return try store.rows(of: uid).map { $0.status(on: store.today).schedule }
            }
            #expect(shown == [.dueSoon])
        }
    }

    /// Of two working regulations in force the newest counts that lays down rules: for one unit as for a list of them.
    @Test(arguments: Engine.allCases) func ofTwoRegulationsOneCountsEverywhere(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let uid = try await tasks.issued().uid, today = tasks.today
            func days() async throws -> [Int] {
                try await tasks.act { store in
                    let task = try store.find(uid).task
                    let committee = try #require(
                        try store.tx.first(
                            "SELECT committee_id FROM committee_paper WHERE item = 'regulation' ORDER BY id DESC")
                    ).id(0, of: Committee.self)
                    let own = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today)
                        .rules(for: committee, on: store.today)
                    let listed = try store.list().items.map(\.rules)
                    return try ([store.rules(of: task), own.rules] + listed).map(\.warnDaysLong)
                }
            }
            // The store ends one before another begins; what was restored or brought in may overlap.
            func overlap(_ second: Day) async throws {
                try await tasks.act { store in
                    try store.tx.run("UPDATE committee_paper SET to_day = \(Day.never) WHERE item = 'regulation'")
                    _ = try store.tx.run(
                        """
                        UPDATE committee_paper SET from_day = \(second)
                        WHERE id IN (SELECT paper_id FROM committee_rules WHERE warn_days = 22)
                        """)
                }
            }
            try await setWarning(tasks, days: 21, from: today.adding(days: -10))
            try await setWarning(tasks, days: 22)
            try await overlap(today)
            #expect(try await days() == [22, 22, 22], "the one that began last")
            try await overlap(today.adding(days: -20))
            #expect(try await days() == [21, 21, 21], "the one that began last")
            try await overlap(today.adding(days: -10))
            #expect(try await days() == [22, 22, 22], "of two of one day the one recorded last")
            // A regulation of which nobody has said what it lays down changes nothing.
            let (committee, now) = (try tasks.world.committee(.steering).committee, tasks.now)
            try await tasks.act { store in
                _ = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today).addPaper(
                    committee, PaperDraft(item: .regulation, reference: "10-QC/BCĐTW", from: today), seen: nil, at: now)
            }
            try await overlap(today.adding(days: -10))
            #expect(try await days() == [22, 22, 22])
        }
    }

    private func setWarning(_ tasks: TaskWorld, days: Int, from: Day? = nil) async throws {
        let (committee, today, now) = (try tasks.world.committee(.steering).committee, tasks.today, tasks.now)
        var rules = CommitteeRules.standard
        (rules.warnDays, rules.warnDaysLong) = (days, days)
        let regulation = RulesDraft(reference: "09-QC/BCĐTW \(days)", from: from ?? today, rules: rules)
        try await tasks.world.database.write { tx in
            _ = try CommitteeStore(tx: tx, viewer: .system("test"), today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }
}
