import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import App

/// The people of the demonstration have been told what happened, at its moments, and nobody twice.
@Suite struct DemoNoticeTests {
    @Test(arguments: Engine.allCases) func whoeverSignsInHasSomethingToRead(_ engine: Engine) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "notices-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (location, remove) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let services = try await Application.prepare(
            Configuration(dataFolder: folder, resources: DemoSources.resources, database: DatabaseOptions(location)),
            logger: Logger(label: "test"))
        _ = try await Demo(services).load()
        let (today, now) = (services.clock.today(), services.clock.now())
        let facts = try await services.database.read { tx in
            try tx.all("SELECT DISTINCT kind FROM notice ORDER BY kind").map { try $0.text(0) }
        }
        for kind in ["accountable", "assigned", "declared", "overdue", "returned", "verified"] {
            #expect(facts.contains(kind), "nobody was told \(kind): \(facts)")
        }
        try await services.database.read { tx in
            let read = try tx.first("SELECT COUNT(*) FROM notice WHERE unread = 0")?.int(0) ?? 0
            #expect(read > 0, "older ones were read")
            let late = try tx.first("SELECT COUNT(*) FROM notice WHERE at > \(now) OR day > \(today)")?.int(0)
            #expect(late == 0)
            let steward = try #require(
                try tx.first(
                    """
                    SELECT n.office_id FROM notice n JOIN office o ON o.id = n.office_id
                    JOIN account a ON a.person_id = o.person_id WHERE a.sign_in = 'thuky' LIMIT 1
                    """))
            #expect(try steward.int64(0) > 0)
        }
        // The job has nothing to add on the same day.
        #expect(try await TaskDeadlineNotices.run(services.database, today: today, at: now) == 0)
        await services.database.close()
        await remove()
    }
}
