public import Storage

/// Who may run a job now: one row a job, changed conditionally, so that no two nodes run one at once.
///
/// A lease ends by itself, so that the job of a node that died goes to another. One that ends far further ahead than
/// any lease is given comes from a clock that has jumped, and is not believed; the clocks of two nodes may differ by
/// the length of a lease before that happens.
public struct JobLease: Sendable {
    /// For so long the job is ours; renewed at a third of it.
    public static let length: Duration = .seconds(30)

    let database: Database
    let name: String
    /// The process; another one after a restart.
    let owner: UID

    public init(database: Database, name: String, owner: UID) {
        self.database = database
        self.name = name
        self.owner = owner
    }

    /// Takes or keeps the lease when it is free, or ours, and the last run is `every` ago. False: not our turn.
    public func take(every: Duration, at now: Instant) async throws -> Bool {
        let (name, owner) = (name, owner)
        let interval = Instant(milliseconds: 0).adding(every).milliseconds
        let until = now.adding(JobLease.length)
        let (latest, soon) = (until.adding(JobLease.length), now.adding(JobLease.length))
        return try await database.write { tx in
            try tx.run(
                """
                INSERT INTO job_lease (name, owner, until, ran_at, outcome) VALUES (\(name), '', 0, 0, '')
                ON CONFLICT (name) DO NOTHING
                """)
            return try tx.run(
                """
                UPDATE job_lease SET owner = \(owner), until = \(until) WHERE name = \(name)
                AND (owner = \(owner) OR until <= \(now) OR until > \(latest))
                AND (ran_at <= \(now.milliseconds - interval) OR ran_at > \(soon))
                """) == 1
        }
    }

    /// Keeps the lease while the work goes on. False: another node has it now, stop.
    public func renew(at now: Instant) async throws -> Bool {
        let (name, owner) = (name, owner)
        let until = now.adding(JobLease.length)
        return try await database.write { tx in
            try tx.run("UPDATE job_lease SET until = \(until) WHERE name = \(name) AND owner = \(owner)") == 1
        }
    }

    /// Gives the lease back after a run, with what came of it.
    public func release(outcome: String, at now: Instant) async throws {
        let (name, owner) = (name, owner)
        try await database.write { tx in
            _ = try tx.run(
                """
                UPDATE job_lease SET until = 0, ran_at = \(now), outcome = \(String(outcome.prefix(500)))
                WHERE name = \(name) AND owner = \(owner)
                """)
        }
    }
}
