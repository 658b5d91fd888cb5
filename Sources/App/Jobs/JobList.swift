import Foundation
import Storage

/// Everything that is done without anybody asking.
enum JobList {
    static func all(_ services: Services) -> [BackgroundJob] {
        [
            sealing(services), checkpoint(services), midnight(services), cleaning(services), statistics(services),
            folding(services),
            AttachmentJobs.reading(services), AttachmentJobs.sweeping(services), SearchJobs.filling(services),
            SearchJobs.tidying(services),
            TaskDeadlineNotices.job(services), NoticeCleaning.job(services),
        ]
    }

    /// Seals what was recorded within a second; a look at an index that is nearly always empty.
    static func sealing(_ services: Services) -> BackgroundJob {
        let database = services.database
        return BackgroundJob("audit-sealing", every: .milliseconds(500)) {
            try await database.read { tx in try AuditChain(tx: tx).hasPending() }
        } run: {
            var count = 0
            var sealed = 0
            repeat {
                sealed = try await database.write { tx in try AuditChain(tx: tx).seal() }
                count += sealed
            } while sealed == AuditChain.batch && !Task.isCancelled
            return "sealed \(count)"
        }
    }

    /// Once a day, when something new was sealed: a signed word on the chain in a file.
    static func checkpoint(_ services: Services) -> BackgroundJob {
        let files = AuditFiles(dataFolder: services.configuration.dataFolder)
        return BackgroundJob("audit-checkpoint", every: .seconds(86_400)) {
            let end = try await services.database.read { tx in try AuditChain(tx: tx).end() }
            return try end.seq > (files.saved().map(\.checkpoint.seq).max() ?? 0)
        } run: {
            let checkpoint = try await AuditCheckpoint.take(services)
            return try files.save(checkpoint).lastPathComponent
        }
    }

    /// After midnight the map of today is another one: edges begin and end by date.
    static func midnight(_ services: Services) -> BackgroundJob {
        BackgroundJob("unit-reach", every: .seconds(60)) {
            let today = services.clock.today().text
            return try await services.database.read { tx in try JobDay.last("unit-reach", tx) != today }
        } run: {
            let today = services.clock.today()
            try await services.database.write { tx in
                try UnitMap(tx: tx).refreshReach(today: today)
                try TaskTally(tx: tx).forgetActs(today: today)
                try JobDay.keep("unit-reach", today, tx)
            }
            return "map of \(today)"
        }
    }

    /// Adds up what was appended to the tally of tasks.
    static func folding(_ services: Services) -> BackgroundJob {
        let database = services.database
        return BackgroundJob("task-tally", every: .seconds(2)) {
            try await database.read { tx in try TaskTally(tx: tx).hasPending() }
        } run: {
            "folded \(try await database.write { tx in try TaskTally(tx: tx).fold() })"
        }
    }

    /// Once a day the engine looks at how the data lies.
    static func statistics(_ services: Services) -> BackgroundJob {
        BackgroundJob("statistics", every: .seconds(86_400)) {
            try await services.database.analyze()
            return "analyzed"
        }
    }

    /// Throws away what is over: sessions, counters of attempts, remembered answers.
    static func cleaning(_ services: Services) -> BackgroundJob {
        BackgroundJob("cleaning", every: .seconds(3_600)) {
            let limits = services.configuration.limits
            let now = services.clock.now()
            return try await services.database.write { tx in
                try Cleaning(tx: tx, now: now).run(sessionIdle: limits.sessionIdle, sessionAge: limits.sessionAge)
            }
        }
    }
}

/// The day for which a daily job has been done, beside the other facts of the installation.
enum JobDay {
    static func last(_ job: String, _ tx: Transaction) throws -> String? {
        try tx.first("SELECT value FROM installation WHERE key = \("day-of-" + job)")?.text(0)
    }

    static func keep(_ job: String, _ day: Day, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO installation (key, value) VALUES (\("day-of-" + job), \(day))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }
}
