import Storage
import TestSupport
import Testing

@testable import App

/// By whose working regulation a unit gives tasks.
@Suite struct TaskCommitteesTests {
    private func regulate(_ tasks: TaskWorld, _ place: Place, points: Int) async throws {
        let (committee, today, now) = (try tasks.world.committee(place).committee, tasks.today, tasks.now)
        var rules = CommitteeRules.standard
        rules.clearPoints = points
        let regulation = RulesDraft(reference: "09-QC/BCĐ \(place.rawValue)", from: today, rules: rules)
        try await tasks.act { store in
            _ = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }

    private func points(_ tasks: TaskWorld, _ task: UID) async throws -> Int {
        try await tasks.act { try $0.rules(of: $0.find(task).task).clearPoints }
    }

    /// The Department of Science and Technology stands beside the committee of the province, not below it.
    @Test(arguments: Engine.allCases) func aStandingAgencyIsBoundByItsCommittee(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted().uid
            #expect(try await points(tasks, task) == 5)
            try await regulate(tasks, .provinceSteering, points: 6)
            #expect(try await points(tasks, task) == 6)
            // The one nearest by counts, not the strictest.
            try await regulate(tasks, .steering, points: 5)
            #expect(try await points(tasks, task) == 6)
            let told = await tasks.tried(.issue, task, as: tasks.secretariat)
            #expect(told == "authority task.clarity.authority.missing")
            // Who is no standing agency stays with the committee above.
            let elsewhere = try await tasks.given(by: .front, .draft).uid
            #expect(try await points(tasks, elsewhere) == 5)
        }
    }

    /// A committee without a working regulation leaves it to the one above.
    @Test(arguments: Engine.allCases) func withoutARegulationTheOneAboveBinds(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted().uid
            try await regulate(tasks, .steering, points: 6)
            #expect(try await points(tasks, task) == 6)
        }
    }

    @Test(arguments: Engine.allCases) func anAgencyThatIsOneNoLongerIsFree(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted().uid
            try await regulate(tasks, .provinceSteering, points: 6)
            let unit = try tasks.world.id(.science), today = tasks.today
            try await tasks.act { store in
                _ = try store.tx.run("UPDATE committee_organ SET to_day = \(today) WHERE unit_id = \(unit)")
            }
            #expect(try await points(tasks, task) == 5)
        }
    }
}
