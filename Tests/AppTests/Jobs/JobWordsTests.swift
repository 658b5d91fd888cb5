import Storage
import TestSupport
import Testing

@testable import App

/// What is done in the background has a name that an administrator can read.
@Suite struct JobWordsTests {
    @Test func everyJobHasAWordInEveryLanguage() async throws {
        try await World.with(.sqlite) { world in
            for job in JobList.all(world.services) {
                for language in Language.allCases {
                    #expect(
                        world.services.catalogue.has("activity.job.\(job.name)", language), "\(job.name) \(language)")
                }
            }
        }
    }
}
