import Storage
import TestSupport
import Testing

@testable import App

/// Counts by unit: they follow every act, agree with the lists behind them, and need nothing at midnight.
@Suite struct TaskTallyTests {
    private func counts(
        _ tasks: TaskWorld, _ place: Place = .giaLai, as viewer: Viewer? = nil, since: Day? = nil
    ) async throws -> TaskCounts {
        let (uid, since) = (try tasks.world.uid(place), since ?? tasks.today)
        return try await tasks.act(as: viewer ?? tasks.secretariat) { store in
            let unit = try store.units.find(uid).unit.id
            let branch = try store.countedScope(of: unit)
            return try store.counts(of: unit, by: branch, since: since).whole
        }
    }

    private func fold(_ tasks: TaskWorld) async throws {
        _ = try await tasks.act { try TaskTally(tx: $0.tx).fold() }
    }

    @Test(arguments: Engine.allCases) func countsFollowTheLifeOfATask(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted().uid
            #expect(try await counts(tasks).isEmpty)
            try await tasks.does(.issue, task, as: tasks.secretariat)
            #expect(try await counts(tasks)[.issued] == 1)
            // Folded or not, it is the same.
            try await fold(tasks)
            #expect(try await counts(tasks)[.issued] == 1)
            #expect(try await tasks.number("SELECT COUNT(*) FROM unit_tally_delta") == 0)
            try await tasks.declared(task)
            #expect(try await counts(tasks)[.declared] == 1)
            #expect(try await counts(tasks)[.issued] == 0)
            try await tasks.does(.return, task, as: tasks.secretariat)
            #expect(try await counts(tasks)[.returned] == 1)
            try await tasks.does(.declare, task, as: tasks.performer.viewer)
            try await fold(tasks)
            try await tasks.does(.verify, task, as: tasks.secretariat)
            let done = try await counts(tasks)
            #expect(done.open == 0 && done.done == 1 && done.doneLate == 0)
            #expect(try await tasks.disorder() == [])
            try await fold(tasks)
            #expect(try await counts(tasks) == done)
            #expect(try await tasks.disorder() == [])
            // Rows that came to nothing do not stay.
            #expect(try await tasks.number("SELECT COUNT(*) FROM unit_tally WHERE n = 0") == 0)
        }
    }

    /// Issuing is an act of its day too, one by one, many at once, and again after a refusal.
    @Test(arguments: Engine.allCases) func whatWasIssuedIsCountedByDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func issues(since: Day) async throws -> Int {
                let unit = try tasks.world.uid(.giaLai)
                return try await tasks.act(as: tasks.secretariat) { store in
                    let branch = try store.countedScope(of: store.units.find(unit).unit.id)
                    return try store.acts(of: branch, since: since)[.issue] ?? 0
                }
            }
            let first = tasks.today, task = try await tasks.issued().uid
            #expect(try await issues(since: first) == 1)
            try await tasks.does(.refuse, task, as: tasks.performer.viewer)
            tasks.pass(days: 1)
            try await tasks.does(.issue, task, as: tasks.secretariat)
            try await fold(tasks)
            #expect(try await issues(since: first) == 2)
            #expect(try await issues(since: tasks.today) == 1)
            #expect(try await tasks.disorder() == [])
            // It is no report: nothing was said by whoever works on it.
            #expect(try await tasks.act { try $0.detail(task).reports.map(\.act) } == [.refuse])
            try await tasks.act { try TaskTally(tx: $0.tx).rebuild() }
            #expect(try await issues(since: first) == 2)
        }
    }

    /// At each border of the ages, and when the day ends without anybody doing anything.
    @Test(arguments: Engine.allCases) func howLateIsToldByTheDayAlone(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for days in [-7, 0, 1, 7, 8, 30, 31, 90, 91, 400] {
                _ = try await tasks.given(by: .science, .open) {
                    $0.deadline = .day(tasks.today.adding(days: -days))
                }
            }
            _ = try await tasks.given(by: .science, .open) { $0.deadline = .day(tasks.today.adding(days: 8)) }
            let first = try await counts(tasks, since: tasks.today.adding(days: -7))
            #expect(TaskCounts.Lateness.allCases.map(first.late) == [2, 2, 2, 2])
            #expect(first.overdue == 8 && first.soon == 2 && first.newlyLate == 2)
            tasks.pass(days: 1)
            let next = try await counts(tasks, since: tasks.today.adding(days: -7))
            #expect(TaskCounts.Lateness.allCases.map(next.late) == [2, 2, 2, 3])
            #expect(next.overdue == 9 && next.soon == 2 && next.newlyLate == 2)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Every figure of the page has a list behind it, and the list has as many rows.
    @Test(arguments: Engine.allCases) func aFigureIsTheNumberOfRowsBehindIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for (number, due) in [-20, -1, 0, 3, 7, 8, 40].enumerated() {
                let task = try await tasks.issued {
                    $0.deadline = .day(tasks.today.adding(days: due))
                    // Coordinated is not led: the ward counts none of them.
                    $0.coordinating = [try tasks.world.uid(.wardCommittee)]
                }
                if number > 2 { try await tasks.declared(task.uid) }
                if number == 4 { try await tasks.does(.return, task.uid, as: tasks.secretariat) }
                if number == 5 { try await tasks.does(.verify, task.uid, as: tasks.secretariat) }
                if number == 6 { try await tasks.does(.cancel, task.uid, as: tasks.secretariat) }
            }
            for (viewer, place) in [
                (tasks.secretariat, Place.giaLai), (tasks.viewer(.root), .giaLai), (tasks.secretariat, .finance),
                (tasks.performer.viewer, .finance), (tasks.secretariat, .wardCommittee),
                (tasks.viewer(.nobody), .giaLai),
            ] {
                let found = try await counts(tasks, place, as: viewer)
                let uid = try tasks.world.uid(place)
                let below = try await tasks.act(as: viewer) { store in
                    try store.countedScope(of: store.units.find(uid).unit.id).below
                }
                func rows(_ change: (inout TaskFilter) -> Void) async throws -> Int {
                    let filter = Leader.filter(of: uid, by: below, change)
                    return try await tasks.act(as: viewer) { try $0.list(filter).total }
                }
                let words = "\(viewer.name) of \(place)"
                #expect(try await rows { _ in } == found.open, "open, \(words)")
                #expect(try await rows { $0.schedule = .overdue } == found.overdue, "overdue, \(words)")
                #expect(try await rows { $0.schedule = .week } == found.soon, "soon, \(words)")
                #expect(try await rows { $0.which = .closed } == found.ended, "ended, \(words)")
                for state in TaskWorkflow.State.allCases where state != .draft {
                    let listed = try await rows { filter in
                        filter.state = state
                        filter.which = state.isClosed ? .closed : .open
                    }
                    #expect(listed == found[state], "\(state), \(words)")
                }
            }
            let all = try await counts(tasks)
            #expect(all.overdue > 0 && all.soon > 0 && all[.declared] > 0 && all[.returned] == 1 && all.done == 1)
            #expect(try await counts(tasks, .wardCommittee).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsAboveOnesRightIsNotCounted(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.given(by: .science, .open) { $0.secrecy = .restricted }
            #expect(try await counts(tasks).isEmpty)
            #expect(try await counts(tasks, as: .system("test")).open == 1)
            // What everybody may know is counted for everybody.
            let there = try await tasks.hire(.quyNhon, "Chuyên viên")
            _ = try await tasks.given(by: .science, .open) {
                $0.leadUnit = try tasks.world.uid(.quyNhon)
                ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
                $0.secrecy = .public
            }
            #expect(try await counts(tasks, as: tasks.viewer(.nobody)).open == 1)
            #expect(try await counts(tasks).open == 1)
        }
    }

    /// A request waits until it is decided, and acts are told by their day.
    @Test(arguments: Engine.allCases) func requestsAndActsAreCounted(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            let begun = tasks.today
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            tasks.pass(days: 3)
            try await tasks.does(.progress, task, as: tasks.performer.viewer)
            let (now, day) = (tasks.now, tasks.due.adding(days: 9))
            _ = try await tasks.act(as: tasks.performer.viewer) {
                try $0.askExtension(task, to: day, reason: "Thiếu vốn", seen: nil, at: now)
            }
            #expect(try await counts(tasks).waiting == 1)
            #expect(try await tasks.names(as: tasks.secretariat) { $0.isWaiting = true }.count == 1)
            #expect(try await tasks.disorder() == [])
            _ = try await tasks.act(as: tasks.secretariat) { store in
                let asked = try store.tx.ask(store.extensions(of: store.find(task).task.id))
                return try store.decideExtension(
                    try #require(asked.first).uid, of: task, .granted, answer: "", seen: nil, at: now)
            }
            #expect(try await counts(tasks).waiting == 0)
            #expect(try await tasks.names(as: tasks.secretariat) { $0.isWaiting = true }.isEmpty)
            try await tasks.does(.declare, task, as: tasks.performer.viewer)
            func acts(since day: Day) async throws -> [TaskWorkflow.Act: Int] {
                let uid = try tasks.world.uid(.giaLai)
                return try await tasks.act(as: tasks.secretariat) { store in
                    try store.acts(of: store.countedScope(of: store.units.find(uid).unit.id), since: day)
                }
            }
            #expect(try await acts(since: begun) == [.issue: 1, .accept: 1, .declare: 1])
            try await fold(tasks)
            #expect(try await acts(since: begun) == [.issue: 1, .accept: 1, .declare: 1])
            #expect(try await acts(since: tasks.today) == [.declare: 1])
            #expect(try await tasks.disorder() == [])
            let today = tasks.today.adding(days: TaskTally.actDays + 1)
            _ = try await tasks.act { try TaskTally(tx: $0.tx).forgetActs(today: today) }
            #expect(try await acts(since: begun).isEmpty)
        }
    }

    /// A unit that moves takes its counts along, also what was not folded yet.
    @Test(arguments: Engine.allCases) func aUnitThatMovesTakesItsCountsAlong(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            #expect(try await counts(tasks, as: .system("test")).open == 1)
            let (finance, tayNinh, now) = (try tasks.world.uid(.finance), try tasks.world.uid(.tayNinh), tasks.now)
            _ = try await tasks.act { store in
                let move = UnitMove(hierarchy: .territory, parent: tayNinh, from: store.today, basis: "Quyết định 9")
                return try store.units.move(finance, move, seen: nil, at: now)
            }
            #expect(try await counts(tasks, as: .system("test")).isEmpty)
            #expect(try await counts(tasks, .tayNinh, as: .system("test")).open == 1)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// All acts that a page can ask for are compared, and none of those that were forgotten, however long ago the last.
    @Test(arguments: Engine.allCases) func everyActThatIsCountedIsCompared(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            tasks.pass(days: 55)
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            try await fold(tasks)
            tasks.pass(days: TaskTally.actDays - 55)
            let today = tasks.today
            _ = try await tasks.act { try TaskTally(tx: $0.tx).forgetActs(today: today) }
            #expect(try await tasks.number("SELECT COUNT(*) FROM unit_tally WHERE bucket LIKE '% issue'") > 0)
            #expect(try await tasks.disorder() == [])
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE unit_tally SET n = n + 1 WHERE bucket LIKE '% issue'")
            }
            #expect(try await tasks.disorder().count == 1, "of the first day that counts")
            tasks.pass(days: 1)
            #expect(try await tasks.disorder() == [], "it counts no more")
            let next = tasks.today
            _ = try await tasks.act { try TaskTally(tx: $0.tx).forgetActs(today: next) }
            #expect(try await tasks.number("SELECT COUNT(*) FROM unit_tally WHERE bucket LIKE '% issue'") == 0)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// What is spoilt is found and made anew.
    @Test(arguments: Engine.allCases) func aRebuildMendsWhatIsWrong(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.issued()
            let before = try await counts(tasks)
            try await tasks.world.database.write { tx in try tx.run("UPDATE unit_tally_delta SET n = n + 1") }
            #expect(try await tasks.disorder().count == 1)
            try await tasks.world.database.write { tx in try TaskMap(tx: tx).rebuild() }
            #expect(try await tasks.disorder() == [])
            #expect(try await counts(tasks) == before)
        }
    }
}
