import Foundation
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

@testable import App

@Suite struct JobRunnerTests {
    /// A clock that stands still until a test moves it.
    private final class Hands: Sendable {
        private let time = Mutex<Int64>(1_790_000_000_000)
        var clock: WallClock {
            WallClock(zone: .gmt) { [self] in Instant(milliseconds: time.withLock { $0 }) }
        }
        func move(_ seconds: Double) { time.withLock { $0 += Int64(seconds * 1_000) } }
    }

    /// How many run at once, at most, and how often in all.
    private final class Turns: Sendable {
        private let counts = Mutex<(now: Int, most: Int, all: Int)>((0, 0, 0))
        func begin() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) } }
        func end() { counts.withLock { $0.now -= 1 } }
        var most: Int { counts.withLock { $0.most } }
        var all: Int { counts.withLock { $0.all } }
    }

    private func with(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations, body)
    }

    private func runner(_ database: Database, _ jobs: [BackgroundJob], _ hands: Hands) -> JobRunner {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return JobRunner(jobs: jobs, database: database, clock: hands.clock, logger: logger)
    }

    @Test(arguments: Engine.allCases)
    func twoNodesNeverRunOneJobAtOnce(_ engine: Engine) async throws {
        try await with(engine) { database async throws in
            let turns = Turns()
            let job = BackgroundJob("test", every: .milliseconds(1)) {
                turns.begin()
                try await Task.sleep(for: .milliseconds(5))
                turns.end()
                return "done"
            }
            let hands = Hands()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    let runner = runner(database, [job], hands)
                    group.addTask {
                        for _ in 0..<25 {
                            do { try await runner.runIfDue(job) } catch StorageError.busy {}
                            hands.move(0.01)  // all turns together stay within one lease
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(turns.most == 1)
            #expect(turns.all >= 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func aJobIsNotDueAgainBeforeItsInterval(_ engine: Engine) async throws {
        try await with(engine) { database async throws in
            let hands = Hands()
            let job = BackgroundJob("test", every: .seconds(60)) { "done" }
            let (here, there) = (runner(database, [job], hands), runner(database, [job], hands))
            #expect(try await here.runIfDue(job))
            #expect(try await !here.runIfDue(job))
            #expect(try await !there.runIfDue(job))
            hands.move(61)
            #expect(try await there.runIfDue(job))
            let idle = BackgroundJob("idle", every: .zero) {
                false
            } run: {
                "never"
            }
            #expect(try await !here.runIfDue(idle))
        }
    }

    @Test(arguments: Engine.allCases)
    func theJobOfANodeThatDiedGoesToAnotherAfterItsLease(_ engine: Engine) async throws {
        try await with(engine) { database async throws in
            let hands = Hands()
            let dead = JobLease(database: database, name: "test", owner: UID.new(at: hands.clock.now()))
            #expect(try await dead.take(every: .zero, at: hands.clock.now()))
            let job = BackgroundJob("test", every: .zero) { "done" }
            let living = runner(database, [job], hands)
            #expect(try await !living.runIfDue(job))
            hands.move(29)
            #expect(try await !living.runIfDue(job))
            hands.move(2)
            #expect(try await living.runIfDue(job))
            #expect(try await !dead.renew(at: hands.clock.now()), "the dead one may not come back to it")
        }
    }

    @Test(arguments: Engine.allCases)
    func aClockThatWentBackStopsNoJob(_ engine: Engine) async throws {
        try await with(engine) { database async throws in
            let hands = Hands()
            hands.move(86_400 * 365)
            let dead = JobLease(database: database, name: "test", owner: UID.new(at: hands.clock.now()))
            #expect(try await dead.take(every: .zero, at: hands.clock.now()))
            let job = BackgroundJob("test", every: .seconds(60)) { "done" }
            let living = runner(database, [job], hands)
            hands.move(-86_400 * 365)
            #expect(try await living.runIfDue(job), "a lease that ends in a year is not believed")
            hands.move(-3_600)
            #expect(try await living.runIfDue(job), "a run in the future is not believed")
        }
    }

    @Test(arguments: Engine.allCases)
    func aFailureIsKeptForTheOperatorAndTriedAgain(_ engine: Engine) async throws {
        struct Failure: Error {}
        try await with(engine) { database async throws in
            let hands = Hands()
            let job = BackgroundJob("test", every: .seconds(1)) { throw Failure() }
            let runner = runner(database, [job], hands)
            await #expect(throws: Failure.self) { try await runner.runIfDue(job) }
            let outcome = try await database.read { tx in try tx.first("SELECT outcome, until FROM job_lease")?.values }
            #expect(outcome == [.text("failed: Failure()"), .integer(0)])
            hands.move(2)
            await #expect(throws: Failure.self) { try await runner.runIfDue(job) }
        }
    }

    @Test func theWaitAfterFailuresGrowsToFiveMinutes() {
        let waits = [0, 1, 2, 3, 50].map { JobRunner.pause(every: .milliseconds(500), failures: $0) }
        #expect(waits == [.milliseconds(500), .seconds(2), .seconds(4), .seconds(8), .seconds(256)])
        #expect(JobRunner.pause(every: .seconds(86_400), failures: 0) == .seconds(60))
        #expect(JobRunner.pause(every: .seconds(60), failures: 9) == .seconds(300))
    }

    @Test(arguments: Engine.allCases)
    func theRunnerWorksUntilItIsStopped(_ engine: Engine) async throws {
        try await with(engine) { database async throws in
            let turns = Turns()
            let work = BackgroundJob("work", every: .milliseconds(5)) {
                turns.begin()
                turns.end()
                return ""
            }
            let broken = BackgroundJob("broken", every: .milliseconds(5)) { throw CocoaError(.fileNoSuchFile) }
            let zone = WallClock.system(zone: .gmt)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let runner = JobRunner(jobs: [broken, work], database: database, clock: zone, logger: logger)
            let running = Task { try await runner.run() }
            while turns.all < 3 { try await Task.sleep(for: .milliseconds(5)) }
            running.cancel()
            try await running.value
            let stopped = turns.all
            try await Task.sleep(for: .milliseconds(50))
            #expect(turns.all == stopped)
        }
    }
}
