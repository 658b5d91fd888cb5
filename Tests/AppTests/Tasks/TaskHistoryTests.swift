import Storage
import TestSupport
import Testing

@testable import App

/// After a random history, what is kept beside the tasks is what a rebuild would make of them, to the last row.
@Suite struct TaskHistoryTests {
    private static let acts = RandomSteps.asked("RESOLUTE_HISTORY_ACTS", usually: 500)
    /// So often during the history it is looked at.
    private static let looks = 5

    @Test(arguments: RandomSteps.engines) func aRandomHistoryLeavesTheHouseInOrder(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            var history = TaskHistory(try await TaskHistoryCast.make(tasks), seed: 1945)
            let begun = tasks.today, clock = ContinuousClock(), start = clock.now
            var looks = 0, nights = 0, wrong: [String] = []
            while history.acts < Self.acts {
                history = try await live(tasks, history)
                let day = tasks.today
                tasks.world.clock.advance(.seconds(60 * history.random.number(30...360)))
                if tasks.today > day {
                    nights += 1
                    history = try await night(tasks, history)
                }
                guard history.acts >= Self.acts * (looks + 1) / Self.looks else { continue }
                looks += 1
                let (rows, found) = try await look(tasks)
                wrong += found
                print("history (\(engine.rawValue)): \(history.acts) acts, \(rows) rows, \(clock.now - start)")
            }
            // A day ends without anybody doing anything, and its jobs have not run yet.
            tasks.pass(days: 1)
            wrong += try await tasks.disorder()
            history = try await night(tasks, history)
            wrong += try await look(tasks).wrong
            let last = try await tasks.rebuild(keeping: true)
            wrong += try await last.changes + tasks.miscounted()
            #expect(wrong == [])
            let missing = TaskHistory.Kind.allCases.filter { history.done[$0] == nil }
            #expect(missing.isEmpty, "nothing was done of this: \(missing)")
            let done = history.done.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
            print(
                """
                history (\(engine.rawValue)): \(history.acts) acts on tasks in \(tasks.today.number - begun.number) days \
                and \(nights) nights, \(history.refused) refused; \(last.rows) rows compared, \(wrong.count) differences; \
                \(clock.now - start): \(done)
                """)
        }
    }

    /// A stretch of acts in one transaction, while another folds what was appended before.
    private func live(_ tasks: TaskWorld, _ history: TaskHistory) async throws -> TaskHistory {
        let (database, today, now) = (tasks.world.database, tasks.today, tasks.now)
        var next = history
        let steps = next.random.number(1...40)
        guard next.random.once(in: 2) else {
            return try await database.write { [next] tx in
                var stretch = next
                try stretch.run(steps, tx, today: today, at: now)
                return stretch
            }
        }
        async let folded = database.write { try TaskTally(tx: $0).fold() }
        let lived = try await database.write { [next] tx in
            var stretch = next
            try stretch.run(steps, tx, today: today, at: now)
            return stretch
        }
        _ = try await folded
        return lived
    }

    /// The jobs of a night; in some, people were up before them.
    private func night(_ tasks: TaskWorld, _ history: TaskHistory) async throws -> TaskHistory {
        var next = history
        if next.random.once(in: 3) { next = try await live(tasks, next) }
        let services = tasks.world.services
        for job in [
            JobList.midnight(services), JobList.folding(services), TaskDeadlineNotices.job(services),
            NoticeCleaning.job(services),
        ] {
            if try await job.isNeeded() { _ = try await job.run() }
        }
        if next.done[.imported] == nil || next.random.once(in: 20) {
            try await take(tasks, rows: next.random.number(1...20))
            next.count(.imported)
        }
        return next
    }

    /// Tasks from a file.
    private func take(_ tasks: TaskWorld, rows: Int) async throws {
        let lines = (0..<rows).map { row in
            "Lập danh mục dữ liệu số \(row),Sở Tài chính Gia Lai,\(tasks.today.adding(days: row).text)"
        }
        let text = (["title,lead_unit,deadline"] + lines).joined(separator: "\r\n") + "\r\n"
        let file = try TaskImportFile.read(Array(text.utf8), name: "nhiem-vu.csv", tasks.world.services.catalogue)
        let report = try await TaskImport(viewer: tasks.secretariat, today: tasks.today, now: tasks.now)
            .run(file, TaskImportOptions(), into: tasks.world.database)
        #expect(report.taken == rows, "\(report.problems.shown)")
    }

    /// What `doctor` says, and what it would change; nothing is kept of it.
    private func look(_ tasks: TaskWorld) async throws -> (rows: Int, wrong: [String]) {
        let services = tasks.world.services
        let found = await RebuildableCheck(database: services.database, clock: services.clock).finding(repair: false)
        let (rows, changes) = try await tasks.rebuild(keeping: false)
        let astray = try await tasks.number(
            "SELECT COUNT(*) FROM task c JOIN task p ON p.id = c.parent_id WHERE p.closed = 1 AND c.closed <> 1")
        let below = astray == 0 ? [] : ["\(astray) parts go on below what has ended"]
        return (rows, (found.state == .ok ? [] : [found.text]) + (try await tasks.disorder()) + changes + below)
    }
}
