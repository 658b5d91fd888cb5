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

    private func setWarning(_ tasks: TaskWorld, days: Int) async throws {
        let (committee, today, now) = (try tasks.world.committee(.steering).committee, tasks.today, tasks.now)
        var rules = CommitteeRules.standard
        (rules.warnDays, rules.warnDaysLong) = (days, days)
        let regulation = RulesDraft(reference: "09-QC/BCĐTW", from: today, rules: rules)
        try await tasks.world.database.write { tx in
            _ = try CommitteeStore(tx: tx, viewer: .system("test"), today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }
}
