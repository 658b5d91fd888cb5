public import Logging
public import ServiceLifecycle
public import Storage

/// Runs every job under its lease until the program is told to stop, each in a loop of its own.
///
/// A job that fails is tried again, waiting longer each time; the others go on. At a graceful stop the step under way
/// is finished and no other begun.
public struct JobRunner: Service {
    private let database: Database
    private let clock: WallClock
    private let logger: Logger
    private let jobs: [BackgroundJob]
    private let owner: UID

    public init(_ services: Services) {
        self.init(
            jobs: JobList.all(services), database: services.database, clock: services.clock, logger: services.logger)
    }

    public init(jobs: [BackgroundJob], database: Database, clock: WallClock, logger: Logger) {
        self.jobs = jobs
        self.database = database
        self.clock = clock
        self.logger = logger
        owner = UID.new(at: clock.now())
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { await loop(job) } }
        }
    }

    private func loop(_ job: BackgroundJob) async {
        var failures = 0
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await runIfDue(job)
                failures = 0
            } catch is CancellationError {
                return
            } catch {
                failures += 1
                logger.error(
                    "job failed",
                    metadata: ["job": "\(job.name)", "failures": "\(failures)", "error": "\(error)"])
            }
            await rest(JobRunner.pause(every: job.every, failures: failures))
        }
    }

    /// One turn: looks, takes the lease, works, gives it back. True when the work was done.
    @discardableResult func runIfDue(_ job: BackgroundJob) async throws -> Bool {
        guard try await job.isNeeded() else { return false }
        let lease = JobLease(database: database, name: job.name, owner: owner)
        guard try await lease.take(every: job.every, at: clock.now()) else { return false }
        do {
            let outcome = try await work(job, lease)
            try await lease.release(outcome: outcome, at: clock.now())
            return true
        } catch {
            try? await lease.release(outcome: "failed: \(error)", at: clock.now())
            throw error
        }
    }

    /// The work beside the renewal of its lease: whichever ends first ends the other.
    private func work(_ job: BackgroundJob, _ lease: JobLease) async throws -> String {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await job.run() }
            group.addTask {
                while true {
                    try await Task.sleep(for: JobLease.length / 3)
                    guard try await lease.renew(at: clock.now()) else { throw LeaseLost() }
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ""
        }
    }

    private struct LeaseLost: Error, CustomStringConvertible {
        let description = "another node has taken the lease over"
    }

    /// From one look to the next: short jobs at their own pace, long ones looked at each minute, so that a job is not
    /// late by its whole interval after a restart. After failures longer each time, up to five minutes.
    static func pause(every: Duration, failures: Int) -> Duration {
        let pace = min(every, .seconds(60))
        guard failures > 0 else { return pace }
        return min(max(pace, .seconds(1)) * (1 << min(failures, 8)), .seconds(300))
    }

    /// Sleeps; a graceful stop or a cancellation ends the sleep.
    private func rest(_ time: Duration) async {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: time) }
        } catch {}
    }
}
